"""Records of which nobody knows whether a broker has them."""
import time

import pytest
from chaos import SESSION_S
from process import wait_for
from records import read

PRODUCE = 0  # the API key


@pytest.fixture
def kafka(cluster):
    return cluster


def test_a_record_that_was_written_and_given_up(pipeline):
    """A broker writes an article and its answer is lost; the transaction is
    aborted before the client can ask again. The next one may not give the
    article the sequence number of the first: the broker would take it for
    that record, which the abort has hidden."""
    kafka, audit = pipeline.kafka, pipeline.audit
    stage = pipeline.stage(bootstrap_servers=kafka.proxied)
    audit.send(60)
    pipeline.wait_done()
    apart = kafka.apart(pipeline)
    leaders = kafka.leaders(pipeline.output)
    uri = next(m.key().decode() for m in read(kafka, pipeline.output)
               if leaders[m.partition()] == apart)
    before = kafka.count(pipeline.output)

    kafka.network.cut_after(PRODUCE)
    audit.send_one(uri[uri.index("desk-"):])
    wait_for(lambda: kafka.count(pipeline.output) > before,
             "the article in the output")
    time.sleep(SESSION_S + 1)  # the stage is no longer a member
    kafka.network.mend(but=kafka.network.ports[apart - 1])
    stage.wait_for_event("abort")
    kafka.network.mend()
    pipeline.wait_done(60)
    assert stage.terminate() == 0
    result = audit.check()
    assert result.exact, str(result)
