#include <stdio.h>

#include "schemas/embedded.h"
#include "tests/unit/suite.h"
#include "transform/topics/vocabulary.h"

static struct vocabulary *vocabulary;
static struct fault_note note;

static void set_up(void)
{
	ck_assert_int_eq(vocabulary_parse(embedded_topics(), &vocabulary,
					  &note),
			 FAULT_NONE);
}

static void tear_down(void)
{
	vocabulary_free(vocabulary);
}

static void assert_topic(const struct topic *topic, const char *code)
{
	if (!code) {
		ck_assert_ptr_null(topic);
		return;
	}
	ck_assert_ptr_nonnull(topic);
	ck_assert_str_eq(topic->code.ptr, code);
}

static const struct {
	const char *name, *code;
} names[] = {
	{ "POLITICS", "POLITICS" },
	{ "Politics", "POLITICS" },
	{ "sports", "SPORT" },
	{ "ECONOMY", "BUSINESS" },
	{ "Entertainment", "ARTS" },
	{ "economy, business and finance", "BUSINESS" },
	{ "TECH", "TECH" },
	{ "Science", "TECH" },
	{ "MIDDLE-EAST", "MIDDLE_EAST" },
	{ "Middle East", "MIDDLE_EAST" },
	{ "", NULL },
	{ "POLITIC", NULL },
	{ "POLITICS ", NULL },
	{ "medtop:11000000", NULL },
	{ "a name that is longer than any other name of the vocabulary", NULL },
};

START_TEST(topic_is_found_by_name)
{
	assert_topic(vocabulary_by_name(vocabulary, slice_from(names[_i].name)),
		     names[_i].code);
}
END_TEST

static const struct {
	const char *uri, *code;
	enum newscode newscode;
} uris[] = {
	{ "medtop:11000000", "POLITICS", NEWSCODE_MEDTOP },
	{ "http://cv.iptc.org/newscodes/mediatopic/15000000", "SPORT",
	  NEWSCODE_MEDTOP },
	{ "https://cv.iptc.org/newscodes/mediatopic/17000000", "WEATHER",
	  NEWSCODE_MEDTOP },
	{ "subj:11006000", "POLITICS", NEWSCODE_SUBJECT },
	{ "http://cv.iptc.org/newscodes/subjectcode/04000000", "BUSINESS",
	  NEWSCODE_SUBJECT },
	{ "https://cv.iptc.org/newscodes/subjectcode/16003001", "CONFLICT",
	  NEWSCODE_SUBJECT },
	{ "medtop:11006000", NULL, NEWSCODE_MEDTOP },
	{ "medtop:20000574", NULL, NEWSCODE_MEDTOP },
	{ "subj:18000000", NULL, NEWSCODE_SUBJECT },
	{ "medtop:1100000", NULL, NEWSCODE_NONE },
	{ "medtop:110000000", NULL, NEWSCODE_NONE },
	{ "medtop:1100000x", NULL, NEWSCODE_NONE },
	{ "11000000", NULL, NEWSCODE_NONE },
	{ "POLITICS", NULL, NEWSCODE_NONE },
	{ "", NULL, NEWSCODE_NONE },
};

START_TEST(topic_is_found_by_newscode)
{
	struct slice uri = slice_from(uris[_i].uri);

	assert_topic(vocabulary_by_uri(vocabulary, uri), uris[_i].code);
	ck_assert_int_eq(newscode_of(uri), uris[_i].newscode);
}
END_TEST

START_TEST(every_top_level_of_media_topics_is_there)
{
	for (int level = 1; level <= 17; level++) {
		char uri[32];

		snprintf(uri, sizeof uri, "medtop:%02d000000", level);
		const struct topic *topic =
			vocabulary_by_uri(vocabulary, slice_from(uri));
		ck_assert_ptr_nonnull(topic);
		ck_assert_str_eq(topic->medtop.ptr, uri);
	}
}
END_TEST

START_TEST(desks_without_a_media_topic_have_parents)
{
	const struct topic *us = vocabulary_by_name(vocabulary, SLICE("US"));

	ck_assert_ptr_null(us->medtop.ptr);
	assert_topic(us->parent, "NORTH_AMERICA");
	assert_topic(us->parent->parent, "AMERICAS");
	assert_topic(us->parent->parent->parent, "WORLD");
	ck_assert_ptr_null(us->parent->parent->parent->parent);
}
END_TEST

