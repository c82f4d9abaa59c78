#include "base/fault.h"

#include <string.h>

#include "base/ascii.h"
#include "tests/unit/suite.h"

/* A name is a metric's label and a header's value: lower case, digits, '-'. */
START_TEST(each_fault_has_a_plain_name_of_its_own)
{
	const char *name = fault_name((enum fault)_i);

	ck_assert_ptr_nonnull(name);
	ck_assert(*name);
	for (const char *c = name; *c; c++)
		ck_assert(*c == '-' || ascii_is_digit(*c) ||
			  (ascii_is_alpha(*c) && !ascii_is_upper(*c)));
	for (int i = 0; i < _i; i++)
		ck_assert_str_ne(fault_name((enum fault)i), name);
}
END_TEST

START_TEST(each_fault_says_what_is_wrong)
{
	ck_assert(*fault_text((enum fault)_i));
}
END_TEST

static const struct {
	enum fault fault;
	enum disposition disposition;
} dispositions[] = {
	{ FAULT_NONE, DISPOSITION_GO_ON },
	{ FAULT_TOMBSTONE, DISPOSITION_REJECT },
	{ FAULT_NO_SPACE, DISPOSITION_REJECT },
	{ FAULT_TOO_SLOW, DISPOSITION_REJECT },
	{ FAULT_RECORD_REFUSED, DISPOSITION_REJECT },
	{ FAULT_CONFIG, DISPOSITION_USAGE },
	{ FAULT_NO_MEMORY, DISPOSITION_OUTSIDE },
	{ FAULT_KAFKA, DISPOSITION_OUTSIDE },
	{ FAULT_FILE, DISPOSITION_OUTSIDE },
};

START_TEST(a_fault_tells_what_becomes_of_the_work)
{
	ck_assert_int_eq(fault_disposition(dispositions[_i].fault),
			 dispositions[_i].disposition);
}
END_TEST

START_TEST(a_note_is_printed_and_its_fault_returned)
{
	struct fault_note note = { "old" };

	ck_assert_int_eq(fault_noted(FAULT_KAFKA, &note, "%s %d", "quay", 7),
			 FAULT_KAFKA);
	ck_assert_str_eq(note.text, "quay 7");
}
END_TEST

START_TEST(a_long_note_is_cut_with_its_nul)
{
	struct fault_note note;
	char text[2 * sizeof note.text];

	memset(text, 'q', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	(void)fault_noted(FAULT_FILE, &note, "%s", text);
	ck_assert_uint_eq(strlen(note.text), sizeof note.text - 1);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("fault");
	TCase *table = tcase_create("table");

	tcase_add_loop_test(table, each_fault_has_a_plain_name_of_its_own, 0,
			    FAULT_COUNT);
	tcase_add_loop_test(table, each_fault_says_what_is_wrong, 0,
			    FAULT_COUNT);
	tcase_add_loop_test(table, a_fault_tells_what_becomes_of_the_work, 0,
			    COUNT(dispositions));
	tcase_add_test(table, a_note_is_printed_and_its_fault_returned);
	tcase_add_test(table, a_long_note_is_cut_with_its_nul);
	suite_add_tcase(suite, table);
	return suite;
}
