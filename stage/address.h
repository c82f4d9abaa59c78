/* stage/address.h - where to listen, or whom to ask: host and port. */
#ifndef STAGE_ADDRESS_H
#define STAGE_ADDRESS_H

#include <stdbool.h>

#include "base/slice.h"

struct address {
	char host[256]; /* without an IPv6 address's brackets */
	char port[8];
};

/*
 * Split an address by its last colon. False: it is none.
 *
 *	"127.0.0.1:8080"  "[::]:8080"  "localhost:8080"
 */
bool address_parse(struct slice text, struct address *out);

#endif
