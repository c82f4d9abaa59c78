"""A stop while the brokers do not answer."""
import signal
import time

import pytest
from kafka import Kafka
from pipeline import Pipeline

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
