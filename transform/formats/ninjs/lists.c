#include "base/ascii.h"
#include "transform/formats/ninjs/property.h"
#include "transform/text/line.h"

enum { CONFIDENCE_MAX = 100, NOT_STATED = -1 };

/* A concept's properties; 1.x has scheme and code for uri. */
enum { NAME, REL, URI, LITERAL, SCHEME, CODE, SYMBOLS, CONFIDENCE, MEMBERS };

static const struct ninjs_name concept_names[] = {
	{ "name", NAME }, { "rel", REL },	  { "uri", URI },
	{ "qcode", URI }, { "literal", LITERAL }, { "scheme", SCHEME },
	{ "code", CODE }, { "symbols", SYMBOLS }, { NULL, 0 },
};

static const struct ninjs_name subject_names[] = {
	{ "name", NAME },
	{ "rel", REL },
	{ "uri", URI },
	{ "qcode", URI },
	{ "literal", LITERAL },
	{ "scheme", SCHEME },
	{ "code", CODE },
	{ "confidence", CONFIDENCE },
	{ NULL, 0 },
};

/* What a scheme and a code make together: a URI below the scheme's, or a
 * qcode; a code that is a URI already needs no scheme. */
static enum fault join_code(struct ninjs_item *item, struct slice scheme,
			    struct slice code, struct slice *out)
{
	char last = scheme.len ? scheme.ptr[scheme.len - 1] : '/';
	bool joined = last == '/' || last == '#' || last == ':' || last == '=';
	const char *between = memmem(scheme.ptr, scheme.len, "://", 3) ? "/"
								       : ":";
	size_t len = scheme.len + 1 + code.len;
	char *raw = arena_bytes(item->arena, len), *to = raw;

	if (!raw)
		return FAULT_NO_SPACE;
	memcpy(to, scheme.ptr, scheme.len);
	to += scheme.len;
	if (!joined)
		*to++ = *between;
	memcpy(to, code.ptr, code.len);
	to += code.len;
	return line_clean(slice_between(raw, to), item->arena, out);
}

/* scheme and code, none of which need be there, as a uri. */
static enum fault read_code(struct ninjs_item *item, const struct json_path *at,
			    struct ninjs_member *members, struct slice *out)
{
	struct slice scheme, code;
	enum fault fault = ninjs_member_line(item, at, members[CODE], &code);

	*out = code;
	if (fault || !members[SCHEME].value)
		return fault;
	if (!code.len || memmem(code.ptr, code.len, "://", 3))
		return ninjs_extra_member(item, at, members[SCHEME]);
	fault = ninjs_member_line(item, at, members[SCHEME], &scheme);
	if (fault || !scheme.len)
		return fault;
	return join_code(item, scheme, code, out);
}

/* The concept's identifier: uri, else scheme and code, else literal. */
static enum fault read_identifier(struct ninjs_item *item,
				  const struct json_path *at,
				  struct ninjs_member *members,
				  struct slice *out)
{
	enum fault fault = ninjs_member_line(item, at, members[URI], out);

	if (!fault && !out->ptr)
		fault = read_code(item, at, members, out);
	else if (!fault &&
		 !(fault = ninjs_extra_member(item, at, members[SCHEME])))
		fault = ninjs_extra_member(item, at, members[CODE]);
	if (fault)
		return fault;
	if (out->ptr)
		return ninjs_extra_member(item, at, members[LITERAL]);
	return ninjs_member_line(item, at, members[LITERAL], out);
}

static enum fault read_concept(struct ninjs_item *item,
			       const struct json_path *at, const json_t *value,
			       const struct ninjs_name *names,
			       struct ninjs_member *members, struct entity *out)
{
	*out = (struct entity){ 0 };
	if (!json_is_object(value))
		return ninjs_line(item, at, value, &out->name);

	enum fault fault = ninjs_pick(item, at, value, names, members);
	if (!fault)
		fault = ninjs_member_line(item, at, members[NAME], &out->name);
	if (!fault)
		fault = ninjs_member_line(item, at, members[REL], &out->rel);
	if (!fault)
		fault = read_identifier(item, at, members, &out->uri);
	return fault;
}

static enum fault add_entity(struct ninjs_item *item, const void *context,
			     const struct json_path *at, const json_t *value)
{
	const struct ninjs_property *property = context;
	struct entity **list = ninjs_slot(item, property->offset);
	size_t *count = ninjs_slot(item, property->count);
	struct ninjs_member members[MEMBERS] = { 0 };
	struct entity entity;
	enum fault fault =
		read_concept(item, at, value, concept_names, members, &entity);

	if (!fault)
		fault = ninjs_read_symbols(item, at, members[SYMBOLS], &entity);
	if (fault ||
	    !(entity.name.ptr || entity.uri.ptr || entity.symbol_count))
		return fault;
	struct entity *grown =
		arena_grow(item->arena, *list, *count, sizeof *grown);
	if (!grown)
		return FAULT_NO_SPACE;
	*list = grown;
	grown[*count] = entity;
	return ninjs_trace(item, property->field, (*count)++, at, "as stated");
}

