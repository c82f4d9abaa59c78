#include "producer/avro/fields.h"
#include "stage/diff/report.h"
#include "tests/unit/article_files.h"

static struct comparison *comparison;

static void open_all(void)
{
	files_begin();
	ck_assert(!comparison_new(2, &comparison, &note));
}

static void close_all(void)
{
	comparison_free(comparison);
	files_end();
}

/* Compare what stands at both paths. */
static void compare_files(void)
{
	struct pair pair;

	ck_assert_int_eq(open_files(), FAULT_NONE);
	struct join join = { .before = files[0], .after = files[1] };
	for (;;) {
		ck_assert_int_eq(join_next(&join, &pair, &note), FAULT_NONE);
		if (!pair.before && !pair.after)
			break;
		ck_assert_int_eq(comparison_add(comparison, &pair), FAULT_NONE);
	}
}

static void compare_two(const struct article *before,
			const struct article *after)
{
	write_articles(0, before, 1);
	write_articles(1, after, 1);
	compare_files();
}

static struct block other_body[] = { { BLOCK_ROLE_QUOTE, SLICE("x") } };
static struct extra other_extra[] = { { SLICE("/empty"), SLICE("1") } };

/* The sample with one thing changed. */
static struct article changed_article(const char *field)
{
	struct article a = sample_article();

#define CHANGE(name, what) \
	if (!strcmp(field, name)) \
	what
	CHANGE("uri", a.uri = SLICE("x"));
	CHANGE("signal", a.signal = SIGNAL_KILL);
	CHANGE("urgency", a.urgency = 0);
	CHANGE("deck", a.deck = SLICE_NONE);
	CHANGE("located", a.located.country = SLICE("x"));
	CHANGE("date", a.date++);
	CHANGE("expires", a.expires = ARTICLE_NO_TIME);
	CHANGE("body", (a.body = other_body, a.body_count = 1));
	CHANGE("media", a.media_count = 1);
	CHANGE("topics", a.topic_count = 0);
	CHANGE("subjects", a.subject_count = 1);
	CHANGE("contentHash", a.content_hash[31] ^= 1);
	CHANGE("lineage.timestamp", a.lineage.timestamp_ms++);
	CHANGE("lineage.format", a.lineage.format = SLICE("x"));
	CHANGE("lineage.rawHash", a.lineage.raw_hash[0] ^= 1);
	CHANGE("warnings", a.warning_count = 0);
	CHANGE("extra", (a.extra = other_extra, a.extra_count = 1));
#undef CHANGE
	return a;
}

static const struct {
	const char *field, *before, *after; /* NULL: no example */
} changes[] = {
	{ "uri", "\"tag:example.org,2025:2\"", "\"x\"" },
	{ "signal", "\"correction\"", "\"kill\"" },
	{ "urgency", "4", "null" },
	{ "deck", "\"\"", "null" },
	{ "located", "{\"city\":\"Lindby\"}",
	  "{\"city\":\"Lindby\",\"country\":\"x\"}" },
	{ "date", "\"2025-09-09\"", "\"2025-09-10\"" },
	{ "expires", "\"9999-12-31T23:59:59.999Z\"", "null" },
	{ "body", NULL, "[{\"role\":\"quote\",\"text\":\"x\"}]" },
	{ "media", NULL, NULL },
	{ "topics", "[\"POLITICS\",\"TRAVEL\"]", "[]" },
	{ "subjects", NULL, NULL },
	{ "contentHash", NULL, NULL },
	{ "lineage.timestamp", "\"2025-09-09T00:00:00.123Z\"",
	  "\"2025-09-09T00:00:00.124Z\"" },
	{ "lineage.format", "\"wire-text\"", "\"x\"" },
	{ "lineage.rawHash", NULL, NULL },
	{ "warnings", "[\"date-missing\"]", "[]" },
	{ "extra", NULL, "{\"/empty\":\"1\"}" },
};

static void check_text(struct slice got, const char *due)
{
	if (due)
		ck_assert_msg(slice_equal(got, slice_from(due)), "%.*s",
			      SLICE_ARG(got));
}

START_TEST(changed_field_is_found_and_no_other)
{
	const char *name = changes[_i].field;
	const struct article before = sample_article();
	const struct article after = changed_article(name);

	compare_two(&before, &after);
	ck_assert_uint_eq(comparison->changed, 1);
	ck_assert_uint_eq(comparison->equal, 0);
	ck_assert(comparison_differs(comparison));
	for (size_t i = 0; i < comparison->field_count; i++) {
		const struct field_change *f = &comparison->fields[i];
		bool due = !strcmp(f->name, name);

		ck_assert_uint_eq(f->articles, due);
		ck_assert_uint_eq(f->examples.count, due && !f->is_hash);
		if (f->examples.count == 0)
			continue;
		const struct example *e = &f->examples.items[0];
		check_text(example_text(e, EXAMPLE_BEFORE), changes[_i].before);
		check_text(example_text(e, EXAMPLE_AFTER), changes[_i].after);
		check_text(example_text(e, EXAMPLE_TOPIC), "raw");
		ck_assert_int_eq(e->partition, 5);
		ck_assert_int_eq(e->offset, INT64_MAX);
		ck_assert_int_eq(e->part, 3);
	}
}
END_TEST

