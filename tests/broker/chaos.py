"""What befalls a stage: processes, brokers, topics and the network, under load.

One Chaos is two processes of two workers on a cluster. Process `a` reaches the
brokers through the cluster's network, which can be cut; `b` does not.
"""
import random
import time
from contextlib import contextmanager

import articles
import process
from confluent_kafka import Consumer, TopicPartition
from records import CONSUMER, decode

SESSION_S = 4  # after which the group gives a silent member's partitions away
TRANSACTION_S = 5  # after which a silent member's transaction is aborted


class Chaos:
    def __init__(self, pipeline, seed, **settings):
        self.pipeline, self.cluster = pipeline, pipeline.kafka
        self.audit = pipeline.audit
        self.random = random.Random(seed)
        self.settings = {
            "workers": 2, "transaction_timeout_ms": TRANSACTION_S * 1000,
            "consumer_topic_metadata_refresh_interval_ms": 1000,
        } | settings
        self.stages = {}
        self.lost = 0  # the number of an article; earlier ones may be missing
        self.taken = set()  # origins of messages, by retention
        self.recoveries = []  # s, from the end of a fault until all is done
                              # that was there by then
        for name in "ab":
            self.start(name)
        pipeline.wait_members(4)

    def start(self, name):
        way = {"a": self.cluster.proxied, "b": self.cluster.bootstrap}[name]
        self.stages[name] = self.pipeline.stage(
            name, bootstrap_servers=way, **self.settings)

    @contextmanager
    def load(self, rate=400):
        """Numbered articles, some of them bad, while the block runs."""
        with self.audit.sending(rate, rate=rate, bad=0.01, idempotent=True,
                                seed=self.random.random()):
            yield
            self.catch_up()

    def wait(self, least=0.2, most=2.5):
        time.sleep(self.random.uniform(least, most))

    def catch_up(self, timeout=60):
        """Until the group has committed what is in the input now; it says how
        long that took."""
        began = time.monotonic()
        ends = self.cluster.ends(self.pipeline.input)

        def is_past():
            self.assert_alive()
            return self.cluster.is_consumed(
                self.pipeline.group, self.pipeline.input, ends)

        process.wait_for(is_past, "the stage to catch up", timeout)
        self.recoveries.append(time.monotonic() - began)

    def assert_alive(self):
        for stage in self.stages.values():
            assert stage.process.poll() is None, (
                f"{stage.log.name} ended with {stage.process.returncode}")

    def finish(self):
        """All is done and the processes end well; what the audit says, but
        for what retention took, which they have counted to the message. In
        at-least-once some of that may have been published before."""
        self.pipeline.wait_done(60)
        for stage in self.stages.values():
            assert stage.terminate() == 0
        result = self.audit.check(timeout=40, lost=self.lost)
        found = sum(stage.totals()["gap_messages"]
                    for stage in self.pipeline.stages
                    if stage.events("totals"))
        assert found == len(self.taken), (
            f"{found} counted, {len(self.taken)} taken")
        tallies = result.articles, result.letters
        came = self.taken.difference(*(tally.missing for tally in tallies))
        assert (not came or self.settings.get("delivery") == "at-least-once"), (
            f"counted as a gap and published: {came}")
        for tally in tallies:
            tally.missing = sorted(set(tally.missing) - self.taken)
        return result

    # The faults.

    def kill_process(self):
        name = self.random.choice("ab")
        self.wait()
        self.stages[name].kill()
        self.start(name)

    def terminate_process(self):
        name = self.random.choice("ab")
        self.wait(1, 3)
        assert self.stages[name].terminate() == 0
        self.start(name)

    def freeze_process(self):
        """For longer than its session and its transaction last: its partitions
        are taken from it, and it wakes up in the belief that it has them."""
        stage = self.stages[self.random.choice("ab")]
        self.wait()
        stage.pause()
        time.sleep(max(SESSION_S, TRANSACTION_S) + 2)
        stage.resume()
        self.catch_up()
        self.pipeline.wait_members(4)

    def kill_broker(self, number):
        self.wait(0.2, 1)
        self.cluster.kill(number)
        # While it is away: a stage that waits for its return is of no use.
        self.catch_up()
        self.cluster.start(number)

    def kill_coordinator(self):
        self.kill_broker(self.cluster.coordinator(self.pipeline.group))

    def kill_each_broker(self):
        """The coordinator's first."""
        first = self.cluster.coordinator(self.pipeline.group)
        for number in sorted(self.cluster.numbers, key=lambda n: n != first):
            self.kill_broker(number)

    def restart_brokers(self):
        self.cluster.restart_in_turn()
        self.catch_up()

    def fill_disk(self):
        """A broker whose disk is full writes no more, and ends."""
        self.wait(0.2, 1)
        number = self.cluster.fill_disk()
        self.catch_up()
        self.cluster.start(number)

    def add_partitions(self):
        topic = self.pipeline.input
        self.wait()
        self.cluster.add_partitions(
            topic, len(self.cluster.partitions(topic)) + 2)
        self.wait(2, 3)
        self.catch_up()

    def recreate_output(self):
        """Deletes the output topic; some seconds later it is there again.

        What was in it is gone, and what a transaction had put there that was
        still open. What is sent from then on must arrive.
        """
        topic = self.pipeline.output
        self.wait()
        self.cluster.delete_topic(topic)
        self.wait(1, 3)
        self.cluster.create_topic(topic, 3)
        self.lost = len(self.audit.sent)
        self.wait(1, 2)
        self.catch_up()

    def overtake(self):
        """Retention deletes what a stage that is down has not read."""
        for stage in self.stages.values():
            assert stage.terminate() == 0
        self.wait(1, 2)
        committed = process.wait_for(
            lambda: self.cluster.committed(self.pipeline.group),
            "the offsets of the group")
        topic = self.pipeline.input
        for partition, end in self.cluster.ends(topic).items():
            start = committed.get((topic, partition), 0)
            self.taken |= {(topic, partition, offset)
                           for offset in range(start, end)}
            self.cluster.delete_records(topic, partition, end)
        assert self.taken
        for name in self.stages:
            self.start(name)
        self.catch_up()

    def cut_network(self, seconds):
        self.wait()
        self.cluster.network.cut()
        time.sleep(seconds)
        self.cluster.network.mend()
        self.catch_up()
        self.pipeline.wait_members(4)

    def lose_packets(self, seconds=10):
        self.cluster.network.loss = 0.2
        time.sleep(seconds)
        self.cluster.network.loss = 0
        self.catch_up()


def seconds_to_next(pipeline, membership, most):
    """From the restart of a killed process, the only one, to the first article
    that was sent since; with the timeouts that it has by default."""
    def start():
        return pipeline.stage(
            "a", workers=2, membership=membership,
            consumer_session_timeout_ms=10000,
            consumer_heartbeat_interval_ms=1000)

    stage = start()
    pipeline.wait_members(2)
    with pipeline.audit.sending(500, rate=500):
        pipeline.wait_published(500)
        pipeline.wait_open_transaction()
        stage.kill()
        ends = pipeline.kafka.ends(pipeline.output, committed=True)
        reader = Consumer(CONSUMER | {
            "bootstrap.servers": pipeline.kafka.bootstrap})
        reader.assign([TopicPartition(pipeline.output, *place)
                       for place in ends.items()])
        sent, began = len(pipeline.audit.sent), time.monotonic()
        stage = start()
        process.wait_for(lambda: _is_new(reader.poll(0.1), sent),
                         "the next article", most, 0)
        seconds = time.monotonic() - began
    reader.close()
    pipeline.wait_done()
    assert stage.terminate() == 0
    return seconds


def _is_new(message, sent):
    if message is None or message.error():
        return False
    return articles.number_of(decode(message.value())["headline"]) >= sent
