/* transform/formats/wire_text/rules.h - what a clean line may be. */
#ifndef TRANSFORM_FORMATS_WIRE_TEXT_RULES_H
#define TRANSFORM_FORMATS_WIRE_TEXT_RULES_H

#include "base/slice.h"

/*
 * Take a caption and its credit apart; wire_text.h has the rule.
 *
 *	"The pilot boat. / Reuters" -> "The pilot boat.", "Reuters"
 *
 * Both are parts of text. False: it is no caption; neither is written.
 */
bool wire_split_caption(struct slice text, struct slice *caption,
			struct slice *credit);

/* Whether a line of its own may be a crosshead, by its words alone.
 *
 *	"Diplomatic ties" -> true, "He agreed." -> false
 */
bool wire_is_short(struct slice text);

#endif