START_TEST(every_field_is_compared_save_keys_and_versions)
{
	const size_t count = article_class.record->count;

	ck_assert_uint_eq(comparison->field_count, count - 1 + 3);
	for (size_t i = 0; i < comparison->field_count; i++) {
		const char *inner = comparison->fields[i].inner;
		ck_assert(!inner || !strcmp(inner, "timestamp") ||
			  !strcmp(inner, "format") ||
			  !strcmp(inner, "rawHash"));
	}
}
END_TEST

START_TEST(equal_articles_are_equal_whatever_made_them)
{
	struct article before = sample_article(), after = sample_article();
	struct extra turned[] = { sample_extra[1], sample_extra[0] };

	after.lineage.transform = SLICE("2");
	after.lineage.vocabulary = SLICE_NONE;
	after.extra = turned;
	compare_two(&before, &after);
	ck_assert_uint_eq(comparison->equal, 1);
	ck_assert_uint_eq(comparison->changed, 0);
	ck_assert(!comparison_differs(comparison));
	const struct version *old = comparison->before.versions;
	const struct version *new = comparison->after.versions;
	ck_assert_str_eq(old[DIFF_VERSION_TRANSFORM].text, "1");
	ck_assert_str_eq(new[DIFF_VERSION_TRANSFORM].text, "2");
	ck_assert_str_eq(old[DIFF_VERSION_VOCABULARY].text, "2025-09");
	ck_assert_str_eq(new[DIFF_VERSION_VOCABULARY].text, "");
	ck_assert_str_eq(new[DIFF_VERSION_MODEL].text, "m1");
	ck_assert(!new[DIFF_VERSION_MODEL].varies);
}
END_TEST

START_TEST(version_that_varies_within_a_file_is_told)
{
	struct article articles[2] = { sample_bare_article(),
				       sample_bare_article() };

	articles[1].lineage.offset = 1;
	write_articles(0, articles, 2);
	articles[1].lineage.rules = SLICE("r2");
	write_articles(1, articles, 2);
	compare_files();
	ck_assert_uint_eq(comparison->equal, 2);
	ck_assert(!comparison->before.versions[DIFF_VERSION_RULES].varies);
	ck_assert(comparison->after.versions[DIFF_VERSION_RULES].varies);
}
END_TEST

START_TEST(examples_are_kept_up_to_their_number)
{
	write_offsets(0, "12345");
	write_offsets(1, "9");
	compare_files();
	ck_assert_uint_eq(comparison->before.only, 5);
	ck_assert_uint_eq(comparison->before.examples.count, 2);
	ck_assert_uint_eq(comparison->after.only, 1);
	ck_assert_int_eq(comparison->after.examples.items[0].offset, 9);
}
END_TEST

/* Each word is a topic: before, after, and what came and went of it. */
static const struct {
	const char *before, *after, *came, *went;
} topics[] = {
	{ "A", "B", "B", "A" },	      { "A", "A B", "B", "" },
	{ "B A", "A B", "", "" },     { "A A B", "A", "", "B" },
	{ "", "C B A", "A B C", "" }, { "", "A\u00e9 A", "A A\u00e9", "" },
};

static void set_topics(struct article *article, struct slice *list,
		       const char *words)
{
	struct slice rest = slice_from(words);

	article->topics = list;
	article->topic_count = 0;
	while (rest.len > 0 &&
	       slice_split(&rest, ' ', &list[article->topic_count]))
		article->topic_count++;
}

/* The codes that came or went, in order; they are few. */
static const char *join_codes(bool came)
{
	static char text[64];
	const struct topic_counts *counts = &comparison->topics;
	size_t len = 0;

	*text = '\0';
	for (size_t i = 0; i < counts->count; i++) {
		const struct topic_count *t = &counts->items[i];
		if (!(came ? t->came : t->went))
			continue;
		ck_assert_uint_eq(t->came + t->went, 1);
		len += (size_t)snprintf(text + len, sizeof text - len, "%s%s",
					len ? " " : "", t->code);
		ck_assert_uint_lt(len, sizeof text);
	}
	return text;
}

