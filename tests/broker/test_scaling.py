"""More processes take more, and fewer less; neither loses anything."""
import process


def test_processes_are_added_until_the_lag_is_gone_and_taken_away(pipeline):
    """Each takes at most 500 articles a second, and 1000 come."""
    audit, kafka = pipeline.audit, pipeline.kafka

    def lag():
        return len(audit.sent) - sum(kafka.committed(pipeline.group).values())

    def add(name):
        return pipeline.stage(name, rate_max=round(500 / process.PATIENCE))

    one = add("a")
    with audit.sending(10_000, bad=0.01, rate=1000):
        process.wait_for(lambda: lag() > 2000, "one to be too few")
        two, three, four = map(add, "bcd")
        pipeline.wait_members(4)
        process.wait_for(lambda: lag() < 300, "the lag to go", 60)
        assert two.terminate() == 0
        three.kill()
        pipeline.wait_members(2)
        sent = len(audit.sent)
        process.wait_for(lambda: len(audit.sent) > sent + 1000,
                         "some load on two")
        five = add("e")
        pipeline.wait_members(3)
    pipeline.wait_done()
    assert lag() == 0
    for stage in one, four, five:
        assert stage.terminate() == 0
    result = audit.check()
    assert result.exact, str(result)
    assert all(s.totals()["published"] > 0 for s in (one, two, four, five))
