#include "stage/address.h"

#include <stdio.h>

#include "base/ascii.h"

enum { PORT_MAX = 65535, PORT_DIGITS = 5 };

static bool port_is_valid(struct slice port)
{
	long number = 0;

	if (port.len == 0 || port.len > PORT_DIGITS)
		return false;
	for (size_t i = 0; i < port.len; i++) {
		if (!ascii_is_digit(port.ptr[i]))
			return false;
		number = number * 10 + (port.ptr[i] - '0');
	}
	return number >= 1 && number <= PORT_MAX;
}

/* An IPv6 address has colons of its own, and so stands in brackets. */
static bool host_is_valid(struct slice *host)
{
	struct slice more = SLICE(".-");

	if (host->len > 2 && host->ptr[0] == '[' &&
	    host->ptr[host->len - 1] == ']') {
		*host = slice_between(host->ptr + 1, host->ptr + host->len - 1);
		more = SLICE(":.%");
	}
	for (size_t i = 0; i < host->len; i++)
		if (!ascii_is_alnum(host->ptr[i]) &&
		    !memchr(more.ptr, host->ptr[i], more.len))
			return false;
	return host->len > 0 && host->len < sizeof((struct address *)0)->host;
}

bool address_parse(struct slice text, struct address *out)
{
	const char *colon = text.len > 0 ? memrchr(text.ptr, ':', text.len)
					 : NULL;

	if (!colon)
		return false;
	struct slice host = slice_between(text.ptr, colon);
	struct slice port = slice_between(colon + 1, text.ptr + text.len);
	if (!host_is_valid(&host) || !port_is_valid(port))
		return false;
	snprintf(out->host, sizeof out->host, "%.*s", SLICE_ARG(host));
	snprintf(out->port, sizeof out->port, "%.*s", SLICE_ARG(port));
	return true;
}
