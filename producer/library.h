/* producer/library.h - the libraries that the program runs with. */
#ifndef PRODUCER_LIBRARY_H
#define PRODUCER_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct library {
	const char *name, *version; /* static */
};

enum { LIBRARIES_MAX = 8 };

/*
 * The number-th library, 0... The version is what was loaded, not what was
 * compiled against, save avro-c's, which knows none of its own at run time.
 * False: there are no more; *out is not written.
 */
bool library_get(size_t number, struct library *out);

#endif
