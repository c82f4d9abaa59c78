#include "base/clock.h"
#include "producer/producer.h"
#include "tests/mock/cluster.h"

static rd_kafka_topic_partition_list_t *offsets;
static rd_kafka_consumer_group_metadata_t *member;
static struct producer *producer;
static atomic_bool stop;
static size_t message_max_bytes = 1000000;
static const char *queue_kbytes;

static void open_producer(enum delivery delivery)
{
	const struct kafka_property queue = { "queue.buffering.max.kbytes",
					      queue_kbytes };
	const struct producer_config config = {
		.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster),
		.client_id = "test",
		.delivery = delivery,
		.transactional_id = "desk-test-0",
		.transaction_timeout_ms = 15000,
		.message_max_bytes = message_max_bytes,
		.batch_max_bytes = 1000000,
		.properties = { &queue, 1 },
	};

	ck_assert_int_eq(producer_open(&config, &producer, &note), FAULT_NONE);
}

static void setup(void)
{
	cluster_start();
	offsets = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(offsets, "raw", 0)->offset = 7;
	member = rd_kafka_consumer_group_metadata_new("desk");
	atomic_store(&stop, false);
	open_producer(DELIVERY_EXACTLY_ONCE);
}

static void teardown(void)
{
	producer_close(producer);
	rd_kafka_topic_partition_list_destroy(offsets);
	rd_kafka_consumer_group_metadata_destroy(member);
	cluster_end();
}

static enum transaction_action send_one(void)
{
	const struct outgoing record = {
		.topic = "articles",
		.key = SLICE("key"),
		.value = SLICE("value"),
		.timestamp_ms = -1,
	};

	return producer_send(producer, &record, &note);
}

/* One whole transaction, up to the step that does not go on. */
static enum transaction_action transact(void)
{
	enum transaction_action action = producer_begin(producer, &note);

	if (action == ACTION_GO_ON)
		action = send_one();
	if (action == ACTION_GO_ON)
		action = producer_commit(producer, offsets, member, &note);
	return action;
}

/* Errors injected at one step, and the action the table gives. */
static const struct {
	enum request request;
	rd_kafka_resp_err_t error;
	size_t times;
	enum transaction_action action;
} at_commit[] = {
	/* what the client repeats by itself until it goes well */
	{ ADD_PARTITIONS, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, 2,
	  ACTION_GO_ON },
	{ PRODUCE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, 2,
	  ACTION_GO_ON },
	{ ADD_OFFSETS, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, 2,
	  ACTION_GO_ON },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_NOT_COORDINATOR, 2,
	  ACTION_GO_ON },
	{ END_TXN, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, 2,
	  ACTION_GO_ON },
	/* the transaction is lost: abort, and go back */
	{ PRODUCE, RD_KAFKA_RESP_ERR_INVALID_RECORD, 1, ACTION_ABORT },
	{ PRODUCE, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, 1, ACTION_ABORT },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, 1,
	  ACTION_ABORT },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, 1,
	  ACTION_ABORT },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, 1,
	  ACTION_ABORT },
	/* the producer is lost: make a new one */
	{ ADD_PARTITIONS, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, 1, ACTION_RENEW },
	{ ADD_OFFSETS, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, 1, ACTION_RENEW },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, 1,
	  ACTION_RENEW },
	{ END_TXN, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, 1, ACTION_RENEW },
	{ END_TXN, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, 1, ACTION_RENEW },
	/* no right to */
	{ ADD_OFFSETS, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, 1,
	  ACTION_STOP },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, 1,
	  ACTION_STOP },
	{ END_TXN, RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, 1,
	  ACTION_STOP },
};

START_TEST(an_error_on_the_way_to_a_commit_has_its_action)
{
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	inject(at_commit[_i].request, at_commit[_i].error, at_commit[_i].times);
	enum transaction_action action = transact();
	ck_assert_msg(action == at_commit[_i].action, "request %d, %s: %s (%s)",
		      at_commit[_i].request,
		      rd_kafka_err2name(at_commit[_i].error),
		      transaction_action_word(action), note.text);
}
END_TEST

/* Whether the client tells why or only that all is lost is a race in it. */
START_TEST(without_the_right_to_a_topic_nothing_commits)
{
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	inject(ADD_PARTITIONS, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, 1);
	enum transaction_action action = transact();
	ck_assert(action == ACTION_STOP || action == ACTION_ABORT);
}
END_TEST

/* A transaction of a new producer, with a partition in it and to be aborted. */
static void be_refused(void)
{
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	inject(TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, 1);
	ck_assert_int_eq(transact(), ACTION_ABORT);
}

START_TEST(after_an_abort_the_next_transaction_commits)
{
	be_refused();
	ck_assert_int_eq(producer_abort(producer, &note), ACTION_GO_ON);
	ck_assert_int_eq(transact(), ACTION_GO_ON);
}
END_TEST

