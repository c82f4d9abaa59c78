/* stage/replay/request.h - a span, as a command line asks for it. */
#ifndef STAGE_REPLAY_REQUEST_H
#define STAGE_REPLAY_REQUEST_H

#include "stage/replay/plan.h"
#include "stage/terminal/arguments.h"

/* "earliest", "latest", an offset, a day or an RFC 3339 instant; false: none
 * of these, and *out may have changed. */
bool offset_spec_parse(const char *text, struct offset_spec *out);

/* "0,3,5-7" holds 6. False for text that is no such list, with *valid false. */
bool partitions_hold(const char *text, int32_t partition, bool *valid);

/* The options --from, --to, --topic and --partitions, which the command must
 * have; borrowed from arguments. What is wrong is added to complaints. */
struct plan_request plan_request_read(const struct arguments *arguments,
				      const char *prefix,
				      struct complaints *complaints);

#endif
