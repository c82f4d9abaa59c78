"""The audit: what went in must come out, each message once, in order.

It sends numbered articles, some of them bad, reads back what a stage made of
them as a read_committed consumer does, and compares.
"""
import hashlib
import itertools
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import articles
import process
from confluent_kafka import Producer
from records import decode, headers_of, letter_origin, read, where

# In order because there is one request at a time; an idempotent producer takes
# half a second to begin.
PRODUCER = {
    "max.in.flight.requests.per.connection": 1, "linger.ms": 5, "log_level": 0,
    "partitioner": "murmur2_random", "queue.buffering.max.messages": 200_000,
    "topic.metadata.refresh.interval.ms": 1000}


@dataclass(slots=True)
class Sent:
    number: int
    key: bytes
    value: bytes | None
    bad: str | None  # a key of articles.BAD
    origin: tuple = None  # topic, partition, offset


@dataclass(repr=False)
class Tally:
    """What is wrong with one of the two output topics; origins, or texts."""

    expected: int = 0
    missing: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    out_of_order: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    places: list = field(default_factory=list)  # of the doubled ones

    def __repr__(self):
        parts = [f"{self.expected} expected"]
        for name in ("missing", "doubled", "places", "out_of_order", "wrong"):
            if found := getattr(self, name):
                more = ", ..." if len(found) > 5 else ""
                parts.append(f"{len(found)} {name}: "
                             + ", ".join(map(str, found[:5])) + more)
        return "; ".join(parts)


@dataclass(repr=False)
class Result:
    articles: Tally
    letters: Tally

    @property
    def lost_none(self):
        """All arrived, unharmed and in order, though maybe more than once."""
        return not any(t.missing or t.out_of_order or t.wrong
                       for t in (self.articles, self.letters))

    @property
    def exact(self):
        """All arrived exactly once."""
        return self.lost_none and not (
            self.articles.doubled or self.letters.doubled)

    def __repr__(self):
        return f"articles: {self.articles}\ndead letters: {self.letters}"


class Audit:
    def __init__(self, kafka, source, output, deadletters):
        self.kafka, self.source = kafka, source
        self.output, self.deadletters = output, deadletters
        self.sent = []
        self._sequences = {}

    def send(self, count, bad=0.0, keys=200, seed=0, rate=None, when_ms=0,
             enough=None, idempotent=False):
        """Sends count articles, of which the share `bad` is bad, and waits
        until the broker has them. rate: at most so many a second, and fewer
        where all is slower, or what waits to be read would pile up.
        when_ms: their Kafka timestamp. enough: an Event; until it is set,
        more than count are sent. idempotent: where the broker may be away,
        so that nothing is sent twice."""
        producer = Producer(PRODUCER | {
            "bootstrap.servers": self.kafka.bootstrap,
            "enable.idempotence": idempotent})
        chance = random.Random(seed)
        kinds = itertools.cycle(articles.BAD)
        pause = process.PATIENCE / rate if rate else 0
        began = time.monotonic()
        for i in itertools.count():
            if i >= count and (enough is None or enough.is_set()):
                break
            if i % 50 == 0:
                time.sleep(max(0, began + i * pause - time.monotonic()))
            key = f"desk-{chance.randrange(keys)}"
            kind = next(kinds) if chance.random() < bad else None
            self._send(producer, key, kind, when_ms)
        if left := producer.flush(30):
            raise TimeoutError(f"{left} messages are still not delivered")

    def send_one(self, key):
        """One good article of that key; the broker has it."""
        producer = Producer(PRODUCER | {
            "bootstrap.servers": self.kafka.bootstrap})
        self._send(producer, key, None, 0)
        if producer.flush(30):
            raise TimeoutError("the article is still not delivered")

    @contextmanager
    def sending(self, count, rate, **how):
        """send() in the background, for as long as the `with` block runs and
        until count are sent: what happens in the block happens under load."""
        enough = threading.Event()
        with ThreadPoolExecutor(1) as thread:
            sent = thread.submit(
                self.send, count, rate=rate, enough=enough, **how)
            try:
                yield
            finally:
                enough.set()
            sent.result()

    def _send(self, producer, key, kind, when_ms):
        number = len(self.sent)
        if kind:
            value = articles.BAD[kind][0](number)
        else:
            sequence = self._sequences[key] = self._sequences.get(key, 0) + 1
            value = articles.good(number, key, sequence)
        message = Sent(number, key.encode(), value, kind)
        self.sent.append(message)

        def delivered(error, report):
            if error:
                raise RuntimeError(f"the audit could not send: {error}")
            message.origin = (
                report.topic(), report.partition(), report.offset())

        producer.produce(self.source, value, key, on_delivery=delivered,
                         timestamp=when_ms)
        producer.poll(0)

    def check(self, only=lambda sent: True, timeout=20, lost=0):
        """Reads both topics to their ends and compares them with what was
        sent, or with that part of it.

        lost: articles of a smaller number may be missing, since somebody
        deleted them."""
        sent = [s for s in self.sent if only(s)]
        good = {s.origin: s for s in sent if not s.bad}
        bad = {s.origin: s for s in sent if s.bad}
        result = Result(
            _compare(good, read(self.kafka, self.output, timeout=timeout),
                     _parse_article, _article_flaw),
            _compare(bad, read(self.kafka, self.deadletters, timeout=timeout),
                     _parse_letter, _letter_flaw))
        result.articles.missing = [origin for origin in result.articles.missing
                                   if good[origin].number >= lost]
        return result


def _compare(expected, messages, parse, flaw_of):
    tally = Tally(len(expected))
    seen = {}  # origin: where it was met
    read = set()
    # Where the latest message of each key came from and went. A topic that
    # gets more partitions has a key in two, between which there is no order.
    last = {}
    for message in messages:
        origin, content = parse(message)
        if where(message) in read:
            raise RuntimeError(f"{where(message)} was read twice")
        read.add(where(message))
        sent = expected.get(origin)
        if sent is None:
            tally.wrong.append(f"{where(message)} comes from {origin}")
            continue
        if origin in seen:
            tally.doubled.append(origin)
            tally.places.append(f"{seen[origin]} and {where(message)}")
            continue
        seen[origin] = where(message)
        if flaw := flaw_of(sent, message, content):
            tally.wrong.append(f"{origin}: {flaw}")
        lane = sent.key, origin[:2]
        before, partition = last.get(lane, (origin, message.partition()))
        if origin < before or message.partition() != partition:
            tally.out_of_order.append(origin)
        last[lane] = origin, message.partition()
    tally.missing = sorted(expected.keys() - seen.keys())
    return tally


def _parse_article(message):
    article = decode(message.value())
    lineage = article["lineage"]
    return ((lineage["topic"], lineage["partition"], lineage["offset"]),
            article)


def _article_flaw(sent, _message, article):
    if articles.number_of(article["headline"]) != sent.number:
        return f"its headline is {article['headline']!r}"
    if article["lineage"]["rawHash"] != hashlib.sha256(sent.value).digest():
        return "its rawHash is not that of what was sent"
    return None


def _parse_letter(message):
    headers = headers_of(message)
    return letter_origin(headers), headers


def _letter_flaw(sent, message, headers):
    if message.value() != sent.value or message.key() != sent.key:
        return "its raw bytes or its key were touched"
    fault = headers.get("wirestage.fault")
    if fault not in articles.BAD[sent.bad][1]:
        return f"a message of kind {sent.bad} has the fault {fault}"
    return None
