"""The harness itself, without the program that it is for."""
import hashlib
import io
import random

import articles
import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient
from fastavro import schemaless_writer
from fastavro.utils import generate_one
from kafka import PASSWORDS, free_port
from records import read, schema


def test_what_is_sent_is_in_the_topic(pipeline):
    pipeline.audit.send(2000, bad=0.01)
    found = read(pipeline.kafka, pipeline.input)
    sent = {s.origin: s for s in pipeline.audit.sent}
    assert len(found) == len(sent) == 2000
    for message in found:
        origin = message.topic(), message.partition(), message.offset()
        assert message.value() == sent[origin].value
        assert message.key() == sent[origin].key
    assert {s.bad for s in sent.values()} == {None, *articles.BAD}


def test_an_open_transaction_is_seen_and_waited_for(pipeline):
    producer = Producer({"bootstrap.servers": pipeline.kafka.bootstrap,
                         "transactional.id": pipeline.name, "linger.ms": 0})
    producer.init_transactions(10)
    producer.begin_transaction()
    producer.produce(pipeline.output, b"unseen")
    producer.flush(10)
    pipeline.wait_open_transaction()
    with pytest.raises(TimeoutError, match="still open"):
        read(pipeline.kafka, pipeline.output, timeout=1)
    producer.abort_transaction(10)
    assert read(pipeline.kafka, pipeline.output) == []
    assert len(read(pipeline.kafka, pipeline.output, "read_uncommitted")) == 1


def test_a_port_is_given_once(monkeypatch):
    drawn = (port for port in range(30000, 31000) for _ in range(2))
    monkeypatch.setattr(random.SystemRandom, "randrange",
                        lambda *_: next(drawn))
    assert free_port() != free_port()


def test_deleted_records_are_gone(pipeline):
    pipeline.audit.send(600)
    pipeline.kafka.delete_records(pipeline.input, 0, 10)
    first = min(m.offset() for m in read(pipeline.kafka, pipeline.input)
                if m.partition() == 0)
    assert first == 10


def test_rights_are_enforced(pipeline):
    app = AdminClient({
        "bootstrap.servers": pipeline.kafka.sasl_bootstrap,
        "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN",
        "sasl.username": "app", "sasl.password": PASSWORDS["app"]})
    assert pipeline.input not in app.list_topics(timeout=10).topics
    pipeline.kafka.allow("app", "TOPIC", pipeline.name, "DESCRIBE")
    assert pipeline.input in app.list_topics(timeout=10).topics


# What a perfect stage would send, and then what a bad one would.

def _article(sent):
    parsed, mark = schema()
    random.seed(sent.number)
    article = generate_one(parsed)
    topic, partition, offset = sent.origin
    article["headline"] = articles.good(sent.number, "x", 0).decode().split(
        "\n")[1]
    article["lineage"] |= {
        "topic": topic, "partition": partition, "offset": offset,
        "rawHash": hashlib.sha256(sent.value).digest()}
    datum = io.BytesIO()
    schemaless_writer(datum, parsed, article)
    return mark + datum.getvalue()


def _publish(pipeline, sent):
    producer = Producer({"bootstrap.servers": pipeline.kafka.bootstrap,
                         "partitioner": "murmur2_random"})
    for s in sent:
        if not s.bad:
            producer.produce(pipeline.output, _article(s), s.key)
            continue
        topic, partition, offset = s.origin
        producer.produce(
            pipeline.deadletters, s.value, s.key,
            headers={"__connect.errors.topic": topic,
                     "__connect.errors.partition": str(partition),
                     "__connect.errors.offset": str(offset),
                     "wirestage.fault": min(articles.BAD[s.bad][1])})
    assert producer.flush(10) == 0


def test_the_audit_passes_a_perfect_stage(pipeline):
    pipeline.audit.send(300, bad=0.1)
    _publish(pipeline, pipeline.audit.sent)
    result = pipeline.audit.check()
    assert result.exact, str(result)


def test_the_audit_finds_what_is_missing_doubled_and_out_of_order(pipeline):
    pipeline.audit.send(300, bad=0.1, keys=5)
    sent = list(pipeline.audit.sent)
    good = [s for s in sent if not s.bad]
    bad = [s for s in sent if s.bad]
    sent.remove(good[7])
    sent.remove(bad[3])
    sent += [good[20], bad[4]]
    first, second = [s for s in good if s.key == good[40].key][10:12]
    i, j = sent.index(first), sent.index(second)
    sent[i], sent[j] = sent[j], sent[i]
    _publish(pipeline, sent)
    result = pipeline.audit.check()
    assert result.articles.missing == [good[7].origin]
    assert result.letters.missing == [bad[3].origin]
    assert result.articles.doubled == [good[20].origin]
    assert result.letters.doubled == [bad[4].origin]
    assert result.articles.out_of_order == [first.origin]
    assert not result.lost_none and not result.exact
    assert "1 missing" in str(result)
