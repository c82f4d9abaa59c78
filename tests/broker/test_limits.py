"""Topics that take less than others, and records that just fit or do not."""
import json
import random

from confluent_kafka import Producer
from records import headers_of, read


def test_a_topic_that_takes_little_is_sent_small_batches(kafka, pipeline):
    pipeline.output += ".small"
    pipeline.audit.output = pipeline.output
    kafka.create_topic(pipeline.output, 1, max_message_bytes=20_000)
    pipeline.audit.send(2000)
    stage = pipeline.stage(producer_compression_type="none")
    pipeline.wait_done()
    assert stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)
    assert stage.totals()["aborts"] == 0, stage.text()


def test_a_reference_fits_a_dead_letter_topic_that_takes_little(
        kafka, pipeline):
    pipeline.deadletters += ".small"
    pipeline.audit.deadletters = pipeline.deadletters
    kafka.create_topic(pipeline.deadletters, 1, max_message_bytes=4096)
    noise = random.Random(1)
    text = "".join(noise.choices("abcdefgh \n", k=8000)).encode()
    _send(pipeline, text, noise.randbytes(3000))
    pipeline.audit.send(100)
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0
    letter, = read(kafka, pipeline.deadletters)
    assert headers_of(letter)["wirestage.reference"] == "true"
    assert headers_of(letter)["wirestage.fault"] == "header-missing"
    assert letter.value() and text.startswith(letter.value())
    assert stage.totals()["published"] == 100


def test_a_dead_letter_topic_that_takes_nothing_is_refused(kafka, pipeline):
    pipeline.deadletters += ".tiny"
    kafka.create_topic(pipeline.deadletters, 1, max_message_bytes=1000)
    stage = pipeline.stage()
    assert stage.wait() == 3
    assert "max.message.bytes" in stage.text()


def test_a_message_that_takes_too_much_work_holds_up_nothing_else(
        kafka, pipeline):
    """Among others on all partitions, with a limit that theirs are far from."""
    copies = ["One line."] * 20_000
    poison = json.dumps({"uri": "urn:x:1", "headline": "Head", "bodies": [
        {"contentType": "text/html", "value": "<p>One line.</p>"}, *copies]})
    pipeline.audit.send(600)
    for key in ("a", "b", "c"):
        _send(pipeline, poison.encode(), key)
    pipeline.audit.send(600)
    stage = pipeline.stage(work_max=1_000_000)
    pipeline.wait_done()
    assert stage.terminate() == 0
    letters = read(kafka, pipeline.deadletters)
    assert [headers_of(letter)["wirestage.fault"] for letter in letters] == [
        "too-slow"] * 3
    assert all(letter.value() == poison.encode() for letter in letters)
    # The audit does not know the three, so their letters are no one's.
    result = pipeline.audit.check()
    assert not result.articles.missing and not result.articles.doubled
    assert not result.articles.out_of_order and not result.articles.wrong
    totals = stage.totals()
    assert (totals["published"], totals["deadlettered"]) == (1200, 3)
    assert totals["aborts"] == 0, stage.text()


def _send(pipeline, value, key):
    producer = Producer({"bootstrap.servers": pipeline.kafka.bootstrap})
    producer.produce(pipeline.input, value, key)
    assert producer.flush(10) == 0
