"""A stop while the brokers do not answer."""
import signal
import time

import pytest
from confluent_kafka import (Consumer, ConsumerGroupState, Producer,
                             TopicPartition)
from process import wait_for

OUTSIDE = 3


@pytest.fixture
def silenced(unfenced):
    """A stage in mid-run on a broker that has just fallen silent, and that
    answers again when the test is over."""
    stage = unfenced.stage(shutdown_timeout_ms=4000)
    with unfenced.audit.sending(2000, rate=2000, idempotent=True):
        unfenced.wait_published(500)
        unfenced.kafka.process.send_signal(signal.SIGSTOP)
        try:
            yield unfenced, stage
        finally:
            unfenced.kafka.process.send_signal(signal.SIGCONT)
    unfenced.stage()
    unfenced.wait_done(60)
    result = unfenced.audit.check()
    assert result.exact, str(result)


def test_the_deadline_ends_what_cannot_commit(silenced):
    _, stage = silenced
    began = time.monotonic()
    assert stage.terminate() == OUTSIDE
    assert 3.5 < time.monotonic() - began < 15
    assert "shutdown.timeout.ms" in stage.events("abandoned")[0]["text"]


def test_a_second_signal_ends_at_once(silenced):
    _, stage = silenced
    stage.signal(signal.SIGTERM)
    stage.wait_for_event("stop")
    began = time.monotonic()
    assert stage.terminate() == OUTSIDE
    assert time.monotonic() - began < 3
    assert stage.events("abandoned")


@pytest.fixture
def held_up(pipeline):
    """A pipeline whose group's offsets are in somebody's transaction that is
    left open: until it ends, brokers do not tell them."""
    holder = Producer({"bootstrap.servers": pipeline.kafka.bootstrap,
                       "transactional.id": "holder"})
    member = Consumer({"bootstrap.servers": pipeline.kafka.bootstrap,
                       "group.id": pipeline.group})
    holder.init_transactions()
    holder.begin_transaction()
    holder.send_offsets_to_transaction(
        [TopicPartition(pipeline.input, partition, 0)
         for partition in pipeline.kafka.partitions(pipeline.input)],
        member.consumer_group_metadata())
    yield pipeline
    holder.abort_transaction()
    member.close()


@pytest.mark.parametrize("rebalance", ["cooperative", "eager", "consumer"])
def test_a_stop_waits_for_no_offsets(held_up, rebalance):
    stage = held_up.stage(rebalance=rebalance)
    stage.wait_for_event("assigned")
    time.sleep(1)  # by then it has asked more than once
    began = time.monotonic()
    assert stage.terminate() == 0
    assert time.monotonic() - began < 5


def _members(pipeline):
    """How many members the group has, with partitions or without."""
    return len(pipeline.kafka.group(pipeline.group).members)


def _wait_settled(pipeline, members):
    """Until the group has so many and no rebalance is under way."""
    def is_settled():
        found = pipeline.kafka.group(pipeline.group)
        return (found.state == ConsumerGroupState.STABLE
                and len(found.members) == members)

    wait_for(is_settled, f"a group of {members}")


@pytest.mark.parametrize("rebalance", ["cooperative", "eager", "consumer"])
def test_members_without_a_partition_leave_as_well(pipeline, rebalance):
    """Who goes without a word is waited for until its session ends, by each
    rebalance, and may be given partitions."""
    patient = {} if rebalance == "consumer" else {
        "consumer_session_timeout_ms": 45000}
    stage = pipeline.stage(workers=8, rebalance=rebalance, **patient)
    wait_for(lambda: _members(pipeline) == 8, "eight members")
    pipeline.wait_members(6)
    assert stage.terminate() == 0
    assert _members(pipeline) == 0


@pytest.mark.parametrize("rebalance", ["cooperative", "eager"])
@pytest.mark.parametrize("others", [5, 6])
def test_who_waits_to_join_again_leaves_as_well(pipeline, others, rebalance):
    """While a rebalance waits for another member, that is: with a partition
    of the six, and without."""
    patient = {"consumer_session_timeout_ms": 45000, "rebalance": rebalance}
    holders = pipeline.stage("a", workers=others, **patient)
    leaver = pipeline.stage("b", **patient)
    _wait_settled(pipeline, others + 1)
    holders.pause()
    joiner = pipeline.stage("c", **patient)
    wait_for(lambda: _members(pipeline) == others + 2, "the third")
    time.sleep(1)  # by then the second has heard of it
    leaver.signal(signal.SIGTERM)
    holders.resume()
    assert leaver.wait() == 0
    wait_for(lambda: _members(pipeline) == others + 1, "it to be gone", 8)
    for stage in (holders, joiner):
        assert stage.terminate() == 0
    assert _members(pipeline) == 0


@pytest.mark.parametrize("rebalance", ["cooperative", "eager"])
def test_who_waits_to_join_first_leaves_as_well(pipeline, rebalance):
    patient = {"consumer_session_timeout_ms": 45000, "rebalance": rebalance}
    holders = pipeline.stage("a", workers=6, **patient)
    _wait_settled(pipeline, 6)
    holders.pause()
    joiner = pipeline.stage("b", **patient)
    wait_for(lambda: _members(pipeline) == 7, "the seventh")
    joiner.signal(signal.SIGTERM)
    holders.resume()
    assert joiner.wait() == 0
    wait_for(lambda: _members(pipeline) == 6, "it to be gone", 8)
    assert holders.terminate() == 0
    assert _members(pipeline) == 0


@pytest.mark.parametrize("rebalance", ["cooperative", "eager"])
def test_who_waits_to_join_is_stopped_all_the_same(pipeline, rebalance):
    patient = {"consumer_session_timeout_ms": 45000, "rebalance": rebalance}
    holders = pipeline.stage("a", workers=5, **patient)
    leaver = pipeline.stage("b", **patient)
    _wait_settled(pipeline, 6)
    holders.pause()
    joiner = pipeline.stage("c", **patient)
    wait_for(lambda: _members(pipeline) == 7, "the third")
    time.sleep(1)  # by then the second has heard of it
    for stage in (leaver, joiner):
        stage.signal(signal.SIGTERM)
    assert [leaver.wait(), joiner.wait()] == [0, 0]
