#include "stage/worker/redrive.h"
#include "tests/unit/suite.h"

/* A letter of part letter, or of the whole message, and a part of the message
 * as it is now: whether it is sent, and as which part. */
static const struct {
	unsigned letter;
	bool letter_whole;
	struct part now;
	bool chosen;
	unsigned number;
} choices[] = {
	/* That part, and no sibling, be it good or bad. */
	{ 2, false, { .number = 2 }, true, 2 },
	{ 2, false, { .number = 2, .fault = FAULT_DATE_INVALID }, true, 2 },
	{ 2, false, { .number = 1 }, false, 1 },
	{ 2, false, { .number = 3, .fault = FAULT_DATE_INVALID }, false, 3 },
	/* All of what was bad as a whole. */
	{ 0, true, { .number = 0 }, true, 0 },
	{ 0, true, { .number = 5 }, true, 5 },
	{ 0, true, { .whole = true, .fault = FAULT_EMPTY }, true, 0 },
	/* It is bad as a whole only now: the part is, and keeps its number. */
	{ 2, false, { .whole = true, .fault = FAULT_EMPTY }, true, 2 },
};

START_TEST(the_part_that_was_bad_is_sent_and_no_other)
{
	const struct letter letter = {
		.rejection = { .part = choices[_i].letter,
			       .whole = choices[_i].letter_whole },
	};
	struct part out = { .number = 99 };

	ck_assert_int_eq(redrive_chooses(&letter, &choices[_i].now, &out),
			 choices[_i].chosen);
	ck_assert_uint_eq(out.number, choices[_i].number);
	ck_assert_int_eq(out.fault, choices[_i].now.fault);
	ck_assert_int_eq(out.whole,
			 choices[_i].letter_whole && choices[_i].now.whole);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("redrive");
	TCase *choice = tcase_create("choice");

	tcase_add_loop_test(choice, the_part_that_was_bad_is_sent_and_no_other,
			    0, COUNT(choices));
	suite_add_tcase(suite, choice);
	return suite;
}
