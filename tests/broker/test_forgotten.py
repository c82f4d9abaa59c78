"""A transaction that ended while a partition had no leader to hear of it."""
import itertools

import pytest
from cluster import Cluster
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

# Each partition is on one broker alone, but for the transactions' own.
UNREPLICATED = {"default.replication.factor": 1, "min.insync.replicas": 1,
                "offsets.topic.replication.factor": 1}


@pytest.fixture(scope="module")
def kafka(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("kafka"), **UNREPLICATED) as brokers:
        yield brokers


def instance_apart(pipeline, broker):
    """One whose first worker's transactions another broker coordinates."""
    return next(name for name in map(str, itertools.count())
                if pipeline.kafka.transaction_coordinator(
                    f"{pipeline.group}-{name}-0") != broker)


def offsets_of(pipeline, offset):
    return [TopicPartition(pipeline.input, partition, offset)
            for partition in pipeline.kafka.partitions(pipeline.input)]


def open_producer(pipeline, instance):
    """That of the instance's first worker; the brokers have ended whatever was
    open."""
    producer = Producer({
        "bootstrap.servers": pipeline.kafka.bootstrap,
        "transactional.id": f"{pipeline.group}-{instance}-0"})
    producer.init_transactions(30)
    return producer


def leave_open(pipeline, instance):
    """A worker that dies before its commit."""
    kafka, group = pipeline.kafka, pipeline.group
    dead = open_producer(pipeline, instance)
    dead.begin_transaction()
    for partition in kafka.partitions(pipeline.output):
        dead.produce(pipeline.output, b"never committed", partition=partition)
    dead.flush()
    nobody = Consumer({"bootstrap.servers": kafka.bootstrap,
                       "group.id": group}).consumer_group_metadata()
    dead.send_offsets_to_transaction(offsets_of(pipeline, 1), nobody, 10)


def are_hidden(pipeline):
    """Whether brokers keep to themselves what the group has committed."""
    asker = Consumer({"bootstrap.servers": pipeline.kafka.bootstrap,
                      "group.id": pipeline.group})
    try:
        asker.committed(offsets_of(pipeline, 0), 2)
    except KafkaException:
        return True
    return False


def test_the_stage_ends_what_brokers_forgot(pipeline):
    """Kafka 4.3 then takes it for ended (KAFKA-20734): neither its records nor
    its offsets are ever committed or aborted, unless the same transactional id
    does so."""
    kafka, audit = pipeline.kafka, pipeline.audit
    kafka.commit(pipeline.group, pipeline.input, 0, 0)
    home = kafka.coordinator(pipeline.group)
    open_producer(pipeline, "any")  # there is a coordinator from here on
    instance = instance_apart(pipeline, home)
    leave_open(pipeline, instance)
    kafka.kill(home)
    open_producer(pipeline, instance)
    kafka.start(home)
    assert are_hidden(pipeline)

    stage = pipeline.stage(instance)
    audit.send(500)
    pipeline.wait_done(60)
    assert stage.terminate() == 0
    result = audit.check()
    assert result.exact, str(result)
