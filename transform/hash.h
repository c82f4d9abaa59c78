/* transform/hash.h - SHA-256 (FIPS 180-4), without a malloc per digest. */
#ifndef TRANSFORM_HASH_H
#define TRANSFORM_HASH_H

#include "base/slice.h"
#include "transform/article.h"

/* One digest at a time; not to be shared between threads. */
struct hasher {
	struct evp_md_ctx_st *state; /* OpenSSL's */
};

/* False: out of memory. */
bool hasher_init(struct hasher *hasher);
void hasher_release(struct hasher *hasher);

/* Begin a digest, add bytes to it, end it.
 *
 *	begin, add "abc", end -> ba7816bf…15ad
 */
void hasher_begin(struct hasher *hasher);
void hasher_add(struct hasher *hasher, struct slice bytes);
void hasher_end(struct hasher *hasher, unsigned char hash[HASH_SIZE]);

/*
 * What contentHash is: the digest of headline, deck, abstract, the text of
 * each block, an empty text, and the caption of each medium, in this order,
 * with a NUL byte behind each; what is absent counts as empty. Equal text
 * gives an equal hash, whatever the wire says about it.
 */
void hash_content(struct hasher *hasher, const struct article *article,
		  unsigned char hash[HASH_SIZE]);

#endif
