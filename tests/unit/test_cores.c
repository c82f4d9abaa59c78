#include "stage/settings/cores.h"

#include "tests/unit/suite.h"

static const struct {
	const char *text;
	int cores;
} quotas[] = {
	{ "max 100000\n", 0 },	{ "100000 100000\n", 1 },
	{ "150000 100000", 2 }, { "50000 100000\n", 1 },
	{ "400000 100000", 4 }, { "", 0 },
	{ "100000", 0 },	{ "-1 100000", 0 },
	{ "100000 0", 0 },	{ "9223372036854775807 1", 0 },
};

START_TEST(quota_is_rounded_up)
{
	ck_assert_int_eq(cores_quota(slice_from(quotas[_i].text)),
			 quotas[_i].cores);
}
END_TEST

START_TEST(there_is_a_core_at_least)
{
	ck_assert_int_ge(cores_usable(), 1);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("cores");
	TCase *count = tcase_create("count");

	tcase_add_loop_test(count, quota_is_rounded_up, 0, COUNT(quotas));
	tcase_add_test(count, there_is_a_core_at_least);
	suite_add_tcase(suite, count);
	return suite;
}
