"""Each fault once or a few times, on three brokers, under load.

`make chaos` runs them in the numbers that a promise takes.
"""
import process
import pytest
from chaos import Chaos, seconds_to_next


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


def test_the_harness_finds_a_group_that_moved(cluster, pipeline):
    """From a broker that lives to the one that is preferred, as the brokers
    may at any time after a restart."""
    group = pipeline.group
    cluster.commit(group, pipeline.input, 0, 1)
    preferred = cluster.preferred_coordinator(group)
    cluster.stop(preferred)
    cluster.start(preferred)
    assert cluster.committed(group) == {(pipeline.input, 0): 1}
    cluster.elect("__consumer_offsets")
    process.wait_for(lambda: cluster.coordinator(group) == preferred,
                     "the group to move back")
