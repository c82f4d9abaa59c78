/* transform/text/encoding.h - a message's bytes as valid UTF-8 text. */
#ifndef TRANSFORM_TEXT_ENCODING_H
#define TRANSFORM_TEXT_ENCODING_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/slice.h"

enum encoding_policy {
	ENCODING_REPAIR, /* invalid bytes are read as windows-1252 */
	ENCODING_REJECT, /* FAULT_ENCODING */
};

struct decoded {
	struct slice text; /* borrowed from raw, or in the arena if repaired */
	size_t bom_len;	   /* bytes of raw left out before text: 0 or 3 */
	bool repaired;
};

/*
 * Decode raw: its byte order mark is left out, and bytes that are no part of
 * valid UTF-8 (RFC 3629) are read as windows-1252 (WHATWG Encoding, "index
 * windows-1252"; its five undefined bytes become U+FFFD). What is valid stays.
 *
 *	"\xef\xbb\xbfna\xc3\xafve caf\xe9" -> "naïve café", repaired
 *
 * Text may hold white space controls, and those that wires and old editors
 * leave behind: SOH STX ETX EOT, SUB, FS GS RS US, DEL. Any other control
 * byte of ASCII is FAULT_NUL_BYTE when all of them are NUL, else FAULT_BINARY.
 *
 * raw is borrowed while out->text is used. *out is written only on FAULT_NONE;
 * else *fault_offset is, with the bytes of raw before what is wrong.
 *
 * FAULT_EMPTY     nothing but ASCII white space
 * FAULT_NUL_BYTE, FAULT_BINARY
 * FAULT_ENCODING  not valid UTF-8, and policy is ENCODING_REJECT
 * FAULT_NO_SPACE  the arena is full
 */
MUST_CHECK enum fault encoding_decode(struct slice raw,
				      enum encoding_policy policy,
				      struct arena *arena, struct decoded *out,
				      size_t *fault_offset);

#endif
