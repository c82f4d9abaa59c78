#include "schemas/embedded.h"
#include "tests/unit/suite.h"
#include "transform/topics/tagging.h"

static struct vocabulary *vocabulary;
static char memory[1 << 16];
static struct arena arena;
static struct article article;

static void set_up(void)
{
	struct fault_note note;

	ck_assert_int_eq(vocabulary_parse(embedded_topics(), &vocabulary,
					  &note),
			 FAULT_NONE);
	arena_init(&arena, memory, sizeof memory);
	article_init(&article);
}

static void tear_down(void)
{
	vocabulary_free(vocabulary);
}

static void add_uri(const char *uri, const char *name)
{
	struct subject subject = {
		.uri = slice_from(uri),
		.name = name ? slice_from(name) : SLICE_NONE,
		.creator = SUBJECT_CREATOR_DECLARED,
		.confidence = -1,
	};

	ck_assert_int_eq(article_add_subject(&article, &arena, subject),
			 FAULT_NONE);
}

static void add_word(const char *word)
{
	ck_assert_int_eq(subject_declare(&article, &arena, slice_from(word)),
			 FAULT_NONE);
}

static void resolve(void)
{
	ck_assert_int_eq(tagging_resolve(&article, vocabulary, &arena),
			 FAULT_NONE);
}

START_TEST(word_is_resolved)
{
	add_word("Sports");
	resolve();
	const struct subject *subject = &article.subjects[0];
	ck_assert_uint_eq(article.topic_count, 1);
	ck_assert_str_eq(article.topics[0].ptr, "SPORT");
	ck_assert_str_eq(subject->topic.ptr, "SPORT");
	ck_assert_str_eq(subject->name.ptr, "sport");
	ck_assert_str_eq(subject->uri.ptr, "medtop:15000000");
	ck_assert_int_eq(subject->creator, SUBJECT_CREATOR_DECLARED);
	ck_assert_uint_eq(subject->evidence_count, 1);
	ck_assert_str_eq(subject->evidence[0].ptr, "Sports");
	ck_assert_int_eq(subject->confidence, -1);
	ck_assert_uint_eq(article.warning_count, 0);
}
END_TEST

START_TEST(desk_without_a_media_topic_has_no_uri)
{
	add_word("AFRICA");
	resolve();
	ck_assert_str_eq(article.topics[0].ptr, "AFRICA");
	ck_assert_ptr_null(article.subjects[0].uri.ptr);
	ck_assert_str_eq(article.subjects[0].name.ptr, "Africa");
}
END_TEST

START_TEST(unknown_word_is_kept_with_a_warning)
{
	add_word("GARDENING");
	add_word("Pond-Life");
	resolve();
	ck_assert_uint_eq(article.topic_count, 0);
	ck_assert_uint_eq(article.subject_count, 2);
	ck_assert_str_eq(article.subjects[0].name.ptr, "GARDENING");
	ck_assert_ptr_null(article.subjects[0].topic.ptr);
	ck_assert_uint_eq(article.warning_count, 1);
	ck_assert_str_eq(article.warnings[0].ptr, "topic-unknown");
}
END_TEST

static const struct {
	const char *uri, *name;
	const char *topic;
	enum subject_creator creator;
	size_t warnings;
} by_uri[] = {
	{ "medtop:11000000", "Wahlen", "POLITICS", SUBJECT_CREATOR_DECLARED,
	  0 },
	{ "http://cv.iptc.org/newscodes/mediatopic/11000000", NULL, "POLITICS",
	  SUBJECT_CREATOR_DECLARED, 0 },
	{ "subj:11006000", NULL, "POLITICS", SUBJECT_CREATOR_MAPPED, 0 },
	{ "medtop:20000574", "by-election", NULL, SUBJECT_CREATOR_DECLARED, 0 },
	{ "medtop:20000574", "election", "POLITICS", SUBJECT_CREATOR_DECLARED,
	  0 },
	{ "desk:pol", "Politics", "POLITICS", SUBJECT_CREATOR_DECLARED, 0 },
	{ "desk:pond", "ponds", NULL, SUBJECT_CREATOR_DECLARED, 1 },
};

START_TEST(uri_is_resolved_and_kept)
{
	add_uri(by_uri[_i].uri, by_uri[_i].name);
	resolve();
	const struct subject *subject = &article.subjects[0];
	ck_assert_str_eq(subject->uri.ptr, by_uri[_i].uri);
	ck_assert_pstr_eq(subject->name.ptr, by_uri[_i].name);
	ck_assert_pstr_eq(subject->topic.ptr, by_uri[_i].topic);
	ck_assert_int_eq(subject->creator, by_uri[_i].creator);
	ck_assert_uint_eq(article.topic_count, by_uri[_i].topic ? 1 : 0);
	ck_assert_uint_eq(article.warning_count, by_uri[_i].warnings);
}
END_TEST

START_TEST(topics_are_unique_and_declared_ones_first)
{
	static const char *const expected[] = { "SPORT", "ASIA", "HEALTH",
						"WEATHER" };

	add_uri("subj:07001000", NULL);
	add_word("SPORT");
	add_uri("subj:15001000", NULL);
	add_uri("subj:17001000", NULL);
	add_word("asia");
	add_word("sports");
	resolve();
	ck_assert_uint_eq(article.topic_count, COUNT(expected));
	for (int i = 0; i < COUNT(expected); i++)
		ck_assert_str_eq(article.topics[i].ptr, expected[i]);
	ck_assert_uint_eq(article.subject_count, 6);
}
END_TEST

START_TEST(every_arena_succeeds_or_reports)
{
	bool done = false;

	for (size_t room = 0; room < 2048; room++) {
		struct slice word = SLICE("POLITICS"), odd = SLICE("POND");

		arena_init(&arena, memory, room);
		article_init(&article);
		enum fault fault = subject_declare(&article, &arena, word);
		if (!fault)
			fault = subject_declare(&article, &arena, odd);
		if (!fault)
			fault = tagging_resolve(&article, vocabulary, &arena);
		ck_assert(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
		ck_assert(!done || !fault);
		done = !fault;
	}
	ck_assert(done);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("tagging");
	TCase *tagging = tcase_create("tagging");

	tcase_add_checked_fixture(tagging, set_up, tear_down);
	tcase_add_test(tagging, word_is_resolved);
	tcase_add_test(tagging, desk_without_a_media_topic_has_no_uri);
	tcase_add_test(tagging, unknown_word_is_kept_with_a_warning);
	tcase_add_loop_test(tagging, uri_is_resolved_and_kept, 0,
			    COUNT(by_uri));
	tcase_add_test(tagging, topics_are_unique_and_declared_ones_first);
	tcase_add_test(tagging, every_arena_succeeds_or_reports);
	suite_add_tcase(suite, tagging);
	return suite;
}
