"""What is in a topic: its messages, and what their bytes and headers say."""
import io
import json
import time
from functools import lru_cache

import fastavro
from confluent_kafka import Consumer, KafkaError, TopicPartition
from fastavro.schema import fingerprint, to_parsing_canonical_form
from process import ROOT

CONSUMER = {
    "group.id": "audit", "enable.auto.commit": False, "log_level": 0,
    "enable.partition.eof": True, "auto.offset.reset": "earliest",
    "fetch.queue.backoff.ms": 5, "fetch.wait.max.ms": 20}


@lru_cache
def schema():
    """The schema, parsed, and the ten bytes before each of its datums."""
    definition = json.loads((ROOT / "schemas/article.avsc").read_text())
    crc = fingerprint(to_parsing_canonical_form(definition), "CRC-64-AVRO")
    return (fastavro.parse_schema(definition),
            b"\xc3\x01" + bytes.fromhex(crc))


def decode(value):
    """An article from Avro's single-object encoding."""
    parsed, mark = schema()
    if value[:10] != mark:
        raise ValueError(f"{value[:10].hex()} is not {mark.hex()}, "
                         "the mark of schemas/article.avsc")
    datum = io.BytesIO(value)
    datum.seek(10)
    return fastavro.schemaless_reader(datum, parsed)


def read(kafka, topic, isolation="read_committed", timeout=20):
    """All messages of a topic, in the order of each partition.

    Ends at the ends that the partitions have now: on the message there, or on
    the end of the partition past it. A transaction left open is in the way,
    and a TimeoutError.
    """
    ends = kafka.ends(topic)
    open_ends = {partition: end for partition, end in ends.items() if end > 0}
    consumer = Consumer(CONSUMER | {
        "bootstrap.servers": kafka.bootstrap, "isolation.level": isolation})
    # From 0, be it deleted or not: librdkafka takes half a second to begin at
    # OFFSET_BEGINNING, for it asks before it knows whom to ask.
    consumer.assign([TopicPartition(topic, partition, 0)
                     for partition in open_ends])
    messages = []
    deadline = time.monotonic() + timeout
    while open_ends:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{topic}: not read to {open_ends}; "
                               "is a transaction still open?")
        for message in consumer.consume(1000, 0.05):
            past = message.offset()
            if message.error() is None:
                messages.append(message)
                past += 1
            elif message.error().code() != KafkaError._PARTITION_EOF:
                raise RuntimeError(f"{topic}: {message.error()}")
            if past >= ends[message.partition()]:
                open_ends.pop(message.partition(), None)
    consumer.close()
    return messages


def headers_of(message):
    return {name: (value or b"").decode(errors="replace")
            for name, value in message.headers() or []}


def where(message):
    return f"{message.topic()}/{message.partition()}/{message.offset()}"


def letter_origin(headers):
    """(topic, partition, offset) that a dead letter says it came from."""
    try:
        return (headers["__connect.errors.topic"],
                int(headers["__connect.errors.partition"]),
                int(headers["__connect.errors.offset"]))
    except (KeyError, ValueError):
        return None
