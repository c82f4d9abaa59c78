"""One test's own topics, group and processes, on the shared broker."""
import time

import process
from audit import Audit
from stage import Stage


class Pipeline:
    def __init__(self, kafka, folder, name):
        self.kafka, self.folder, self.name = kafka, folder, name
        self.group = name
        self.input = f"{name}.raw"
        self.output = f"{name}.articles"
        self.deadletters = f"{name}.deadletters"
        kafka.create_topic(self.input, 6, max_message_bytes=64_000_000)
        kafka.create_topic(self.output, 3)
        kafka.create_topic(self.deadletters, 1)
        self.audit = Audit(kafka, self.input, self.output, self.deadletters)
        self.stages = []

    def stage(self, instance="a", **settings):
        """Starts a process of the stage; commit_interval_ms=5 is the flag
        --commit.interval.ms=5."""
        settings = {
            "bootstrap_servers": self.kafka.bootstrap,
            "group_id": self.group,
            "instance": instance,
            "input_topics": self.input,
            "output_topic": self.output,
            "deadletter_topic": self.deadletters,
            "workers": 1,
            "log_format": "logfmt",
        } | settings
        if settings.get("rebalance") != "consumer":  # there the broker says
            settings = {"consumer_session_timeout_ms": 4000,
                        "consumer_heartbeat_interval_ms": 500} | settings
        started = Stage(
            self.folder,
            {name.replace("_", "."): value for name, value in settings.items()},
            f"stage-{len(self.stages)}-{instance}")
        self.stages.append(started)
        return started

    def wait_published(self, count):
        """Until about so many records are in the output topic: open ones, and
        the marks of transactions, are counted too."""
        process.wait_for(lambda: self.kafka.count(self.output) >= count,
                         f"{count} records in {self.output}")

    def wait_members(self, count):
        process.wait_for(lambda: self.kafka.members(self.group) == count,
                         f"{count} members with partitions")

    def wait_assigned(self, count):
        """Until so many partitions are some member's."""
        process.wait_for(lambda: self.kafka.assigned(self.group) == count,
                         f"{count} partitions to have members")

    def is_transaction_open(self):
        """Whether the output holds records that no reader may see yet."""
        return (self.kafka.count(self.output)
                > self.kafka.count(self.output, committed=True))

    def wait_open_transaction(self):
        process.wait_for(self.is_transaction_open,
                         f"an open transaction in {self.output}", every=0.005)

    def pause_in_transaction(self, stage):
        """Stops the only process where it holds a transaction open."""
        def caught():
            self.wait_open_transaction()
            stage.pause()
            time.sleep(0.3)  # for a commit that was on its way already
            if self.is_transaction_open():
                return True
            stage.resume()
            return False

        process.wait_for(caught, "a transaction to be open when stopped", 30)

    def wait_done(self, timeout=30, topic=None):
        """Until the group has committed the end of the input, or of a topic."""
        topic = topic or self.input
        process.wait_for(lambda: self.kafka.is_consumed(self.group, topic),
                         f"{self.group} to reach the end of {topic}", timeout)

    def release(self):
        for started in self.stages:
            started.release()

    def logs(self):
        return [(started.log.name, process.tail(started.log))
                for started in self.stages]
