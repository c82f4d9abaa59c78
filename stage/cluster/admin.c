#include "stage/cluster/admin.h"

void admin_init(struct admin *admin, struct cluster *cluster,
		rd_kafka_admin_op_t kind, bool with_rights)
{
	*admin = (struct admin){
		.options = rd_kafka_AdminOptions_new(cluster->kafka, kind),
		.queue = rd_kafka_queue_new(cluster->kafka),
	};
	rd_kafka_AdminOptions_set_request_timeout(admin->options,
						  CLUSTER_TIMEOUT_MS, NULL, 0);
	if (!with_rights)
		return;
	rd_kafka_error_t *error =
		rd_kafka_AdminOptions_set_include_authorized_operations(
			admin->options, 1);
	if (error)
		rd_kafka_error_destroy(error);
}

void admin_release(struct admin *admin)
{
	if (admin->answer)
		rd_kafka_event_destroy(admin->answer);
	rd_kafka_queue_destroy(admin->queue);
	rd_kafka_AdminOptions_destroy(admin->options);
}

rd_kafka_resp_err_t admin_wait(struct admin *admin)
{
	/* A little longer than librdkafka itself waits for the brokers. */
	admin->answer =
		rd_kafka_queue_poll(admin->queue, CLUSTER_TIMEOUT_MS + 1000);
	return admin->answer ? rd_kafka_event_error(admin->answer)
			     : RD_KAFKA_RESP_ERR__TIMED_OUT;
}

enum right admin_right(const rd_kafka_AclOperation_t *allowed, size_t count,
		       rd_kafka_AclOperation_t operation)
{
	if (!allowed)
		return RIGHT_NO_ANSWER;
	for (size_t i = 0; i < count; i++)
		if (allowed[i] == operation ||
		    allowed[i] == RD_KAFKA_ACL_OPERATION_ALL)
			return RIGHT_YES;
	return RIGHT_NO;
}
