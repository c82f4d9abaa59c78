/* transform/hash.h - SHA-256 (FIPS 180-4), without a malloc per digest. */
#ifndef TRANSFORM_HASH_H
#define TRANSFORM_HASH_H

/* The EVP functions allocate a state for each digest, these do not. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "base/slice.h"
#include "transform/article.h"

/* One digest at a time. */
struct hasher {
	SHA256_CTX state;
};

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