static const struct {
	enum request request;
	rd_kafka_resp_err_t error;
	size_t times;
	enum transaction_action action;
} at_init[] = {
	{ INIT_PRODUCER_ID, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, 2,
	  ACTION_GO_ON },
	{ INIT_PRODUCER_ID, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, 2,
	  ACTION_GO_ON },
	{ INIT_PRODUCER_ID, RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, 1,
	  ACTION_RENEW },
	{ INIT_PRODUCER_ID,
	  RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, 1,
	  ACTION_STOP },
	{ INIT_PRODUCER_ID, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, 1,
	  ACTION_STOP },
};

START_TEST(an_error_at_init_has_its_action)
{
	inject(at_init[_i].request, at_init[_i].error, at_init[_i].times);
	enum transaction_action action = producer_init(producer, &stop, &note);
	ck_assert_msg(action == at_init[_i].action, "%s: %s (%s)",
		      rd_kafka_err2name(at_init[_i].error),
		      transaction_action_word(action), note.text);
}
END_TEST

START_TEST(begin_before_init_renews)
{
	ck_assert_int_eq(producer_begin(producer, &note), ACTION_RENEW);
}
END_TEST

START_TEST(init_ends_when_told_to_stop)
{
	atomic_store(&stop, true);
	rd_kafka_mock_broker_set_down(cluster, 1);
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_REPEAT);
}
END_TEST

START_TEST(an_error_at_abort_renews)
{
	be_refused();
	inject(END_TXN, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, 1);
	ck_assert_int_eq(producer_abort(producer, &note), ACTION_RENEW);
}
END_TEST

START_TEST(an_abort_that_only_times_out_renews)
{
	be_refused();
	rd_kafka_mock_broker_set_down(cluster, 1);
	ck_assert_int_eq(producer_abort(producer, &note), ACTION_RENEW);
}
END_TEST

/* tests/broker/test_doubt.py has what would come of going on. */
START_TEST(an_abort_that_gives_up_what_may_be_written_renews)
{
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	ck_assert_int_eq(producer_begin(producer, &note), ACTION_GO_ON);
	rd_kafka_mock_start_request_tracking(cluster);
	inject(PRODUCE, RD_KAFKA_RESP_ERR__TRANSPORT, 100);
	ck_assert_int_eq(send_one(), ACTION_GO_ON);
	wait_for_requests(PRODUCE, 1); /* which closes the connection */
	inject(TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, 1);
	ck_assert_int_eq(producer_commit(producer, offsets, member, &note),
			 ACTION_ABORT);
	ck_assert_int_eq(producer_abort(producer, &note), ACTION_RENEW);
	ck_assert_str_eq(note.text, "abort-transaction: a broker may have "
				    "written records that were given up");
}
END_TEST

static const struct forgotten forgotten = { "articles", "deadletters", "desk" };

/* A refused offset is as good as one that is taken. */
static const struct {
	enum request request;
	rd_kafka_resp_err_t error;
	enum transaction_action action;
} at_forgotten[] = {
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_NO_ERROR, ACTION_GO_ON },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
	  ACTION_GO_ON },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
	  ACTION_GO_ON },
	{ TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, ACTION_RENEW },
	{ ADD_OFFSETS, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, ACTION_RENEW },
	{ END_TXN, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, ACTION_RENEW },
};

START_TEST(what_was_forgotten_ends_where_it_may_be)
{
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	rd_kafka_mock_start_request_tracking(cluster);
	inject(at_forgotten[_i].request, at_forgotten[_i].error, 1);
	enum transaction_action action =
		producer_end_forgotten(producer, &forgotten, &stop, &note);
	ck_assert_msg(action == at_forgotten[_i].action, "%s: %s (%s)",
		      rd_kafka_err2name(at_forgotten[_i].error),
		      transaction_action_word(action), note.text);
	if (action != ACTION_GO_ON)
		return;
	ck_assert_uint_eq(count_requests(ADD_OFFSETS), 1);
	ck_assert_uint_eq(count_requests(END_TXN), 1);
	/* The mock cluster shows what was aborted. */
	ck_assert_uint_eq(read_topic("articles", NULL), 1);
	ck_assert_uint_eq(read_topic("deadletters", NULL), 1);
	ck_assert_int_eq(transact(), ACTION_GO_ON);
}
END_TEST

