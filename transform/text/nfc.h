/* transform/text/nfc.h - Unicode Normalization Form C (Unicode Annex 15). */
#ifndef TRANSFORM_TEXT_NFC_H
#define TRANSFORM_TEXT_NFC_H

#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"

/*
 * Whether text made of such code points alone is in NFC whatever their order:
 * code is a starter, is its own NFC, and never joins what stands before it.
 *
 *	U+00E9 true, U+201C true, U+0301 false, U+212B false
 *
 * False may also be said of a code point that would do.
 */
bool nfc_is_stable(uint32_t code);

/*
 * Put *text, valid UTF-8 and the arena's last allocation with a NUL behind
 * it, into NFC in its place, again with a NUL. The time is linear in the text.
 *
 *	"e" U+0301 -> U+00E9
 *
 * FAULT_NO_SPACE  the arena is full; *text is not changed
 */
MUST_CHECK enum fault nfc_compose(struct arena *arena, struct slice *text);

#endif
