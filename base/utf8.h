/* base/utf8.h - UTF-8 (RFC 3629): validity and code points. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdint.h>

#include "base/slice.h"

/* Length of the longest valid prefix of text; text.len when all is valid.
 * Surrogates, overlong forms and code points over U+10FFFF are invalid. */
size_t utf8_valid_prefix(struct slice text);

/* Bytes of the code point at the start of text, which is valid and not
 * empty; the code point itself goes to *out. */
size_t utf8_decode(struct slice text, uint32_t *out);

/* Write code, a valid code point, to out[0..3]; returns the bytes written. */
size_t utf8_encode(uint32_t code, char *out);

/* How many code points valid text holds. */
size_t utf8_count(struct slice text);

#endif
