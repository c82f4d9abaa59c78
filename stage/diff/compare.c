#include "stage/diff/compare.h"

#include <assert.h>
#include <stdlib.h>

#include "producer/avro/fields.h"
#include "producer/avro/json.h"
#include "producer/avro/summary.h"
#include "schemas/embedded.h"

/* What two articles are joined by. */
static const char *const key_names[] = { "topic", "partition", "offset",
					 "part" };

const char *diff_version_name(enum diff_version version)
{
	static const char *const names[] = {
#define X(constant, field) field,
		DIFF_VERSION_MAP(X)
#undef X
	};

	return names[version];
}

static bool is_key_or_version(const char *name)
{
	for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++)
		if (!strcmp(key_names[i], name))
			return true;
	for (int i = 0; i < DIFF_VERSIONS; i++)
		if (!strcmp(diff_version_name((enum diff_version)i), name))
			return true;
	return false;
}

static void add_field(struct comparison *comparison, const char *outer,
		      const char *inner)
{
	struct field_change *field =
		&comparison->fields[comparison->field_count++];

	snprintf(field->name, sizeof field->name, "%s%s%s", outer,
		 inner ? "." : "", inner ? inner : "");
	field->outer = outer;
	field->inner = inner;
	field->is_hash = !strcmp(outer, "contentHash") ||
			 (inner && !strcmp(inner, "rawHash"));
}

/* The article's fields, and in the lineage's place those of its own that are
 * to be compared: a field that is new to the schema is among them. */
static enum fault add_fields(struct comparison *comparison)
{
	const struct record_fields *article = article_class.record, *lineage;
	size_t room = article->count + 1; /* never calloc(0) */

	for (size_t i = 0; i < article->count; i++)
		if (!strcmp(article->fields[i].name, "lineage"))
			room += article->fields[i].class->record->count;
	comparison->fields = calloc(room, sizeof *comparison->fields);
	if (!comparison->fields)
		return FAULT_NO_MEMORY;
	for (size_t i = 0; i < article->count; i++) {
		const char *name = article->fields[i].name;
		if (strcmp(name, "lineage") != 0) {
			add_field(comparison, name, NULL);
			continue;
		}
		lineage = article->fields[i].class->record;
		for (size_t j = 0; j < lineage->count; j++)
			if (!is_key_or_version(lineage->fields[j].name))
				add_field(comparison, name,
					  lineage->fields[j].name);
	}
	return FAULT_NONE;
}

enum fault comparison_new(size_t examples, struct comparison **out,
			  struct fault_note *note)
{
	assert(examples <= EXAMPLES_MAX && out && note);

	struct comparison *comparison = calloc(1, sizeof *comparison);
	if (!comparison)
		return FAULT_NO_MEMORY;
	comparison->examples_max = examples;
	buffer_init(&comparison->before_text, SIZE_MAX);
	buffer_init(&comparison->after_text, SIZE_MAX);
	enum fault fault = add_fields(comparison);
	if (!fault)
		fault = json_form_new(embedded_article_schema(),
				      &comparison->form, note);
	if (fault)
		comparison_free(comparison);
	else
		*out = comparison;
	return fault;
}

static void examples_release(struct examples *examples)
{
	for (size_t i = 0; i < examples->count; i++)
		example_release(&examples->items[i]);
	free(examples->items);
}

void comparison_free(struct comparison *comparison)
{
	if (!comparison)
		return;
	for (size_t i = 0; i < comparison->field_count; i++)
		examples_release(&comparison->fields[i].examples);
	free(comparison->fields);
	examples_release(&comparison->before.examples);
	examples_release(&comparison->after.examples);
	topic_counts_release(&comparison->topics);
	json_form_free(comparison->form);
	buffer_release(&comparison->before_text);
	buffer_release(&comparison->after_text);
	free(comparison);
}

/* Keep one more, where there is room for it. */
static enum fault keep_example(const struct comparison *comparison,
			       struct examples *examples,
			       const avro_value_t *record, struct slice before,
			       struct slice after)
{
	if (!examples->items)
		examples->items = calloc(comparison->examples_max,
					 sizeof *examples->items);
	if (!examples->items)
		return FAULT_NO_MEMORY;
	return example_fill(&examples->items[examples->count++], record, before,
			    after);
}