enum fault ninjs_read_entities(struct ninjs_item *item,
			       const struct ninjs_property *property,
			       const struct json_path *at, const json_t *value)
{
	return ninjs_each(item, at, value, add_entity, property);
}

/* IPTC's two schemes of subjects by their short names; others as they are. */
static enum fault shorten(struct ninjs_item *item, struct slice *uri)
{
	static const struct {
		struct slice scheme;
		const char *prefix;
	} schemes[] = {
		{ { "cv.iptc.org/newscodes/mediatopic/", 33 }, "medtop:" },
		{ { "cv.iptc.org/newscodes/subjectcode/", 34 }, "subj:" },
	};
	struct slice rest = *uri;

	if (slice_starts(rest, SLICE("http://")))
		rest = slice_skip(rest, 7);
	else if (slice_starts(rest, SLICE("https://")))
		rest = slice_skip(rest, 8);
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (!slice_starts(rest, schemes[i].scheme))
			continue;
		*uri = arena_printf(
			item->arena, "%s%s", schemes[i].prefix,
			slice_skip(rest, schemes[i].scheme.len).ptr);
		return uri->ptr ? FAULT_NONE : FAULT_NO_SPACE;
	}
	return FAULT_NONE;
}

/* 0..100, or it goes to extra. */
static enum fault read_confidence(struct ninjs_item *item,
				  const struct json_path *at,
				  struct ninjs_member member, int *out)
{
	json_int_t confidence = json_integer_value(member.value);

	*out = NOT_STATED;
	if (!json_is_integer(member.value) || confidence < 0 ||
	    confidence > CONFIDENCE_MAX)
		return ninjs_extra_member(item, at, member);
	*out = (int)confidence;
	return FAULT_NONE;
}

static enum fault add_subject(struct ninjs_item *item, const void *context,
			      const struct json_path *at, const json_t *value)
{
	const struct ninjs_property *property = context;
	struct ninjs_member members[MEMBERS] = { 0 };
	struct entity entity;
	struct subject subject = { .creator = SUBJECT_CREATOR_DECLARED };
	enum fault fault =
		read_concept(item, at, value, subject_names, members, &entity);

	if (!fault)
		fault = read_confidence(item, at, members[CONFIDENCE],
					&subject.confidence);
	if (fault || !(entity.name.ptr || entity.uri.ptr))
		return fault;
	fault = strings_add(item->arena, &subject.evidence,
			    &subject.evidence_count,
			    entity.uri.ptr ? entity.uri : entity.name);
	if (!fault && entity.uri.ptr)
		fault = shorten(item, &entity.uri);
	if (fault)
		return fault;
	subject.name = entity.name;
	subject.uri = entity.uri;
	subject.rel = entity.rel;
	fault = ninjs_trace(item, property->field, item->article->subject_count,
			    at, "as stated");
	return fault ? fault
		     : article_add_subject(item->article, item->arena, subject);
}

enum fault ninjs_read_subjects(struct ninjs_item *item,
			       const struct ninjs_property *property,
			       const struct json_path *at, const json_t *value)
{
	return ninjs_each(item, at, value, add_subject, property);
}

/* The first with a name fills the field; the others go to extra. */
static enum fault add_source(struct ninjs_item *item, const void *context,
			     const struct json_path *at, const json_t *value)
{
	static const struct ninjs_name names[] = { { "name", NAME },
						   { NULL, 0 } };
	const struct ninjs_property *property = context;
	struct slice *source = &item->article->source;
	struct ninjs_member members[MEMBERS] = { 0 };

	if (!json_is_object(value))
		return ninjs_field(item, property->field, at, value, source);
	if (source->ptr || !json_is_string(ninjs_get(value, "name")))
		return ninjs_extra(item, at, value);
	enum fault fault = ninjs_pick(item, at, value, names, members);
	const struct json_path path = { at, members[NAME].key, 0 };
	return fault ? fault
		     : ninjs_field(item, property->field, &path,
				   members[NAME].value, source);
}

enum fault ninjs_read_sources(struct ninjs_item *item,
			      const struct ninjs_property *property,
			      const struct json_path *at, const json_t *value)
{
	return ninjs_each(item, at, value, add_source, property);
}
