#include "consumer/catalog.h"

#include "tests/unit/suite.h"

static char raw[] = "raw", sport[] = "sport";
static struct catalog_topic topics[] = { { raw, 6 }, { sport, 1 } };
static const struct catalog catalog = { topics, COUNT(topics), true };

static const struct {
	const char *topic;
	int32_t partition;
	bool has;
} partitions[] = {
	{ "raw", 0, true },	 { "raw", 5, true },	{ "raw", 6, false },
	{ "sport", 0, true },	 { "sport", 1, false }, { "spor", 0, false },
	{ "weather", 0, false },
};

START_TEST(a_partition_is_known_by_topic_and_number)
{
	ck_assert_int_eq(catalog_has(&catalog, partitions[_i].topic,
				     partitions[_i].partition),
			 partitions[_i].has);
}
END_TEST

START_TEST(before_it_is_filled_all_was_there)
{
	struct catalog empty = { .filled = false };

	ck_assert(catalog_has(&empty, "raw", 9));
	catalog_release(&empty);
	ck_assert(!empty.filled);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("catalog");
	TCase *known = tcase_create("known");

	tcase_add_loop_test(known, a_partition_is_known_by_topic_and_number, 0,
			    COUNT(partitions));
	tcase_add_test(known, before_it_is_filled_all_was_there);
	suite_add_tcase(suite, known);
	return suite;
}
