"""Each fault once or a few times, on three brokers, under load.

`make chaos` runs them in the numbers that a promise takes.
"""
import signal
import time

import pytest
from chaos import Chaos, seconds_to_next
from kafka import UNFENCED, Kafka
from pipeline import Pipeline


@pytest.fixture
def kafka(cluster):
    return cluster


def befall_processes(chaos):
    for _ in range(3):
        chaos.kill_process()
    for _ in range(2):
        chaos.terminate_process()


FAULTS = {
    "processes": befall_processes,
    "zombie": Chaos.freeze_process,
    "brokers": Chaos.kill_each_broker,
    "partitions": Chaos.add_partitions,
    "output": Chaos.recreate_output,
    "network": lambda chaos: [chaos.cut_network(s) for s in (1, 10)],
    "packets": lambda chaos: chaos.lose_packets(5),
    "disk": Chaos.fill_disk,
    "retention": Chaos.overtake,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_exactly_once(pipeline, fault):
    chaos = Chaos(pipeline, seed=fault)
    with chaos.load():
        FAULTS[fault](chaos)
    result = chaos.finish()
    assert result.exact, str(result)


@pytest.mark.parametrize("rebalance", ["eager", "consumer"])
def test_the_other_protocols(pipeline, rebalance):
    chaos = Chaos(pipeline, seed=rebalance, rebalance=rebalance)
    with chaos.load():
        befall_processes(chaos)
        chaos.freeze_process()
    result = chaos.finish()
    assert result.exact, str(result)


def stand_still(broker, folder):
    """The audit of a stage whose only broker stands still for longer than the
    session, so that what was under way comes late."""
    pipeline = Pipeline(broker, folder, "still")
    stage = pipeline.stage(transaction_timeout_ms=60000)
    with pipeline.audit.sending(2000, rate=1000, idempotent=True):
        pipeline.wait_published(500)
        broker.process.send_signal(signal.SIGSTOP)
        time.sleep(12)
        broker.process.send_signal(signal.SIGCONT)
    pipeline.wait_done()
    assert stage.terminate() == 0
    return pipeline.audit.check()


def test_a_broker_that_stands_still(tmp_path):
    with Kafka(tmp_path / "kafka", **UNFENCED) as alone:
        result = stand_still(alone, tmp_path)
    assert result.exact, str(result)


def test_a_broker_that_is_fenced_meanwhile(tmp_path):
    """No partition has a leader for a moment, and metadata names no broker.
    The stage goes on; what it aborts by then may be read (KAFKA-20734)."""
    with Kafka(tmp_path / "kafka") as alone:
        result = stand_still(alone, tmp_path)
    assert not result.articles.missing, str(result)


def test_at_least_once(pipeline):
    chaos = Chaos(pipeline, seed=0, delivery="at-least-once")
    with chaos.load():
        chaos.kill_process()
        chaos.kill_coordinator()
        chaos.cut_network(1)
    result = chaos.finish()
    assert result.lost_none, str(result)


def test_a_killed_static_member_goes_on_at_once(pipeline):
    assert seconds_to_next(pipeline, "static", most=20) < 5
    result = pipeline.audit.check()
    assert result.exact, str(result)
