"""What the members of a group pay for one that comes, leaves or returns."""
import pytest
from process import wait_for


@pytest.mark.parametrize("rebalance", ["cooperative", "consumer"])
def test_a_member_that_comes_takes_what_it_gets_and_no_more(
        pipeline, rebalance):
    first = pipeline.stage("a", rebalance=rebalance)
    pipeline.wait_members(1)
    second = pipeline.stage("b", rebalance=rebalance)
    pipeline.wait_members(2)
    pipeline.audit.send(100)
    pipeline.wait_done()
    assert told(first, "assigned") == list("012345")
    assert len(told(first, "revoked")) == 3
    assert told(second, "assigned") == told(first, "revoked")

    taken = told(first, "revoked")
    assert second.terminate() == 0
    # The coordinator may know what is the first one's before that does.
    wait_for(lambda: told(first, "assigned") == sorted([*"012345", *taken]),
             "the first to have all again")
    assert told(first, "revoked") == taken
    assert first.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)


def test_another_protocol_after_a_stop_of_all(pipeline):
    """As deploy/README.md has it: the offsets are the group's, whatever its
    members speak."""
    for rebalance in ["cooperative", "eager", "consumer", "cooperative"]:
        stage = pipeline.stage("a", rebalance=rebalance)
        pipeline.wait_assigned(6)
        pipeline.audit.send(100)
        pipeline.wait_done()
        assert stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)


def test_another_protocol_beside_the_old_one(pipeline):
    """It is kept out, says why, and takes nothing from who is there."""
    first = pipeline.stage("a", rebalance="cooperative")
    pipeline.wait_assigned(6)
    second = pipeline.stage("b", rebalance="eager")
    wait_for(lambda: "INCONSISTENT_GROUP_PROTOCOL" in second.text(),
             "the other to say why it is kept out")
    pipeline.audit.send(100)
    pipeline.wait_done()
    assert not told(first, "revoked") and not told(second, "assigned")
    assert second.terminate() == first.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)


def test_a_static_member_that_returns_moves_nothing(pipeline):
    def start(name):
        return pipeline.stage(name, membership="static",
                              consumer_session_timeout_ms=10000)

    stages = {name: start(name) for name in "ab"}
    pipeline.wait_members(2)
    # As above: the coordinator may know before the member does.
    wait_for(lambda: len(told(stages["b"], "assigned"))
             - len(told(stages["b"], "revoked")) == 3, "b to have its half")
    held = partitions(pipeline)
    heard = told(stages["b"], "assigned"), told(stages["b"], "revoked")
    with pipeline.audit.sending(500, rate=500):
        pipeline.wait_published(500)
        stages["a"].kill()
        stages["a"] = start("a")
        stages["a"].wait_for_event("assigned")
    pipeline.wait_done()
    assert partitions(pipeline) == held
    assert heard == (told(stages["b"], "assigned"),
                     told(stages["b"], "revoked"))
    for stage in stages.values():
        assert stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)


def partitions(pipeline):
    """{static member: its partitions}"""
    return {
        member.group_instance_id:
            {p.partition for p in member.assignment.topic_partitions}
        for member in pipeline.kafka.group(pipeline.group).members}


def told(stage, event):
    """The partitions that the group has given to that process, or taken."""
    return sorted(each["partition"] for each in stage.events(event))
