#include "base/ascii.h"
#include "transform/topics/vocabulary_table.h"

static const char *const topic_properties[] = { "code",	   "label",  "medtop",
						"aliases", "parent", NULL };
/* One topic of the file on its way into the vocabulary. */
struct reader {
	struct vocabulary *vocabulary;
	struct fault_note *note;
	const json_t *json; /* the topic's object */
	struct topic *topic;
	size_t number; /* 1.. in the file */
};

/* The file is wrong at the reader's topic; says is what is wrong there, and
 * what, which may be absent, stands behind it in quotes. */
static enum fault complain(const struct reader *r, const char *says,
			   struct slice what)
{
	const char *quote = what.ptr ? "\"" : "";
	struct slice code = r->topic->code;

	if (!code.ptr)
		return fault_noted(FAULT_CONFIG, r->note,
				   "topic %zu: %s%s%.*s%s", r->number, says,
				   quote, SLICE_ARG(what), quote);
	return fault_noted(FAULT_CONFIG, r->note,
			   "topic %zu (\"%.*s\"): %s%s%.*s%s", r->number,
			   SLICE_ARG(code), says, quote, SLICE_ARG(what),
			   quote);
}

/* The string property of that name; absent where there is none. */
static enum fault read_string(const struct reader *r, const char *name,
			      bool required, struct slice *out)
{
	const json_t *json = json_object_get(r->json, name);

	if (!json && !required)
		return FAULT_NONE;
	if (!json)
		return complain(r, "no property ", slice_from(name));
	if (!json_is_string(json))
		return complain(r, "not a string: ", slice_from(name));
	if (!vocabulary_text_fits(vocabulary_string(json)))
		return complain(r,
				"empty, longer than 256 bytes, with stray "
				"white space or not in NFC: ",
				slice_from(name));
	*out = vocabulary_string(json);
	return FAULT_NONE;
}

static enum fault take_name(const struct reader *r, struct names *names,
			    struct slice name)
{
	const struct topic *owner = names_add(names, name, r->topic);
	struct slice code = r->topic->code, other = owner->code;

	if (owner == r->topic)
		return FAULT_NONE;
	return fault_noted(FAULT_CONFIG, r->note,
			   "topic %zu (\"%.*s\"): \"%.*s\" is already %.*s's",
			   r->number, SLICE_ARG(code), SLICE_ARG(name),
			   SLICE_ARG(other));
}

static bool is_topic_code(struct slice code)
{
	if (code.len == 0 || !ascii_is_upper(*code.ptr))
		return false;
	for (size_t i = 0; i < code.len; i++)
		if (!ascii_is_upper(code.ptr[i]) &&
		    !ascii_is_digit(code.ptr[i]) && code.ptr[i] != '_')
			return false;
	return true;
}

static enum fault read_names(struct reader *r)
{
	struct topic *topic = r->topic;
	struct vocabulary *v = r->vocabulary;
	struct slice code = SLICE_NONE;
	enum fault fault = read_string(r, "code", true, &code);

	if (fault)
		return fault;
	if (!is_topic_code(code))
		return complain(r, "a code is made of A-Z, 0-9 and _, not ",
				code);
	topic->code = code;
	fault = take_name(r, &v->names, topic->code);
	if (!fault)
		fault = read_string(r, "label", true, &topic->label);
	return fault ? fault : take_name(r, &v->names, topic->label);
}

static enum fault read_medtop(struct reader *r)
{
	struct topic *topic = r->topic;
	enum fault fault = read_string(r, "medtop", false, &topic->medtop);

	if (fault || !topic->medtop.ptr)
		return fault;
	if (!slice_starts(topic->medtop, SLICE("medtop:")) ||
	    newscode_of(topic->medtop) != NEWSCODE_MEDTOP)
		return complain(r,
				"\"medtop\" is of the form medtop:11000000, "
				"not ",
				topic->medtop);
	return take_name(r, &r->vocabulary->medtops, topic->medtop);
}

static enum fault read_aliases(struct reader *r)
{
	const json_t *aliases = json_object_get(r->json, "aliases");
	const json_t *alias;
	size_t i;

	if (aliases && !json_is_array(aliases))
		return complain(r, "\"aliases\" is not an array", SLICE_NONE);
	json_array_foreach(aliases, i, alias) {
		if (!json_is_string(alias) || json_string_length(alias) == 0)
			return complain(r, "an alias is empty, or no string",
					SLICE_NONE);
		enum fault fault = take_name(r, &r->vocabulary->names,
					     vocabulary_string(alias));
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

static enum fault check_properties(const struct reader *r)
{
	if (!json_is_object(r->json))
		return complain(r, "not an object", SLICE_NONE);
	const char *unknown =
		vocabulary_find_unknown(r->json, topic_properties);
	if (unknown)
		return complain(r, "there is no property ",
				slice_from(unknown));
	return FAULT_NONE;
}

static enum fault read_topic(struct reader *r)
{
	enum fault fault = check_properties(r);

	if (!fault)
		fault = read_names(r);
	if (!fault)
		fault = read_medtop(r);
	return fault ? fault : read_aliases(r);
}

/* Parents may stand behind their children, so this comes last. */
static enum fault read_parent(struct reader *r)
{
	struct vocabulary *v = r->vocabulary;
	struct slice name = SLICE_NONE;
	enum fault fault = read_string(r, "parent", false, &name);

	if (fault || !name.ptr)
		return fault;
	const struct topic *parent = names_find(&v->names, name);
	if (!parent || !slice_equal(parent->code, name))
		return complain(r, "its parent is no topic's code: ", name);
	for (const struct topic *t = parent; t; t = t->parent)
		if (t == r->topic)
			return complain(r, "it is its own ancestor",
					SLICE_NONE);
	r->topic->parent = parent;
	return FAULT_NONE;
}

static enum fault read_each(struct vocabulary *v, const json_t *topics,
			    enum fault (*read)(struct reader *),
			    struct fault_note *note)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < v->count && !fault; i++) {
		struct reader reader = {
			.vocabulary = v,
			.note = note,
			.json = json_array_get(topics, i),
			.topic = &v->topics[i],
			.number = i + 1,
		};
		fault = read(&reader);
	}
	return fault;
}

enum fault vocabulary_read_topics(struct vocabulary *v, const json_t *topics,
				  struct fault_note *note)
{
	enum fault fault = read_each(v, topics, read_topic, note);

	return fault ? fault : read_each(v, topics, read_parent, note);
}
