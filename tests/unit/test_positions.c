#include "consumer/positions.h"
#include "tests/unit/suite.h"

static struct positions positions;
static rd_kafka_topic_partition_list_t *list;

static void setup(void)
{
	positions_init(&positions);
	list = rd_kafka_topic_partition_list_new(3);
	rd_kafka_topic_partition_list_add(list, "raw", 0)->offset = 10;
	rd_kafka_topic_partition_list_add(list, "raw", 1)->offset = 20;
	rd_kafka_topic_partition_list_add(list, "other", 0)->offset = 30;
	ck_assert(positions_add(&positions, list));
}

static void teardown(void)
{
	rd_kafka_topic_partition_list_destroy(list);
	positions_release(&positions);
}

static int moved_count(void)
{
	rd_kafka_topic_partition_list_t *moved =
		positions_list(&positions, true);
	int count = moved->cnt;

	rd_kafka_topic_partition_list_destroy(moved);
	return count;
}

START_TEST(each_partition_is_found_by_topic_and_number)
{
	ck_assert_int_eq(positions_find(&positions, "raw", 1)->next, 20);
	ck_assert_int_eq(positions_find(&positions, "other", 0)->next, 30);
	ck_assert_int_eq(positions_find(&positions, "raw", 0)->next, 10);
	ck_assert_ptr_null(positions_find(&positions, "raw", 2));
	ck_assert_ptr_null(positions_find(&positions, "ra", 0));
}
END_TEST

START_TEST(only_what_moved_is_listed_until_it_is_settled)
{
	struct position *position = positions_find(&positions, "raw", 1);

	ck_assert_int_eq(moved_count(), 0);
	position->next = 25;
	rd_kafka_topic_partition_list_t *moved =
		positions_list(&positions, true);
	ck_assert_int_eq(moved->cnt, 1);
	ck_assert_int_eq(moved->elems[0].offset, 25);
	rd_kafka_topic_partition_list_destroy(moved);
	positions_settle(&positions);
	ck_assert_int_eq(moved_count(), 0);
}
END_TEST

START_TEST(adding_a_known_partition_puts_it_there_and_commits_nothing)
{
	struct position *position = positions_find(&positions, "raw", 0);

	position->next = 99;
	ck_assert(positions_add(&positions, list));
	ck_assert_uint_eq(positions.count, 3);
	ck_assert_int_eq(positions_find(&positions, "raw", 0)->next, 10);
	ck_assert_int_eq(moved_count(), 0);
	list->elems[0].offset = 12;
	ck_assert(positions_add(&positions, list));
	ck_assert_int_eq(moved_count(), 1);
}
END_TEST

START_TEST(removed_partitions_are_unknown_and_the_others_stay)
{
	rd_kafka_topic_partition_list_t *gone =
		rd_kafka_topic_partition_list_new(2);

	rd_kafka_topic_partition_list_add(gone, "raw", 0);
	rd_kafka_topic_partition_list_add(gone, "never-held", 7);
	positions_remove(&positions, gone);
	rd_kafka_topic_partition_list_destroy(gone);
	ck_assert_uint_eq(positions.count, 2);
	ck_assert_ptr_null(positions_find(&positions, "raw", 0));
	ck_assert_int_eq(positions_find(&positions, "raw", 1)->next, 20);
	ck_assert_int_eq(positions_find(&positions, "other", 0)->next, 30);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("positions");
	TCase *table = tcase_create("positions");

	tcase_add_checked_fixture(table, setup, teardown);
	tcase_add_test(table, each_partition_is_found_by_topic_and_number);
	tcase_add_test(table, only_what_moved_is_listed_until_it_is_settled);
	tcase_add_test(
		table,
		adding_a_known_partition_puts_it_there_and_commits_nothing);
	tcase_add_test(table,
		       removed_partitions_are_unknown_and_the_others_stay);
	suite_add_tcase(suite, table);
	return suite;
}
