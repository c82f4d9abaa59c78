"""An article that comes alone."""
import time

import pytest
from shown import Shown

LATENCY = "wirestage_latency_seconds"


@pytest.fixture
def kafka(cluster):
    return cluster


def test_an_article_after_a_silence_does_not_wait(pipeline):
    """By then the producer has closed its connections. With each silence the
    backoff of librdkafka had doubled, up to ten seconds."""
    shown = Shown(pipeline).wait_ready()
    for seed in range(9):
        time.sleep(4.5)
        pipeline.audit.send(1, seed=seed)
        pipeline.wait_done()
    found = {labels.get("le", name): number
             for name, labels, number in shown.metrics()
             if name.startswith(LATENCY)}
    assert found[f"{LATENCY}_count"] >= 9
    assert found["1.0"] == found[f"{LATENCY}_count"], found
    assert shown.stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)