static enum fault print_field(const struct comparison *comparison,
			      const struct field_change *field,
			      const avro_value_t *record, struct buffer *out)
{
	buffer_clear(out);
	return json_form_print_field(comparison->form, record, field->outer,
				     field->inner, out);
}

static bool field_is_equal(const struct field_change *field,
			   const struct pair *pair)
{
	avro_value_t before, after;
	bool found = !avro_value_get_by_name(pair->before, field->outer,
					     &before, NULL) &&
		     !avro_value_get_by_name(pair->after, field->outer, &after,
					     NULL);

	if (found && field->inner)
		found = !avro_value_get_by_name(&before, field->inner, &before,
						NULL) &&
			!avro_value_get_by_name(&after, field->inner, &after,
						NULL);
	assert(found);
	return avro_value_equal_fast(&before, &after);
}

/* One field that changed in one article. */
static enum fault note_change(struct comparison *comparison,
			      struct field_change *field,
			      const struct pair *pair)
{
	struct buffer *before = &comparison->before_text;
	struct buffer *after = &comparison->after_text;

	field->articles++;
	if (field->is_hash || field->examples.count == comparison->examples_max)
		return FAULT_NONE;
	enum fault fault = print_field(comparison, field, pair->before, before);
	if (!fault)
		fault = print_field(comparison, field, pair->after, after);
	if (fault)
		return fault;
	return keep_example(comparison, &field->examples, pair->after,
			    buffer_slice(before), buffer_slice(after));
}

static enum fault compare_both(struct comparison *comparison,
			       const struct pair *pair)
{
	bool equal = true;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < comparison->field_count; i++) {
		struct field_change *field = &comparison->fields[i];
		if (field_is_equal(field, pair))
			continue;
		equal = false;
		fault = note_change(comparison, field, pair);
	}
	comparison->equal += equal;
	comparison->changed += !equal;
	if (fault || equal)
		return fault;
	return topic_counts_add(&comparison->topics, pair->before, pair->after);
}

/* The article's version of one thing; number counts the file's articles. */
static void note_version(struct version *version, struct slice text,
			 uint64_t number)
{
	char cut[VERSION_SIZE] = "";

	if (text.len >= sizeof cut)
		text.len = code_point_begin(text, sizeof cut - 1);
	if (text.len > 0)
		memcpy(cut, text.ptr, text.len);
	if (number == 1)
		memcpy(version->text, cut, sizeof cut);
	else if (strcmp(version->text, cut) != 0)
		version->varies = true;
}

static void note_article(struct side *side, const avro_value_t *record)
{
	avro_value_t lineage;

	if (!record)
		return;
	side->articles++;
	if (avro_value_get_by_name(record, "lineage", &lineage, NULL))
		return;
	for (int i = 0; i < DIFF_VERSIONS; i++)
		note_version(
			&side->versions[i],
			record_text(&lineage,
				    diff_version_name((enum diff_version)i)),
			side->articles);
}

static enum fault note_only(struct comparison *comparison, struct side *side,
			    const avro_value_t *record)
{
	side->only++;
	if (side->examples.count == comparison->examples_max)
		return FAULT_NONE;
	return keep_example(comparison, &side->examples, record, SLICE_NONE,
			    SLICE_NONE);
}

enum fault comparison_add(struct comparison *comparison,
			  const struct pair *pair)
{
	assert(comparison && pair && (pair->before || pair->after));

	note_article(&comparison->before, pair->before);
	note_article(&comparison->after, pair->after);
	if (pair->before && pair->after)
		return compare_both(comparison, pair);
	return pair->before
		       ? note_only(comparison, &comparison->before,
				   pair->before)
		       : note_only(comparison, &comparison->after, pair->after);
}

bool comparison_differs(const struct comparison *comparison)
{
	return comparison->changed || comparison->before.only ||
	       comparison->after.only;
}
