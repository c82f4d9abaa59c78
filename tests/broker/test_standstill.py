"""A lone broker that stands still for longer than a member's session."""
import signal
import time

# A transaction outlives the standstill. A producer that was told of no broker,
# as it may be where the only one is fenced, is waited for as long.
STILL_S, TRANSACTION_S = 12, 30


def stand_still(pipeline):
    """The audit of a stage whose broker did, so that what was under way comes
    late."""
    kafka = pipeline.kafka
    stage = pipeline.stage(transaction_timeout_ms=TRANSACTION_S * 1000)
    with pipeline.audit.sending(2000, rate=1000, idempotent=True):
        pipeline.wait_published(500)
        kafka.process.send_signal(signal.SIGSTOP)
        time.sleep(STILL_S)
        kafka.process.send_signal(signal.SIGCONT)
    pipeline.wait_done(TRANSACTION_S + 30)
    assert stage.terminate() == 0
    return pipeline.audit.check()


def test_what_was_under_way_comes_late(unfenced):
    result = stand_still(unfenced)
    assert result.exact, str(result)


def test_a_broker_that_is_fenced_meanwhile(alone):
    """No partition has a leader for a moment, and metadata names no broker.
    The stage goes on; what it aborts by then may be read (KAFKA-20734)."""
    result = stand_still(alone)
    assert not result.articles.missing, str(result)
