/* stage/showcase.h - what the demo shows of the topics it wrote. */
#ifndef STAGE_SHOWCASE_H
#define STAGE_SHOWCASE_H

#include "base/fault.h"
#include "stage/settings.h"

/*
 * Print the first article of the output topic in full, the others in a line
 * each, and the dead letters with their reasons, as they are read back from
 * the brokers.
 *
 * FAULT_KAFKA, FAULT_NO_MEMORY, as reader_open(); note says why
 */
MUST_CHECK enum fault showcase_print(const struct settings *settings,
				     struct fault_note *note);

#endif
