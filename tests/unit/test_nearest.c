#include "stage/terminal/nearest.h"

#include "tests/unit/suite.h"

static const char *const words[] = {
	"gap", "workers", "input.topics", "output.topic", "log.level", "start",
};

static const char *find(const char *word)
{
	struct nearest nearest = { NULL, 0 };

	for (int i = 0; i < COUNT(words); i++)
		nearest_offer(&nearest, slice_from(word), words[i]);
	return nearest.word;
}

static const struct {
	const char *word, *meant;
} cases[] = {
	{ "input.topic", "input.topics" },
	{ "inptu.topics", "input.topics" },
	{ "INPUT.TOPICS", "input.topics" },
	{ "input-topics", "input.topics" },
	{ "ouput.topic", "output.topic" },
	{ "worker", "workers" },
	{ "wrokers", "workers" },
	{ "gpa", "gap" },
	{ "log.levle", "log.level" },
	{ "stat", "start" },
	{ "x", NULL },
	{ "", NULL },
	{ "retention.bytes", NULL },
	{ "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
	  NULL },
};

START_TEST(meant_word_is_found)
{
	if (cases[_i].meant)
		ck_assert_str_eq(find(cases[_i].word), cases[_i].meant);
	else
		ck_assert_ptr_null(find(cases[_i].word));
}
END_TEST

START_TEST(first_of_equals_is_kept)
{
	struct nearest nearest = { NULL, 0 };

	nearest_offer(&nearest, SLICE("stop"), "step");
	nearest_offer(&nearest, SLICE("stop"), "shop");
	ck_assert_str_eq(nearest.word, "step");
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("nearest");
	TCase *find_case = tcase_create("find");

	tcase_add_loop_test(find_case, meant_word_is_found, 0, COUNT(cases));
	tcase_add_test(find_case, first_of_equals_is_kept);
	suite_add_tcase(suite, find_case);
	return suite;
}
