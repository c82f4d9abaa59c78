/* base/clock.h - the time, for those who may know it: not for transform/. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Now, in ms since 1970, as the system's clock has it: for people. */
int64_t clock_wall_ms(void);

/* Now, in ms since some start: never put back. For spans and deadlines. */
int64_t clock_steady_ms(void);

/* The same in us, for what takes less than a ms. */
int64_t clock_steady_us(void);

/* Wait that long, or less where a signal comes. */
void clock_sleep_ms(int ms);

#endif
