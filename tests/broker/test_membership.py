"""What a static member that comes back costs the others: nothing."""


def test_a_restart_moves_no_partition(pipeline):
    def start(name):
        return pipeline.stage(name, membership="static",
                              consumer_session_timeout_ms=10000)

    stages = {name: start(name) for name in "ab"}
    pipeline.wait_members(2)
    held = partitions(pipeline)
    told = hearings(stages["b"])
    with pipeline.audit.sending(500, rate=500):
        pipeline.wait_published(500)
        stages["a"].kill()
        stages["a"] = start("a")
        stages["a"].wait_for_event("assigned")
    pipeline.wait_done()
    assert partitions(pipeline) == held
    assert hearings(stages["b"]) == told
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


def hearings(stage):
    """What the group has told that process."""
    return stage.events("assigned"), stage.events("revoked")
