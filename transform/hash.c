#include "transform/hash.h"

void hasher_begin(struct hasher *hasher)
{
	SHA256_Init(&hasher->state);
}

void hasher_add(struct hasher *hasher, struct slice bytes)
{
	SHA256_Update(&hasher->state, bytes.ptr, bytes.len);
}

void hasher_end(struct hasher *hasher, unsigned char hash[HASH_SIZE])
{
	SHA256_Final(hash, &hasher->state);
}

/* An article's strings have their NUL behind them already. */
static void add_text(struct hasher *hasher, struct slice text)
{
	if (!text.ptr)
		text = SLICE("");
	hasher_add(hasher, (struct slice){ text.ptr, text.len + 1 });
}

void hash_content(struct hasher *hasher, const struct article *article,
		  unsigned char hash[HASH_SIZE])
{
	hasher_begin(hasher);
	add_text(hasher, article->headline);
	add_text(hasher, article->deck);
	add_text(hasher, article->abstract);
	for (size_t i = 0; i < article->body_count; i++)
		add_text(hasher, article->body[i].text);
	add_text(hasher, SLICE_NONE);
	for (size_t i = 0; i < article->media_count; i++)
		add_text(hasher, article->media[i].caption);
	hasher_end(hasher, hash);
}
