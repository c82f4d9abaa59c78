#include "transform/article.h"

#include "tests/unit/suite.h"
#include "transform/trace.h"

enum { MEMORY = 32 << 10, ITEMS = 9 };

static char memory[MEMORY];
static struct arena arena;
static struct article article;

static void setup(void)
{
	arena_init(&arena, memory, sizeof memory);
	memset(&article, 0x5a, sizeof article);
	article_init(&article);
}

START_TEST(a_new_article_says_nothing)
{
	ck_assert_ptr_null(article.uri.ptr);
	ck_assert_ptr_null(article.headline.ptr);
	ck_assert_int_eq(article.type, ARTICLE_TYPE_TEXT);
	ck_assert_int_eq(article.pub_status, PUB_STATUS_USABLE);
	ck_assert_int_eq(article.signal, SIGNAL_NONE);
	ck_assert_int_eq(article.urgency, 0);
	ck_assert_int_eq(article.date, ARTICLE_NO_DATE);
	ck_assert(article.embargoed_until == ARTICLE_NO_TIME);
	ck_assert(article.lineage.timestamp_ms == ARTICLE_NO_TIME);
	ck_assert_uint_eq(article.body_count, 0);
	ck_assert_uint_eq(article.warning_count, 0);
	ck_assert_ptr_null(article.trace);
}
END_TEST

/* One of each, or the fault of the first that found no room. */
static enum fault add_one_of_each(int number)
{
	const struct media media = { .uri = SLICE("m") };
	const struct subject subject = { .name = SLICE("s"),
					 .confidence = number };
	enum fault fault = article_add_block(
		&article, &arena, BLOCK_ROLE_PARAGRAPH, SLICE("text"));

	if (!fault)
		fault = article_add_media(&article, &arena, media);
	if (!fault)
		fault = article_add_subject(&article, &arena, subject);
	if (!fault)
		fault = article_add_extra(&article, &arena, SLICE("n"),
					  SLICE("v"));
	if (!fault)
		fault = strings_add(&arena, &article.keywords,
				    &article.keyword_count, SLICE("k"));
	return fault;
}

START_TEST(lists_keep_what_was_added)
{
	for (int i = 0; i < ITEMS; i++)
		ck_assert_int_eq(add_one_of_each(i), FAULT_NONE);
	ck_assert_uint_eq(article.body_count, ITEMS);
	ck_assert_uint_eq(article.media_count, ITEMS);
	ck_assert_uint_eq(article.subject_count, ITEMS);
	ck_assert_uint_eq(article.extra_count, ITEMS);
	ck_assert_uint_eq(article.keyword_count, ITEMS);
	for (int i = 0; i < ITEMS; i++) {
		ck_assert_int_eq(article.body[i].role, BLOCK_ROLE_PARAGRAPH);
		ck_assert(slice_equal(article.media[i].uri, SLICE("m")));
		ck_assert_int_eq(article.subjects[i].confidence, i);
		ck_assert(slice_equal(article.extra[i].value, SLICE("v")));
		ck_assert(slice_equal(article.keywords[i], SLICE("k")));
	}
}
END_TEST

START_TEST(a_warning_is_given_once)
{
	static const char *const given[] = { "date-missing", "utf8-repaired",
					     "date-missing" };

	for (int i = 0; i < COUNT(given); i++)
		ck_assert_int_eq(article_warn(&article, &arena, given[i]),
				 FAULT_NONE);
	ck_assert_uint_eq(article.warning_count, 2);
	ck_assert(slice_equal(article.warnings[1], SLICE("utf8-repaired")));
}
END_TEST

START_TEST(a_full_arena_is_a_fault_that_keeps_the_lists_whole)
{
	for (size_t size = 0; size < 4096; size += 8) {
		arena_init(&arena, memory, size);
		article_init(&article);
		enum fault fault = FAULT_NONE;
		for (int i = 0; i < ITEMS && !fault; i++)
			fault = add_one_of_each(i);
		ck_assert(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
		for (size_t i = 0; i < article.body_count; i++)
			ck_assert(slice_equal(article.body[i].text,
					      SLICE("text")));
		for (size_t i = 0; i < article.subject_count; i++)
			ck_assert_uint_eq(
				(size_t)article.subjects[i].confidence, i);
	}
}
END_TEST

START_TEST(a_trace_that_nobody_asked_for_takes_nothing)
{
	ck_assert_int_eq(trace_add(NULL, &arena,
				   (struct trace_entry){ .field = "deck" }),
			 FAULT_NONE);
	ck_assert_ptr_eq(arena.next, memory);
}
END_TEST

START_TEST(a_trace_keeps_its_entries_in_order)
{
	struct trace trace = { NULL, 0 };
	unsigned line = 1;

	arena_init(&arena, memory, 2048);
	while (!trace_add(&trace, &arena,
			  (struct trace_entry){ .field = "body",
						.line = line,
						.rule = "a paragraph" }))
		line++;
	ck_assert_uint_ge(trace.count, 8);
	ck_assert_uint_eq(trace.count, line - 1);
	for (size_t i = 0; i < trace.count; i++)
		ck_assert_uint_eq(trace.entries[i].line, i + 1);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("article");
	TCase *lists = tcase_create("lists");

	tcase_add_checked_fixture(lists, setup, NULL);
	tcase_add_test(lists, a_new_article_says_nothing);
	tcase_add_test(lists, lists_keep_what_was_added);
	tcase_add_test(lists, a_warning_is_given_once);
	tcase_add_test(lists,
		       a_full_arena_is_a_fault_that_keeps_the_lists_whole);
	tcase_add_test(lists, a_trace_that_nobody_asked_for_takes_nothing);
	tcase_add_test(lists, a_trace_keeps_its_entries_in_order);
	suite_add_tcase(suite, lists);
	return suite;
}
