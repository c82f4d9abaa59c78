"""Raw topics that come and go while a stage runs."""
from audit import Audit
from process import wait_for

REFRESH = {"consumer_topic_metadata_refresh_interval_ms": 1000}


def _audit_of(pipeline, topic):
    """The same pipeline's audit, but sending to another raw topic."""
    pipeline.kafka.create_topic(topic, 2)
    return Audit(pipeline.kafka, topic, pipeline.output, pipeline.deadletters)


def _assert_all_once(pipeline, *audits):
    """What all of them sent, in the topics that they share; in what order
    depends on which of the raw topics was read first."""
    every = Audit(pipeline.kafka, None, pipeline.output, pipeline.deadletters)
    every.sent = [sent for audit in audits for sent in audit.sent]
    result = every.check()
    for tally in (result.articles, result.letters):
        assert not (tally.missing or tally.doubled or tally.wrong), str(result)


def test_a_topic_that_fits_the_pattern_is_found_when_it_comes(pipeline):
    stage = pipeline.stage(input_topics=f"^{pipeline.name}\\.raw",
                           start="latest", **REFRESH)
    # From here on what comes is later than the latest.
    wait_for(lambda: len(stage.events("start")) == 6, "6 partitions' starts")
    pipeline.audit.send(200)
    late = _audit_of(pipeline, f"{pipeline.input}.late")
    late.send(200, bad=0.1, seed=1)
    pipeline.wait_done()
    pipeline.wait_done(topic=late.source)
    assert stage.terminate() == 0
    _assert_all_once(pipeline, pipeline.audit, late)


def test_a_topic_that_is_deleted_takes_no_other_along(pipeline):
    doomed = _audit_of(pipeline, f"{pipeline.name}.doomed")
    stage = pipeline.stage(
        input_topics=f"{pipeline.input},{doomed.source}", **REFRESH)
    doomed.send(200)
    pipeline.audit.send(200)
    pipeline.wait_done(topic=doomed.source)
    with pipeline.audit.sending(3000, rate=500):
        pipeline.kafka.delete_topic(doomed.source)
    pipeline.wait_done()
    assert stage.terminate() == 0
    _assert_all_once(pipeline, pipeline.audit, doomed)
