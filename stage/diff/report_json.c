#include <assert.h>

#include "base/utf8.h"
#include "producer/avro/json_scalar.h"
#include "stage/diff/report.h"

static void add_raw(struct buffer *out, const char *text)
{
	buffer_add(out, slice_from(text));
}

/* ',' unless the object or list has just begun, then the name. */
static void add_key(struct buffer *out, const char *name)
{
	char last = out->len > 0 ? out->bytes[out->len - 1] : '{';

	if (last != '{' && last != '[')
		buffer_add_byte(out, ',');
	json_add_text(out, slice_from(name));
	buffer_add_byte(out, ':');
}

static void add_count(struct buffer *out, const char *name, uint64_t count)
{
	add_key(out, name);
	json_add_number(out, (int64_t)count);
}

/* A path is bytes, and JSON is UTF-8: what is not becomes U+FFFD. */
static void add_path(struct buffer *out, const char *path)
{
	struct slice rest = slice_from(path);
	struct buffer text;

	buffer_init(&text, SIZE_MAX);
	while (rest.len > 0) {
		size_t valid = utf8_valid_prefix(rest);
		buffer_add(&text, slice_head(rest, valid));
		rest = slice_skip(rest, valid);
		if (rest.len > 0) {
			buffer_add(&text, SLICE("\xef\xbf\xbd"));
			rest = slice_skip(rest, 1);
		}
	}
	json_add_text(out, buffer_slice(&text));
	if (text.fault)
		out->fault = text.fault;
	buffer_release(&text);
}

static void add_side(struct buffer *out, const char *name, const char *path,
		     const struct side *side)
{
	bool first = true;

	add_key(out, name);
	add_raw(out, "{\"file\":");
	add_path(out, path);
	add_count(out, "articles", side->articles);
	add_key(out, "versions");
	buffer_add_byte(out, '{');
	for (int i = 0; i < DIFF_VERSIONS; i++) {
		add_key(out, diff_version_name((enum diff_version)i));
		if (*side->versions[i].text)
			json_add_text(out, slice_from(side->versions[i].text));
		else
			add_raw(out, "null");
	}
	add_raw(out, "},\"varying\":[");
	for (int i = 0; i < DIFF_VERSIONS; i++) {
		if (!side->versions[i].varies)
			continue;
		add_raw(out, first ? "" : ",");
		json_add_text(out, slice_from(diff_version_name(
					   (enum diff_version)i)));
		first = false;
	}
	add_raw(out, "]}");
}

static void add_text(struct buffer *out, const char *name,
		     const struct example *example, enum example_text which)
{
	add_key(out, name);
	json_add_text(out, example_text(example, which));
}

static void add_example(struct buffer *out, const struct example *example,
			bool changed)
{
	buffer_add_byte(out, '{');
	add_text(out, "uri", example, EXAMPLE_URI);
	add_text(out, "headline", example, EXAMPLE_HEADLINE);
	add_raw(out, ",\"lineage\":{");
	add_text(out, "topic", example, EXAMPLE_TOPIC);
	add_count(out, "partition", (uint64_t)example->partition);
	add_count(out, "offset", (uint64_t)example->offset);
	add_count(out, "part", (uint64_t)example->part);
	buffer_add_byte(out, '}');
	if (changed) {
		add_text(out, "before", example, EXAMPLE_BEFORE);
		add_text(out, "after", example, EXAMPLE_AFTER);
	}
	buffer_add_byte(out, '}');
}

static void add_examples(struct buffer *out, const char *name,
			 const struct examples *examples, bool changed)
{
	add_key(out, name);
	buffer_add_byte(out, '[');
	for (size_t i = 0; i < examples->count; i++) {
		add_raw(out, i > 0 ? "," : "");
		add_example(out, &examples->items[i], changed);
	}
	buffer_add_byte(out, ']');
}

static void add_fields(struct buffer *out, const struct comparison *c)
{
	bool first = true;

	add_key(out, "fields");
	buffer_add_byte(out, '[');
	for (size_t i = 0; i < c->field_count; i++) {
		const struct field_change *field = &c->fields[i];
		if (field->articles == 0)
			continue;
		add_raw(out, first ? "{\"field\":" : ",{\"field\":");
		json_add_text(out, slice_from(field->name));
		add_count(out, "changed", field->articles);
		add_examples(out, "examples", &field->examples, true);
		buffer_add_byte(out, '}');
		first = false;
	}
	buffer_add_byte(out, ']');
}

static void add_topics(struct buffer *out, const struct topic_counts *topics)
{
	add_key(out, "topics");
	buffer_add_byte(out, '[');
	for (size_t i = 0; i < topics->count; i++) {
		add_raw(out, i > 0 ? ",{\"topic\":" : "{\"topic\":");
		json_add_text(out, slice_from(topics->items[i].code));
		add_count(out, "came", topics->items[i].came);
		add_count(out, "went", topics->items[i].went);
		buffer_add_byte(out, '}');
	}
	add_raw(out, "],\"otherTopics\":{");
	add_count(out, "came", topics->others_came);
	add_count(out, "went", topics->others_went);
	buffer_add_byte(out, '}');
}

enum fault report_json(const struct report *report, struct buffer *out)
{
	assert(report && out);

	const struct comparison *c = report->comparison;

	buffer_add_byte(out, '{');
	add_side(out, "before", report->before_path, &c->before);
	add_side(out, "after", report->after_path, &c->after);
	add_count(out, "equal", c->equal);
	add_count(out, "changed", c->changed);
	add_count(out, "onlyBefore", c->before.only);
	add_count(out, "onlyAfter", c->after.only);
	add_fields(out, c);
	add_topics(out, &c->topics);
	add_examples(out, "examplesOnlyBefore", &c->before.examples, false);
	add_examples(out, "examplesOnlyAfter", &c->after.examples, false);
	add_raw(out, "}\n");
	return out->fault;
}
