#include "transform/hash.h"

#include <assert.h>
#include <openssl/evp.h>

bool hasher_init(struct hasher *hasher)
{
	hasher->state = EVP_MD_CTX_new();
	if (hasher->state &&
	    EVP_DigestInit_ex(hasher->state, EVP_sha256(), NULL))
		return true;
	hasher_release(hasher);
	return false;
}

void hasher_release(struct hasher *hasher)
{
	EVP_MD_CTX_free(hasher->state);
	hasher->state = NULL;
}

/* None of these can fail once the state has its algorithm. */
void hasher_begin(struct hasher *hasher)
{
	int done = EVP_DigestInit_ex2(hasher->state, NULL, NULL);

	assert(done);
	(void)done;
}

void hasher_add(struct hasher *hasher, struct slice bytes)
{
	int done = EVP_DigestUpdate(hasher->state, bytes.ptr, bytes.len);

	assert(done);
	(void)done;
}

void hasher_end(struct hasher *hasher, unsigned char hash[HASH_SIZE])
{
	int done = EVP_DigestFinal_ex(hasher->state, hash, NULL);

	assert(done);
	(void)done;
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
