"""Each article once, whatever is killed, aborted or moved."""
import pytest
from confluent_kafka import Producer
from records import read

EXACTLY, AT_LEAST = "exactly-once", "at-least-once"


@pytest.mark.parametrize("delivery", [EXACTLY, AT_LEAST])
def test_a_process_killed_in_mid_run(pipeline, delivery):
    audit = pipeline.audit
    audit.send(8000, bad=0.01, seed=1)
    doomed = pipeline.stage("a", delivery=delivery)
    other = pipeline.stage("b", delivery=delivery)
    with audit.sending(12000, bad=0.01, seed=2, rate=3000):
        pipeline.wait_members(2)
        pipeline.wait_published(8500)
        if delivery == EXACTLY:
            pipeline.wait_open_transaction()
        doomed.kill()
        successor = pipeline.stage("a", delivery=delivery)
    pipeline.wait_done()
    assert other.terminate() == 0
    assert successor.terminate() == 0
    result = audit.check()
    assert result.exact if delivery == EXACTLY else result.lost_none, str(result)


def test_an_aborted_transaction(pipeline):
    audit = pipeline.audit
    stage = pipeline.stage("a")
    with audit.sending(6000, bad=0.01, rate=2000):
        pipeline.wait_published(500)
        pipeline.pause_in_transaction(stage)
        _fence(pipeline, "a")
        stage.resume()
        seen = pipeline.kafka.count(pipeline.output)
        pipeline.wait_published(seen + 500)
    pipeline.wait_done()
    assert stage.terminate() == 0
    result = audit.check()
    assert result.exact, str(result)
    everything = read(pipeline.kafka, pipeline.output, "read_uncommitted")
    assert len(everything) > result.articles.expected, "nothing was aborted"


def _fence(pipeline, instance):
    """Aborts what the worker has open: another takes its transactional id."""
    Producer({"bootstrap.servers": pipeline.kafka.bootstrap,
              "transactional.id": f"{pipeline.group}-{instance}-0"}
             ).init_transactions(10)


def test_a_process_that_slept_through_its_replacement(pipeline):
    audit = pipeline.audit
    settings = {"transaction_timeout_ms": 3000, "commit_interval_ms": 500}
    sleeper = pipeline.stage("a", **settings)
    other = pipeline.stage("b", **settings)
    with audit.sending(4000, bad=0.01, rate=2000):
        pipeline.wait_members(2)
        pipeline.wait_open_transaction()
        sleeper.pause()
        pipeline.wait_members(1)
    pipeline.wait_done()
    sleeper.resume()
    audit.send(2000, bad=0.01, seed=1)
    pipeline.wait_members(2)
    pipeline.wait_done()
    assert sleeper.terminate() == 0
    assert other.terminate() == 0
    result = audit.check()
    assert result.exact, str(result)


@pytest.mark.parametrize("rebalance", ["cooperative", "eager", "consumer"])
def test_a_member_that_comes_and_goes_under_load(pipeline, rebalance):
    audit = pipeline.audit
    stages = [pipeline.stage(name, rebalance=rebalance) for name in "ab"]
    with audit.sending(6000, bad=0.01, rate=2000):
        pipeline.wait_members(2)
        pipeline.wait_published(500)
        guest = pipeline.stage("c", rebalance=rebalance)
        pipeline.wait_members(3)
        pipeline.wait_published(pipeline.kafka.count(pipeline.output) + 500)
        assert guest.terminate() == 0
        pipeline.wait_members(2)
    pipeline.wait_done()
    for stage in stages:
        assert stage.terminate() == 0
    result = audit.check()
    assert result.exact, str(result)
    assert guest.totals()["published"] > 0
    assert sum(s.totals()["articles"] for s in pipeline.stages) == len(audit.sent)


def test_sigterm_drains_and_the_totals_balance(pipeline):
    audit = pipeline.audit
    first = pipeline.stage("a")
    with audit.sending(4000, bad=0.05, rate=2000):
        pipeline.wait_published(1000)
        assert first.terminate() == 0
    second = pipeline.stage("a")
    pipeline.wait_done()
    assert second.terminate() == 0
    result = audit.check()
    assert result.exact, str(result)
    totals = [stage.totals() for stage in (first, second)]
    for t in totals:
        assert (t["articles"]
                == t["published"] + t["deadlettered"] + t["skipped"])
        assert t["consumed"] >= t["articles"]
    assert (sum(t["published"] for t in totals), sum(
        t["deadlettered"] for t in totals)) == (
        result.articles.expected, result.letters.expected)
