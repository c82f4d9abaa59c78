#include "producer/transaction.h"
#include "tests/unit/suite.h"

/* The table as the design states it, one line a row and an error. */
static const struct {
	enum transaction_step step;
	enum transaction_error error;
	enum transaction_action action;
} rows[] = {
	{ STEP_INIT, ERROR_NONE, ACTION_GO_ON },
	{ STEP_INIT, ERROR_RETRIABLE, ACTION_REPEAT },
	{ STEP_INIT, ERROR_ABORTABLE, ACTION_RENEW },
	{ STEP_INIT, ERROR_FATAL, ACTION_RENEW },
	{ STEP_INIT, ERROR_REFUSED, ACTION_STOP },
	{ STEP_INIT, ERROR_OTHER, ACTION_RENEW },
	{ STEP_BEGIN, ERROR_NONE, ACTION_GO_ON },
	{ STEP_BEGIN, ERROR_RETRIABLE, ACTION_REPEAT },
	{ STEP_BEGIN, ERROR_ABORTABLE, ACTION_ABORT },
	{ STEP_BEGIN, ERROR_FATAL, ACTION_RENEW },
	{ STEP_BEGIN, ERROR_REFUSED, ACTION_STOP },
	{ STEP_BEGIN, ERROR_OTHER, ACTION_RENEW },
	{ STEP_PRODUCE, ERROR_NONE, ACTION_GO_ON },
	{ STEP_PRODUCE, ERROR_RETRIABLE, ACTION_REPEAT },
	{ STEP_PRODUCE, ERROR_ABORTABLE, ACTION_ABORT },
	{ STEP_PRODUCE, ERROR_FATAL, ACTION_RENEW },
	{ STEP_PRODUCE, ERROR_REFUSED, ACTION_STOP },
	{ STEP_PRODUCE, ERROR_OTHER, ACTION_ABORT },
	{ STEP_FLUSH, ERROR_NONE, ACTION_GO_ON },
	{ STEP_FLUSH, ERROR_RETRIABLE, ACTION_REPEAT },
	{ STEP_FLUSH, ERROR_ABORTABLE, ACTION_ABORT },
	{ STEP_FLUSH, ERROR_FATAL, ACTION_RENEW },
	{ STEP_FLUSH, ERROR_REFUSED, ACTION_STOP },
	{ STEP_FLUSH, ERROR_OTHER, ACTION_ABORT },
	{ STEP_OFFSETS, ERROR_NONE, ACTION_GO_ON },
	{ STEP_OFFSETS, ERROR_RETRIABLE, ACTION_REPEAT },
	{ STEP_OFFSETS, ERROR_ABORTABLE, ACTION_ABORT },
	{ STEP_OFFSETS, ERROR_FATAL, ACTION_RENEW },
	{ STEP_OFFSETS, ERROR_REFUSED, ACTION_STOP },
	{ STEP_OFFSETS, ERROR_OTHER, ACTION_ABORT },
	{ STEP_COMMIT, ERROR_NONE, ACTION_GO_ON },
	{ STEP_COMMIT, ERROR_RETRIABLE, ACTION_REPEAT },
	{ STEP_COMMIT, ERROR_ABORTABLE, ACTION_ABORT },
	{ STEP_COMMIT, ERROR_FATAL, ACTION_RENEW },
	{ STEP_COMMIT, ERROR_REFUSED, ACTION_STOP },
	{ STEP_COMMIT, ERROR_OTHER, ACTION_RENEW },
	{ STEP_ABORT, ERROR_NONE, ACTION_GO_ON },
	{ STEP_ABORT, ERROR_RETRIABLE, ACTION_REPEAT },
	{ STEP_ABORT, ERROR_ABORTABLE, ACTION_RENEW },
	{ STEP_ABORT, ERROR_FATAL, ACTION_RENEW },
	{ STEP_ABORT, ERROR_REFUSED, ACTION_STOP },
	{ STEP_ABORT, ERROR_OTHER, ACTION_RENEW },
};

START_TEST(each_error_at_each_step_has_its_action)
{
	ck_assert_int_eq(transaction_next(rows[_i].step, rows[_i].error),
			 rows[_i].action);
}
END_TEST

START_TEST(the_rows_are_all_there)
{
	ck_assert_int_eq(COUNT(rows), STEP_COUNT * ERROR_COUNT);
}
END_TEST

static const struct {
	rd_kafka_resp_err_t code;
	enum transaction_error error;
} codes[] = {
	{ RD_KAFKA_RESP_ERR_NO_ERROR, ERROR_NONE },
	{ RD_KAFKA_RESP_ERR__TIMED_OUT, ERROR_RETRIABLE },
	{ RD_KAFKA_RESP_ERR_NOT_COORDINATOR, ERROR_RETRIABLE },
	{ RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, ERROR_ABORTABLE },
	{ RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, ERROR_ABORTABLE },
	{ RD_KAFKA_RESP_ERR__FENCED, ERROR_FATAL },
	{ RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, ERROR_REFUSED },
	{ RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
	  ERROR_REFUSED },
	{ RD_KAFKA_RESP_ERR_UNKNOWN, ERROR_OTHER },
};

START_TEST(codes_are_classed)
{
	ck_assert_int_eq(transaction_error_of_code(codes[_i].code),
			 codes[_i].error);
}
END_TEST

START_TEST(no_error_goes_on_and_leaves_the_note_alone)
{
	struct fault_note note = { "untouched" };

	ck_assert_int_eq(transaction_judge(STEP_COMMIT, NULL, &note),
			 ACTION_GO_ON);
	ck_assert_str_eq(note.text, "untouched");
}
END_TEST

START_TEST(a_judged_error_is_told_with_its_step)
{
	struct fault_note note = { "" };
	rd_kafka_error_t *error = rd_kafka_error_new(RD_KAFKA_RESP_ERR_UNKNOWN,
						     "the broker is "
						     "cross");

	ck_assert_int_eq(transaction_judge(STEP_COMMIT, error, &note),
			 ACTION_RENEW);
	ck_assert_ptr_nonnull(strstr(note.text, "commit-transaction"));
	ck_assert_ptr_nonnull(strstr(note.text, "the broker is cross"));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("transaction");
	TCase *table = tcase_create("table");

	tcase_add_loop_test(table, each_error_at_each_step_has_its_action, 0,
			    COUNT(rows));
	tcase_add_test(table, the_rows_are_all_there);
	tcase_add_loop_test(table, codes_are_classed, 0, COUNT(codes));
	tcase_add_test(table, no_error_goes_on_and_leaves_the_note_alone);
	tcase_add_test(table, a_judged_error_is_told_with_its_step);
	suite_add_tcase(suite, table);
	return suite;
}
