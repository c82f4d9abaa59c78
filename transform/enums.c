#include "transform/enums.h"

#include <assert.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define X(symbol, word) word,

static const char *const article_types[] = { ARTICLE_TYPE_MAP(X) };
static const char *const pub_statuses[] = { PUB_STATUS_MAP(X) };
static const char *const signals[] = { SIGNAL_MAP(X) };
static const char *const block_roles[] = { BLOCK_ROLE_MAP(X) };
static const char *const subject_creators[] = { SUBJECT_CREATOR_MAP(X) };

#undef X

const char *article_type_word(enum article_type type)
{
	assert(type < COUNT(article_types));
	return article_types[type];
}

const char *pub_status_word(enum pub_status status)
{
	assert(status < COUNT(pub_statuses));
	return pub_statuses[status];
}

const char *signal_word(enum signal signal)
{
	assert(signal < COUNT(signals));
	return signals[signal];
}

const char *block_role_word(enum block_role role)
{
	assert(role < COUNT(block_roles));
	return block_roles[role];
}

const char *subject_creator_word(enum subject_creator creator)
{
	assert(creator < COUNT(subject_creators));
	return subject_creators[creator];
}

/* The index of word in words, of which number 0 is "unknown". */
static size_t find(const char *const *words, size_t count, struct slice word)
{
	for (size_t i = 1; i < count; i++)
		if (slice_equal(slice_from(words[i]), word))
			return i;
	return 0;
}

enum article_type article_type_from(struct slice word)
{
	return (enum article_type)find(article_types, COUNT(article_types),
				       word);
}

enum pub_status pub_status_from(struct slice word)
{
	return (enum pub_status)find(pub_statuses, COUNT(pub_statuses), word);
}
