"""How soon a reader of articles has one: after the start, and after sending.

Time runs from the raw record's timestamp, which is when it was sent, to the
return of a read_committed consumer's poll.
"""
import threading
import time

import process
from confluent_kafka import Consumer, Producer, TopicPartition

from corpus import Varied
from throughput import PARTITIONS, start_stage

PER_SECOND = 100
WARM_UP_SECONDS = 5


def _reader(kafka, topic):
    consumer = Consumer({
        "bootstrap.servers": kafka.bootstrap, "group.id": "reader",
        "enable.auto.commit": False, "isolation.level": "read_committed",
        "fetch.queue.backoff.ms": 5, "log_level": 0})
    consumer.assign([TopicPartition(topic, partition, 0)
                     for partition in range(PARTITIONS)])
    return consumer


def _take(consumer, count, timeout):
    """Until so many have come; [(sent, came)], in seconds since 1970."""
    taken = []
    deadline = time.monotonic() + timeout
    while len(taken) < count:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(taken)} of {count} articles came")
        message = consumer.poll(0.1)
        if message is not None and message.error() is None:
            taken.append((message.timestamp()[1] / 1000, time.time()))
    return taken


def _send(kafka, topic, count, per_second=None):
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "linger.ms": 0,
                         "log_level": 0})
    corpus = Varied()
    begin = time.monotonic()
    for number in range(count):
        if per_second:
            time.sleep(max(0, begin + number / per_second - time.monotonic()))
        producer.produce(topic, corpus.article(number), f"paced-{number}")
        producer.poll(0)
    producer.flush(30)


def start_seconds(program, kafka, folder, times):
    """From the process's start to its first article, each time another
    group that has all to read. The first time warms the broker up."""
    seconds = []
    kafka.create_topic("start", PARTITIONS)
    _send(kafka, "start", 100)
    for number in range(times + 1):
        group = f"start-{number}"
        output = f"{group}.articles"
        kafka.create_topic(output, PARTITIONS)
        reader = _reader(kafka, output)
        reader.poll(1)  # connected, and waiting at the end
        began = time.time()
        child = start_stage(program, kafka, folder, group, "start", output,
                            "exactly-once")
        try:
            seconds.append(_take(reader, 1, 30)[0][1] - began)
        finally:
            process.stop(child)
            reader.close()
    return seconds[1:]


def latencies(program, kafka, folder, seconds):
    """Of each article sent at PER_SECOND, once the stage is warm."""
    kafka.create_topic("paced", PARTITIONS)
    kafka.create_topic("paced.articles", PARTITIONS)
    reader = _reader(kafka, "paced.articles")
    child = start_stage(program, kafka, folder, "paced", "paced",
                        "paced.articles", "exactly-once")
    count = PER_SECOND * (WARM_UP_SECONDS + seconds)
    sender = threading.Thread(target=_send,
                              args=(kafka, "paced", count, PER_SECOND))
    try:
        _send(kafka, "paced", 1)
        _take(reader, 1, 30)
        sender.start()
        taken = _take(reader, count, WARM_UP_SECONDS + seconds + 30)
    finally:
        process.stop(child)
        reader.close()
    sender.join()
    return sorted(came - sent
                  for sent, came in taken[PER_SECOND * WARM_UP_SECONDS:])
