"""What a stage says, and with which status, when it cannot do its work."""
import hashlib
import socket

from confluent_kafka import Producer
from kafka import PASSWORDS, free_port
from records import headers_of, letter_origin, read

OUTSIDE = 3  # the status where the outside world failed


def lines_with(stage, *words):
    return [line for line in stage.text().splitlines()
            if all(word in line for word in words)]


def test_a_missing_output_topic(pipeline):
    stage = pipeline.stage(output_topic="nowhere")
    assert stage.wait() == OUTSIDE
    assert lines_with(stage, "nowhere", "create"), stage.text()


def test_brokers_that_do_not_answer(pipeline):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        for port in (free_port(), mute.getsockname()[1]):
            pipeline.stage(bootstrap_servers=f"127.0.0.1:{port}")
        for stage in pipeline.stages:
            assert stage.wait(40) == OUTSIDE
            assert lines_with(stage, "127.0.0.1"), stage.text()


def test_missing_rights_are_named_one_by_one(pipeline):
    kafka, name = pipeline.kafka, pipeline.name

    def stage(instance):
        return pipeline.stage(
            instance, bootstrap_servers=kafka.sasl_bootstrap,
            kafka_security_protocol="SASL_PLAINTEXT",
            kafka_sasl_mechanism="PLAIN", kafka_sasl_username="app",
            kafka_sasl_password=PASSWORDS["app"])

    kafka.allow("app", "TOPIC", name,
                "READ", "WRITE", "DESCRIBE", "DESCRIBE_CONFIGS")
    kafka.allow("app", "TRANSACTIONAL_ID", f"{name}-a-", "WRITE", "DESCRIBE")
    no_group = stage("a")
    assert no_group.wait(30) == OUTSIDE
    assert lines_with(no_group, "group", pipeline.group), no_group.text()

    kafka.allow("app", "GROUP", name, "READ", "DESCRIBE")
    no_transaction = stage("b")
    assert no_transaction.wait(30) == OUTSIDE
    assert lines_with(no_transaction, f"{pipeline.group}-b-"), (
        no_transaction.text())

    pipeline.audit.send(200, bad=0.1)
    allowed = stage("a")
    pipeline.wait_done()
    assert allowed.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)


def test_a_message_over_the_limit_holds_up_nothing(pipeline):
    stage = pipeline.stage()
    pipeline.audit.send(200)
    huge = b"A quay without end. " * (50 * 1000 * 1000 // 20)
    origin = _send_huge(pipeline, huge)
    pipeline.audit.send(200, seed=1)
    pipeline.wait_done()
    assert stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.articles.missing == [] and result.articles.doubled == []
    (letter,) = read(pipeline.kafka, pipeline.deadletters)
    headers = headers_of(letter)
    assert letter_origin(headers) == origin
    assert headers["wirestage.fault"] == "too-large"
    assert letter.key() == b"huge"
    assert 0 < len(letter.value()) < 100_000
    assert huge.startswith(letter.value())
    assert hashlib.sha256(huge).hexdigest() in headers.values()


def _send_huge(pipeline, value):
    reports = []
    producer = Producer({"bootstrap.servers": pipeline.kafka.bootstrap,
                         "message.max.bytes": 60_000_000})
    producer.produce(pipeline.input, value, b"huge",
                     on_delivery=lambda *report: reports.append(report))
    assert producer.flush(30) == 0
    error, report = reports[0]
    assert error is None
    return report.topic(), report.partition(), report.offset()
