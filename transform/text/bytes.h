/* transform/text/bytes.h - sixteen bytes at once. */
#ifndef TRANSFORM_TEXT_BYTES_H
#define TRANSFORM_TEXT_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/*
 * A vector of gcc and clang: operators work on each of its bytes, and a
 * comparison gives -1 where it holds and 0 elsewhere. Bytes are signed: those
 * outside ASCII are less than 0.
 */
typedef signed char bytes16 __attribute__((vector_size(16)));

enum { BYTES16 = sizeof(bytes16) };

static inline bytes16 bytes16_load(const char *from)
{
	bytes16 bytes;

	memcpy(&bytes, from, sizeof bytes);
	return bytes;
}

/* Where an unsigned byte is at most a limit. */
static inline bytes16 bytes16_at_most(bytes16 bytes, unsigned char limit)
{
	typedef unsigned char unsigned16 __attribute__((vector_size(16)));

	return (bytes16)((unsigned16)bytes <= limit);
}

/* Whether any byte is other than 0. */
static inline bool bytes16_any(bytes16 bytes)
{
	uint64_t halves[2];

	memcpy(halves, &bytes, sizeof halves);
	return (halves[0] | halves[1]) != 0;
}

/* The sum of the bytes, of which none is less than 0. */
static inline size_t bytes16_sum(bytes16 bytes)
{
	const uint64_t low = UINT64_C(0x00ff00ff00ff00ff);
	uint64_t halves[2];

	memcpy(halves, &bytes, sizeof halves);
	uint64_t eight = halves[0] + halves[1];
	uint64_t four = (eight & low) + (eight >> 8 & low);
	return (size_t)(four * UINT64_C(0x0001000100010001) >> 48);
}

#endif
