#include "stage/worker/throttle.h"
#include "tests/unit/suite.h"

/* How many messages pass in ten seconds of a clock that only waiting moves. */
static int taken_in_ten_seconds(int rate)
{
	struct throttle throttle;
	int64_t now = 5000, end = now + 10000;
	int taken = 0;

	throttle_init(&throttle, rate, now);
	while (now < end) {
		taken++;
		now += throttle_take(&throttle, now);
		MUST(taken < 10000000);
	}
	return taken;
}

static const struct {
	int rate, taken;
} rates[] = {
	{ 1, 10 },   { 2, 20 },	  { 3, 30 },	   { 10, 100 },
	{ 15, 150 }, { 50, 500 }, { 3000, 30000 }, { 12345, 123450 },
};

START_TEST(no_more_pass_than_the_rate)
{
	ck_assert_int_eq(taken_in_ten_seconds(rates[_i].rate), rates[_i].taken);
}
END_TEST

START_TEST(without_a_rate_nothing_waits)
{
	struct throttle throttle;

	throttle_init(&throttle, 0, 0);
	for (int i = 0; i < 100000; i++)
		MUST(throttle_take(&throttle, 0) == 0);
}
END_TEST

START_TEST(what_was_not_taken_is_not_saved_up)
{
	struct throttle throttle;

	throttle_init(&throttle, 20, 0);
	ck_assert_int_eq(throttle_take(&throttle, 0), 0);
	ck_assert_int_eq(throttle_take(&throttle, 60000), 0);
	ck_assert_int_eq(throttle_take(&throttle, 60000), 100);
}
END_TEST

START_TEST(what_was_late_is_made_up_for_within_its_second)
{
	struct throttle throttle;
	int taken = 0;

	throttle_init(&throttle, 100, 0);
	while (throttle_take(&throttle, 350) == 0)
		taken++;
	ck_assert_int_eq(taken, 39);
	/* In the next second, as if it had been in time. */
	for (taken = 0; throttle_take(&throttle, 1010) == 0; taken++)
		;
	ck_assert_int_eq(taken, 9);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("throttle");
	TCase *rate = tcase_create("rate");

	tcase_add_loop_test(rate, no_more_pass_than_the_rate, 0, COUNT(rates));
	tcase_add_test(rate, without_a_rate_nothing_waits);
	tcase_add_test(rate, what_was_not_taken_is_not_saved_up);
	tcase_add_test(rate, what_was_late_is_made_up_for_within_its_second);
	suite_add_tcase(suite, rate);
	return suite;
}
