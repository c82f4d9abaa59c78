/* transform/text/country.h - the names of countries. */
#ifndef TRANSFORM_TEXT_COUNTRY_H
#define TRANSFORM_TEXT_COUNTRY_H

#include "transform/article.h"

/*
 * Whether name is a country's, in English, as news copy writes it, in any case
 * of ASCII. "Georgia" is not: more often it is the state.
 */
bool country_is_name(struct slice name);

/*
 * A place that a wire names in one string, taken apart only as far as it is
 * certain: what stands behind the last comma is the country if it is one's
 * name, as is the whole; all else is the city.
 *
 *	"Grosseto, Italy" -> city "Grosseto", country "Italy"
 *	"Austin, Texas"   -> city "Austin, Texas"
 *	"Italy"           -> country "Italy"
 *
 * text is clean (line_clean()); the strings of *out live in the arena, or are
 * text. FAULT_NO_SPACE: the arena is full; *out is not written.
 */
MUST_CHECK enum fault place_from_text(struct slice text, struct arena *arena,
				      struct place *out);

#endif
