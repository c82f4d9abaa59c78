#include "transform/hash.h"

/* The EVP functions allocate a state for each digest, these do not. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

void hash_bytes(struct slice bytes, unsigned char hash[HASH_SIZE])
{
	SHA256_CTX state;

	SHA256_Init(&state);
	SHA256_Update(&state, bytes.ptr, bytes.len);
	SHA256_Final(hash, &state);
}

/* An article's strings have their NUL behind them already. */
static void add_text(SHA256_CTX *state, struct slice text)
{
	if (!text.ptr)
		text = SLICE("");
	SHA256_Update(state, text.ptr, text.len + 1);
}

void hash_content(const struct article *article, unsigned char hash[HASH_SIZE])
{
	SHA256_CTX state;

	SHA256_Init(&state);
	add_text(&state, article->headline);
	add_text(&state, article->deck);
	add_text(&state, article->abstract);
	for (size_t i = 0; i < article->body_count; i++)
		add_text(&state, article->body[i].text);
	add_text(&state, SLICE_NONE);
	for (size_t i = 0; i < article->media_count; i++)
		add_text(&state, article->media[i].caption);
	SHA256_Final(hash, &state);
}
