#include "transform/topics/vocabulary.h"

#include <assert.h>

#include "base/ascii.h"
#include "transform/topics/vocabulary_table.h"

enum { CODE_DIGITS = 8, LEVEL_DIGITS = 2 };

static const struct {
	struct slice prefix;
	enum newscode code;
} schemes[] = {
	{ { "medtop:", 7 }, NEWSCODE_MEDTOP },
	{ { "http://cv.iptc.org/newscodes/mediatopic/", 40 }, NEWSCODE_MEDTOP },
	{ { "https://cv.iptc.org/newscodes/mediatopic/", 41 },
	  NEWSCODE_MEDTOP },
	{ { "subj:", 5 }, NEWSCODE_SUBJECT },
	{ { "http://cv.iptc.org/newscodes/subjectcode/", 41 },
	  NEWSCODE_SUBJECT },
	{ { "https://cv.iptc.org/newscodes/subjectcode/", 42 },
	  NEWSCODE_SUBJECT },
};

struct slice vocabulary_version(const struct vocabulary *vocabulary)
{
	return vocabulary->version;
}

size_t vocabulary_size(const struct vocabulary *vocabulary)
{
	return vocabulary->count;
}

size_t vocabulary_index(const struct vocabulary *vocabulary,
			const struct topic *topic)
{
	assert(topic >= vocabulary->topics &&
	       topic < vocabulary->topics + vocabulary->count);
	return (size_t)(topic - vocabulary->topics);
}

const struct topic *vocabulary_by_name(const struct vocabulary *vocabulary,
				       struct slice name)
{
	return names_find(&vocabulary->names, name);
}

static bool is_code(struct slice text)
{
	if (text.len != CODE_DIGITS)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!ascii_is_digit(text.ptr[i]))
			return false;
	return true;
}

/* The scheme of uri, whose eight digits go to *code. */
static enum newscode split_newscode(struct slice uri, struct slice *code)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (!slice_starts(uri, schemes[i].prefix))
			continue;
		*code = slice_skip(uri, schemes[i].prefix.len);
		return is_code(*code) ? schemes[i].code : NEWSCODE_NONE;
	}
	return NEWSCODE_NONE;
}

enum newscode newscode_of(struct slice uri)
{
	struct slice code;

	return split_newscode(uri, &code);
}

const struct topic *vocabulary_by_uri(const struct vocabulary *vocabulary,
				      struct slice uri)
{
	char medtop[] = "medtop:00000000";
	struct slice code;
	enum newscode scheme = split_newscode(uri, &code);

	if (scheme == NEWSCODE_NONE)
		return NULL;
	memcpy(medtop + schemes[0].prefix.len, code.ptr,
	       scheme == NEWSCODE_SUBJECT ? LEVEL_DIGITS : CODE_DIGITS);
	return names_find(&vocabulary->medtops,
			  (struct slice){ medtop, sizeof medtop - 1 });
}