START_TEST(topics_that_came_and_went_are_counted)
{
	struct article before = sample_bare_article(), after = before;
	struct slice old[MANY], new[MANY];

	set_topics(&before, old, topics[_i].before);
	set_topics(&after, new, topics[_i].after);
	compare_two(&before, &after);
	ck_assert_str_eq(join_codes(true), topics[_i].came);
	ck_assert_str_eq(join_codes(false), topics[_i].went);
}
END_TEST

START_TEST(topics_beyond_any_vocabulary_are_counted_together)
{
	enum { MORE = TOPIC_COUNTS_MAX + 10 };
	static struct slice list[MORE];
	static char codes[MORE][16];
	static char large[TOPIC_CODE_MAX + 2];
	struct article before = sample_bare_article(), after = before;

	for (int i = 0; i < MORE; i++) {
		snprintf(codes[i], sizeof codes[i], "T%05d", i);
		list[i] = slice_from(codes[i]);
	}
	memset(large, 'A', sizeof large - 1);
	list[0] = slice_from(large);
	after.topics = list, after.topic_count = MORE;
	compare_two(&before, &after);
	ck_assert_uint_eq(comparison->topics.count, TOPIC_COUNTS_MAX);
	ck_assert_uint_eq(comparison->topics.others_came, 10);
	ck_assert_uint_eq(comparison->topics.others_went, 0);
}
END_TEST

/* A long value is shown from a little before the first difference. */
START_TEST(long_values_are_cut_to_where_they_differ)
{
	struct article before = sample_article(), after = before;
	struct block body[3];

	memcpy(body, sample_body, sizeof body);
	body[2].text = SLICE("\u201cIt sinks,\u201d the mayor said.");
	after.body = body;
	compare_two(&before, &after);
	for (size_t i = 0; i < comparison->field_count; i++) {
		const struct field_change *f = &comparison->fields[i];
		if (strcmp(f->name, "body") != 0)
			continue;
		ck_assert_uint_eq(f->examples.count, 1);
		const struct example *e = f->examples.items;
		check_text(example_text(e, EXAMPLE_BEFORE), "…aragraph\","
							    "\"text\":"
							    "\"“It floats, and "
							    "that is "
							    "enough,” the "
							    "mayor said.\"}]");
		check_text(example_text(e, EXAMPLE_AFTER), "…aragraph\","
							   "\"text\":"
							   "\"“It sinks,” the "
							   "mayor "
							   "said.\"}]");
	}
}
END_TEST

START_TEST(report_is_safe_to_show)
{
	struct article before = sample_bare_article(), after = before;
	char *text;
	size_t len;

	after.uri = SLICE("\x1b[2J\x01");
	after.headline = SLICE("\xc2\x9b"
			       "31m");
	compare_two(&before, &after);
	FILE *out = open_memstream(&text, &len);
	report_print(&(struct report){ comparison, "a\x1b", "b\xff", false },
		     out);
	fclose(out);
	ck_assert_ptr_nonnull(strstr(text, "         1  changed\n"));
	for (size_t i = 0; i < len; i++)
		MUST((unsigned char)text[i] >= 0x20 || text[i] == '\n');
	ck_assert_ptr_null(strstr(text, "\xc2\x9b"));
	free(text);
}
END_TEST

START_TEST(report_of_a_full_buffer_is_a_fault)
{
	struct article before = sample_article(), after = before;
	const struct report report = { comparison, "a\xff", "b", false };

	after.uri = SLICE("x");
	after.topic_count = 0;
	compare_two(&before, &after);
	buffer_clear(&bytes);
	ck_assert_int_eq(report_json(&report, &bytes), FAULT_NONE);
	for (size_t limit = 0; limit < bytes.len; limit++) {
		struct buffer small;

		buffer_init(&small, limit);
		MUST(report_json(&report, &small) == FAULT_RECORD_TOO_LARGE);
		buffer_release(&small);
	}
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("compare");
	TCase *tests = tcase_create("compare");

	tcase_add_checked_fixture(tests, open_all, close_all);
	tcase_add_loop_test(tests, changed_field_is_found_and_no_other, 0,
			    COUNT(changes));
	tcase_add_test(tests, every_field_is_compared_save_keys_and_versions);
	tcase_add_test(tests, equal_articles_are_equal_whatever_made_them);
	tcase_add_test(tests, version_that_varies_within_a_file_is_told);
	tcase_add_test(tests, examples_are_kept_up_to_their_number);
	tcase_add_loop_test(tests, topics_that_came_and_went_are_counted, 0,
			    COUNT(topics));
	tcase_add_test(tests,
		       topics_beyond_any_vocabulary_are_counted_together);
	tcase_add_test(tests, long_values_are_cut_to_where_they_differ);
	tcase_add_test(tests, report_is_safe_to_show);
	tcase_add_test(tests, report_of_a_full_buffer_is_a_fault);
	suite_add_tcase(suite, tests);
	return suite;
}