START_TEST(a_topic_that_does_not_answer_renews)
{
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	rd_kafka_mock_topic_set_error(cluster, "deadletters",
				      RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
	ck_assert_int_eq(producer_end_forgotten(producer, &forgotten, &stop,
						&note),
			 ACTION_RENEW);
	ck_assert_str_eq(note.text, "end what was forgotten in deadletters: "
				    "Broker: Unknown topic or partition");
}
END_TEST

START_TEST(produce_after_a_lost_transaction_aborts)
{
	rd_kafka_resp_err_t code;

	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	ck_assert_int_eq(producer_begin(producer, &note), ACTION_GO_ON);
	inject(PRODUCE, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, 1);
	enum transaction_action action = ACTION_GO_ON;
	for (int i = 0; i < 500 && action == ACTION_GO_ON; i++) {
		action = send_one();
		ck_assert(producer_queue_length(producer) >= 0);
		clock_sleep_ms(10);
	}
	ck_assert_int_eq(action, ACTION_ABORT);
	ck_assert_int_eq(producer_abort(producer, &note), ACTION_GO_ON);
	ck_assert(producer_refused(producer, &code));
	ck_assert_int_eq(code, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
}
END_TEST

/* Larger than the queue is by default, and than it is by any means. */
static const struct {
	const char *queue_kbytes;
	enum transaction_action action;
} large[] = { { NULL, ACTION_GO_ON }, { "1024", ACTION_ABORT } };

START_TEST(a_record_larger_than_the_queue_waits_for_nothing)
{
	static char bytes[20 << 20];
	const struct outgoing record = {
		.topic = "articles",
		.value = { bytes, sizeof bytes },
		.timestamp_ms = -1,
	};
	rd_kafka_resp_err_t code;

	producer_close(producer);
	queue_kbytes = large[_i].queue_kbytes;
	message_max_bytes = 64 << 20;
	open_producer(DELIVERY_EXACTLY_ONCE);
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	ck_assert_int_eq(producer_begin(producer, &note), ACTION_GO_ON);
	ck_assert_int_eq(producer_send(producer, &record, &note),
			 large[_i].action);
	ck_assert_int_eq(producer_refused(producer, &code),
			 large[_i].action == ACTION_ABORT);
}
END_TEST

static const struct {
	rd_kafka_resp_err_t error;
	enum transaction_action action;
	bool refused;
} at_flush[] = {
	{ RD_KAFKA_RESP_ERR_NO_ERROR, ACTION_GO_ON, false },
	{ RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, ACTION_GO_ON, false },
	{ RD_KAFKA_RESP_ERR_INVALID_RECORD, ACTION_ABORT, true },
	{ RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, ACTION_ABORT, true },
	{ RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, ACTION_STOP, false },
};

START_TEST(an_error_at_flush_has_its_action)
{
	rd_kafka_resp_err_t code;

	producer_close(producer);
	open_producer(DELIVERY_AT_LEAST_ONCE);
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
	ck_assert_int_eq(producer_begin(producer, &note), ACTION_GO_ON);
	if (at_flush[_i].error)
		inject(PRODUCE, at_flush[_i].error, 1);
	ck_assert_int_eq(send_one(), ACTION_GO_ON);
	enum transaction_action action = producer_flush(producer, &note);
	ck_assert_msg(action == at_flush[_i].action, "%s: %s (%s)",
		      rd_kafka_err2name(at_flush[_i].error),
		      transaction_action_word(action), note.text);
	ck_assert_int_eq(producer_refused(producer, &code),
			 at_flush[_i].refused);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("producer on a mock cluster");
	TCase *steps = tcase_create("steps");

	tcase_set_timeout(steps, 60);
	tcase_add_checked_fixture(steps, setup, teardown);
	tcase_add_loop_test(steps,
			    an_error_on_the_way_to_a_commit_has_its_action, 0,
			    COUNT(at_commit));
	tcase_add_loop_test(steps, an_error_at_init_has_its_action, 0,
			    COUNT(at_init));
	tcase_add_loop_test(steps, an_error_at_flush_has_its_action, 0,
			    COUNT(at_flush));
	tcase_add_loop_test(steps,
			    a_record_larger_than_the_queue_waits_for_nothing, 0,
			    COUNT(large));
	tcase_add_loop_test(steps, what_was_forgotten_ends_where_it_may_be, 0,
			    COUNT(at_forgotten));
	tcase_add_test(steps, a_topic_that_does_not_answer_renews);
	tcase_add_test(steps, without_the_right_to_a_topic_nothing_commits);
	tcase_add_test(steps, after_an_abort_the_next_transaction_commits);
	tcase_add_test(steps, begin_before_init_renews);
	tcase_add_test(steps, init_ends_when_told_to_stop);
	tcase_add_test(steps, an_error_at_abort_renews);
	tcase_add_test(steps, an_abort_that_only_times_out_renews);
	tcase_add_test(steps,
		       an_abort_that_gives_up_what_may_be_written_renews);
	tcase_add_test(steps, produce_after_a_lost_transaction_aborts);
	suite_add_tcase(suite, steps);
	return suite;
}