START_TEST(each_topic_has_its_index)
{
	size_t size = vocabulary_size(vocabulary);
	const struct topic *arts = vocabulary_by_name(vocabulary, SLICE("ART"
									"S"));

	for (size_t i = 0; i < size; i++)
		ck_assert_uint_eq(vocabulary_index(vocabulary, arts + i), i);
	ck_assert(slice_equal(vocabulary_version(vocabulary), SLICE("1")));
}
END_TEST

#define FILE_OF(topics) "{\"version\": \"1\", \"topics\": [" topics "]}"
#define A "{\"code\": \"A\", \"label\": \"a\"}"

static const struct {
	const char *json, *note;
} wrong[] = {
	{ "", "line 1, column 0: not valid JSON, or a name given twice" },
	{ "{\n \"version\": 1,\n}", "line 3, column 1: not valid JSON, or a "
				    "name given twice" },
	{ "[]", "not a JSON object" },
	{ "{\"topics\": [" A "]}", "no \"version\", a string of clean text" },
	{ "{\"version\": 1, \"topics\": [" A "]}", "no \"version\", a string "
						   "of clean text" },
	{ "{\"version\": \"1\"}", "no \"topics\", an array of topics" },
	{ FILE_OF(""), "no \"topics\", an array of topics" },
	{ "{\"version\": \"1\", \"topic\": []}", "there is no property "
						 "\"topic\"" },
	{ FILE_OF("3"), "topic 1: not an object" },
	{ FILE_OF("{\"label\": \"a\"}"), "topic 1: no property \"code\"" },
	{ FILE_OF("{\"code\": 3}"), "topic 1: not a string: \"code\"" },
	{ FILE_OF("{\"code\": \"sport\", \"label\": \"a\"}"), "topic 1: a code "
							      "is made of A-Z, "
							      "0-9 and _, not "
							      "\"sport\"" },
	{ FILE_OF(A ", {\"code\": \"B\"}"), "topic 2 (\"B\"): no property "
					    "\"label\"" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a \"}"), "topic 1 (\"A\"): "
							   "empty, longer than "
							   "256 bytes, with "
							   "stray white "
							   "space or not in "
							   "NFC: \"label\"" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", \"alias\": []}"),
	  "topic 1: there is no property \"alias\"" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", \"aliases\": \"x\"}"),
	  "topic 1 (\"A\"): \"aliases\" is not an array" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", \"aliases\": [\"\"]}"),
	  "topic 1 (\"A\"): an alias is empty, or no string" },
	{ FILE_OF(A ", {\"code\": \"B\", \"label\": \"b\", "
		    "\"aliases\": [\"x\", \"a\"]}"),
	  "topic 2 (\"B\"): \"a\" is already A's" },
	{ FILE_OF(A ", " A), "topic 2 (\"A\"): \"A\" is already A's" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", \"medtop\": \"11\"}"),
	  "topic 1 (\"A\"): \"medtop\" is of the form medtop:11000000, not "
	  "\"11\"" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", "
		  "\"medtop\": \"subj:11000000\"}"),
	  "topic 1 (\"A\"): \"medtop\" is of the form medtop:11000000, not "
	  "\"subj:11000000\"" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", \"parent\": \"B\"}"),
	  "topic 1 (\"A\"): its parent is no topic's code: \"B\"" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", \"parent\": \"A\"}"),
	  "topic 1 (\"A\"): it is its own ancestor" },
	{ FILE_OF("{\"code\": \"A\", \"label\": \"a\", \"parent\": \"B\"}, "
		  "{\"code\": \"B\", \"label\": \"b\", \"parent\": \"A\"}"),
	  "topic 2 (\"B\"): it is its own ancestor" },
};

START_TEST(wrong_file_is_explained)
{
	struct vocabulary *got = vocabulary;

	ck_assert_int_eq(vocabulary_parse(slice_from(wrong[_i].json), &got,
					  &note),
			 FAULT_CONFIG);
	ck_assert_str_eq(note.text, wrong[_i].note);
	ck_assert_ptr_eq(got, vocabulary);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("vocabulary");
	TCase *find = tcase_create("find"), *parse = tcase_create("parse");

	tcase_add_checked_fixture(find, set_up, tear_down);
	tcase_add_loop_test(find, topic_is_found_by_name, 0, COUNT(names));
	tcase_add_loop_test(find, topic_is_found_by_newscode, 0, COUNT(uris));
	tcase_add_test(find, every_top_level_of_media_topics_is_there);
	tcase_add_test(find, desks_without_a_media_topic_have_parents);
	tcase_add_test(find, each_topic_has_its_index);
	tcase_add_loop_test(parse, wrong_file_is_explained, 0, COUNT(wrong));
	suite_add_tcase(suite, find);
	suite_add_tcase(suite, parse);
	return suite;
}
