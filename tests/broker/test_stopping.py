"""A stop while the brokers do not answer."""
import signal
import time

import pytest
from kafka import Kafka
from pipeline import Pipeline
from process import wait_for

OUTSIDE = 3


@pytest.fixture
def silenced(tmp_path):
    """A stage in mid-run on a broker that has just fallen silent, and that
    answers again when the test is over."""
    with Kafka(tmp_path / "kafka") as kafka:
        pipeline = Pipeline(kafka, tmp_path, "silenced")
        try:
            stage = pipeline.stage(shutdown_timeout_ms=4000)
            with pipeline.audit.sending(2000, rate=2000, idempotent=True):
                pipeline.wait_published(500)
                kafka.process.send_signal(signal.SIGSTOP)
                try:
                    yield pipeline, stage
                finally:
                    kafka.process.send_signal(signal.SIGCONT)
            pipeline.stage()
            pipeline.wait_done(60)
            result = pipeline.audit.check()
            assert result.exact, str(result)
        finally:
            pipeline.release()


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


def _members(pipeline):
    """How many members the group has, with partitions or without."""
    found = pipeline.kafka.group(pipeline.group)
    return len(found.members) if found else -1


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


def test_who_waits_to_join_leaves_as_well(pipeline):
    """While a rebalance waits for another member, that is."""
    patient = {"consumer_session_timeout_ms": 45000}
    holders = pipeline.stage("a", workers=6, **patient)
    pipeline.wait_members(6)
    idle = pipeline.stage("b", **patient)
    wait_for(lambda: _members(pipeline) == 7, "seven members")
    pipeline.wait_members(6)
    holders.pause()
    other = pipeline.stage("c", **patient)
    wait_for(lambda: _members(pipeline) == 8, "eight members")
    time.sleep(1)  # by then the idle one has heard of it, and joins again
    idle.signal(signal.SIGTERM)
    holders.resume()
    assert idle.wait() == 0
    wait_for(lambda: _members(pipeline) == 7, "seven to be left", 8)
    for stage in (holders, other):
        assert stage.terminate() == 0
    assert _members(pipeline) == 0
