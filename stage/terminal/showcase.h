/* stage/terminal/showcase.h - what the demo shows of the topics it wrote. */
#ifndef STAGE_TERMINAL_SHOWCASE_H
#define STAGE_TERMINAL_SHOWCASE_H

#include "base/fault.h"
#include "stage/settings/settings.h"

/*
 * Print the article of the output topic that has most to show, the others in
 * brief, and the dead letters with their reasons, as they are read back
 * from the brokers.
 *
 * FAULT_KAFKA, FAULT_NO_MEMORY, as reader_open(); note says why
 */
MUST_CHECK enum fault showcase_print(const struct settings *settings,
				     struct fault_note *note);

#endif
