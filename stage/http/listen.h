/* stage/http/listen.h - a socket that waits for connections. */
#ifndef STAGE_HTTP_LISTEN_H
#define STAGE_HTTP_LISTEN_H

#include "base/fault.h"

/*
 * Listen at text, "127.0.0.1:8080"; the caller closes *out, which is written
 * only on success.
 *
 * FAULT_CONFIG  it is no address, or not ours, or taken; note says which
 */
MUST_CHECK enum fault listen_open(const char *text, int *out,
				  struct fault_note *note);

#endif
