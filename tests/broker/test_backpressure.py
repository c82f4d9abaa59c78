"""An output that takes nothing: the input waits, and memory is bounded."""
import time

import pytest

TRANSACTION_S = 6
POLL_S = 49  # who does not poll for so long is no longer a member: the least
             # that goes with such transactions
AWAY_S = 52
MEMORY_MB = 128


@pytest.fixture
def kafka(cluster):
    return cluster


def most_resident_mb(stage):
    with open(f"/proc/{stage.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status
                    if line.startswith("VmHWM:")) / 1024


def test_an_output_that_is_away_for_a_while(kafka, pipeline):
    kafka.delete_topic(pipeline.output)
    kafka.create_topic(pipeline.output, 3, replicas=1)
    stage = pipeline.stage(transaction_timeout_ms=TRANSACTION_S * 1000,
                           consumer_max_poll_interval_ms=POLL_S * 1000)
    pipeline.audit.send(100)
    pipeline.wait_done()
    apart = kafka.apart(pipeline)
    kafka.kill(apart)
    pipeline.audit.send(40_000)
    time.sleep(AWAY_S)
    assert not kafka.is_consumed(pipeline.group, pipeline.input)
    kafka.start(apart)
    pipeline.wait_done(60)
    assert "MAXPOLL" not in stage.text()
    assert most_resident_mb(stage) < MEMORY_MB
    assert stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)
