/* transform/finish.h - what every article gets once it is parsed and tagged. */
#ifndef TRANSFORM_FINISH_H
#define TRANSFORM_FINISH_H

#include "transform/transform.h"

/* What is the same for all articles of one message; all borrowed. */
struct finish {
	const struct transform_context *context;
	const struct record *record;
	struct arena *arena;
	bool repaired; /* the message was no valid UTF-8 */
	struct lineage lineage;
};

/* Fill in the lineage that the message's articles share.
 * FAULT_NO_SPACE: the arena is full. */
MUST_CHECK enum fault finish_begin(struct finish *finish,
				   const struct format *format);

/*
 * Add to an article what its wire did not state: counts, hashes, uri, lineage,
 * warnings.
 *
 * A uri that the wire did not give is "wirestage:key:TOPIC:KEY", from the raw
 * topic and the message key, with ":PART" behind it in all parts but 0; or
 * "wirestage:content:HASH", from the content hash. Bytes of TOPIC and KEY that
 * are not unreserved in RFC 3986, section 2.3, are percent-encoded.
 *
 * FAULT_NO_SPACE  the arena is full
 */
MUST_CHECK enum fault article_finish(struct article *article,
				     const struct finish *finish,
				     unsigned part);

#endif
