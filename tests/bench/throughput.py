"""How fast a topic is copied or transformed, beside what it takes."""
import os
import time
from dataclasses import dataclass

import process
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

PARTITIONS = 12
WORKERS = 2
SAMPLE_SECONDS = 0.025
START_SECONDS = 30  # until the first commit
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """One program's way through the raw topic, from its first commit on."""
    articles_per_second: float
    cpu_us: float  # an article, of all threads, user and system
    peak_mib: float


def load(kafka, topic, corpus, count):
    """A new topic of so many articles, each with a key of its own."""
    kafka.create_topic(topic, PARTITIONS)
    producer = Producer({
        "bootstrap.servers": kafka.bootstrap, "compression.type": "lz4",
        "linger.ms": 20, "batch.size": 1 << 20, "log_level": 0,
        "queue.buffering.max.messages": 100000})
    for number in range(count):
        while True:
            try:
                producer.produce(topic, corpus.article(number),
                                 f"northgate-{number:08}")
                break
            except BufferError:
                producer.poll(0.1)
        if number % 1000 == 0:
            producer.poll(0)
    if left := producer.flush(60):
        raise RuntimeError(f"{left} articles were not loaded")


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS  # utime, stime


def peak_mib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


class Progress:
    """What a group has committed of a topic, asked as its member would."""

    def __init__(self, kafka, group, topic):
        self.consumer = Consumer({
            "bootstrap.servers": kafka.bootstrap, "group.id": group,
            # Else it waits while a transaction holds offsets.
            "isolation.level": "read_uncommitted", "log_level": 0})
        self.partitions = [TopicPartition(topic, partition)
                           for partition in range(PARTITIONS)]

    def done(self):
        try:
            found = self.consumer.committed(self.partitions, timeout=5)
        except KafkaException:
            return 0  # there is no coordinator yet
        return sum(max(0, partition.offset) for partition in found)

    def close(self):
        self.consumer.close()


def measure(progress, child, total):
    """Watches a child until its group has committed so many messages, and the
    child, if it is one that ends by itself, may have ended.

    What came before the first commit, and its articles, are left out: start,
    joining the group, the first fetch.
    """
    samples, spent = [], (0, 0)
    deadline = time.monotonic() + START_SECONDS
    while not samples or samples[-1][1] < total:
        ended = child.poll() is not None
        done = progress.done()
        if ended and done < total:
            raise RuntimeError(f"ended with {child.returncode} at {done}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"committed {samples[-1:]} of {total}")
        if not ended:
            spent = cpu_seconds(child.pid), peak_mib(child.pid)
        if done > 0:
            samples.append((time.monotonic(), done, spent[0]))
            deadline = time.monotonic() + total / 1000 + START_SECONDS
        time.sleep(SAMPLE_SECONDS)
    (begin, first, cpu_begin), (end, last, cpu_end) = samples[0], samples[-1]
    return Run((last - first) / (end - begin),
               (cpu_end - cpu_begin) / (last - first) * 1e6, spent[1])


def start_passthrough(program, kafka, folder, group, raw, output, delivery):
    return process.start(
        [program, kafka.bootstrap, group, raw, output, delivery, str(WORKERS)],
        folder / f"{group}.log", folder)


def start_stage(program, kafka, folder, group, raw, output, delivery,
                **more):
    settings = {
        "bootstrap.servers": kafka.bootstrap, "group.id": group,
        "instance": "bench", "input.topics": raw, "output.topic": output,
        "deadletter.topic": "deadletters", "delivery": delivery,
        "workers": WORKERS, "log.format": "logfmt"} | {
            name.replace("_", "."): value for name, value in more.items()}
    return process.start(
        [program, "run", *(f"--{k}={v}" for k, v in settings.items())],
        folder / f"{group}.log", folder)


def run_once(start, kafka, folder, group, raw, delivery, total):
    """One program through the raw topic, into a topic that is then removed."""
    output = f"{group}.articles"
    kafka.create_topic(output, PARTITIONS)
    progress = Progress(kafka, group, raw)
    child = start(kafka, folder, group, raw, output, delivery)
    try:
        run = measure(progress, child, total)
        written = kafka.count(output)
    except Exception as error:
        raise RuntimeError(
            f"{group}: {error}\n{process.tail(folder / f'{group}.log')}"
        ) from error
    finally:
        process.stop(child)
        progress.close()
        kafka.admin.delete_topics([output])[output].result(20)
    if written < total:
        raise RuntimeError(f"{group}: {written} of {total} articles written")
    return run
