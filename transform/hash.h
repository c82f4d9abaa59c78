/* transform/hash.h - SHA-256 (FIPS 180-4) of messages and of articles. */
#ifndef TRANSFORM_HASH_H
#define TRANSFORM_HASH_H

#include "transform/article.h"

/* The digest of bytes as they are.
 *
 *	"abc" -> ba7816bf…15ad
 */
void hash_bytes(struct slice bytes, unsigned char hash[HASH_SIZE]);

/*
 * What contentHash is: the digest of headline, deck, abstract, the text of
 * each block, an empty text, and the caption of each medium, in this order,
 * with a NUL byte behind each; what is absent counts as empty. Equal text
 * gives an equal hash, whatever the wire says about it.
 */
void hash_content(const struct article *article, unsigned char hash[HASH_SIZE]);

#endif
