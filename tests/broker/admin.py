"""What an operator asks of brokers: topics, offsets, groups, rights."""
from confluent_kafka import (
    Consumer, ConsumerGroupTopicPartitions, ElectionType, KafkaError,
    KafkaException, Producer, TopicPartition)
from confluent_kafka.admin import (
    AclBinding, AclBindingFilter, AclOperation, AclPermissionType, AdminClient,
    NewPartitions, NewTopic, ResourcePatternType, ResourceType)

import process

BUSY = (KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
        KafkaError.COORDINATOR_NOT_AVAILABLE, KafkaError.NOT_COORDINATOR,
        KafkaError._TIMED_OUT)
ANSWER_S = 3


class Admin:
    """For who has the brokers' addresses as `bootstrap`; from connect() on
    `admin` is an AdminClient of theirs."""

    def __init__(self):
        self._askers = {}

    def connect(self):
        self.admin = AdminClient({"bootstrap.servers": self.bootstrap,
                                  "reconnect.backoff.max.ms": 200,
                                  "topic.metadata.refresh.interval.ms": 1000,
                                  "log_level": 0})

    def _answer(self, ask):
        """What the future that ask() returns was for, as soon as there is a
        coordinator that knows."""
        return process.wait_for(lambda: self._unless_busy(ask()),
                                "the answer of a coordinator")

    def _unless_busy(self, future):
        """The same; None while a coordinator is still finding itself. One that
        is none any more librdkafka 2.14 would ask as long as it is asked
        often, and one that was away and is back it would call in vain (issue
        5511); so it is a new AdminClient that asks again."""
        try:
            return future.result(20)
        except KafkaException as error:
            if error.args[0].code() not in BUSY:
                raise
            self.connect()
            return None

    def create_topic(self, name, partitions=1, replicas=-1, **config):
        """config as in Kafka, with _ for each dot: max_message_bytes=1000.
        replicas -1: as many as the brokers have by default."""
        topic = NewTopic(name, partitions, replicas, config={
            key.replace("_", "."): str(value) for key, value in config.items()})
        self.admin.create_topics([topic])[name].result(20)
        self.ends(name)

    def produce(self, topic, value, key=None, headers=None):
        """One message, and the brokers have it."""
        producer = Producer({"bootstrap.servers": self.bootstrap})
        producer.produce(topic, value, key, headers=headers)
        if producer.flush(20):
            raise TimeoutError(f"{topic} took no message")

    def delete_topic(self, name):
        self.admin.delete_topics([name])[name].result(20)

    def add_partitions(self, topic, total):
        """Makes the topic one of so many partitions."""
        self.admin.create_partitions(
            [NewPartitions(topic, total)])[topic].result(20)
        process.wait_for(lambda: len(self.partitions(topic)) == total
                         and self.ends(topic), f"leaders of {topic}")

    def delete_records(self, topic, partition, before):
        """Removes what is older than the offset, as retention does."""
        asked = self.admin.delete_records(
            [TopicPartition(topic, partition, before)])
        for future in asked.values():
            future.result(20)

    def partitions(self, topic):
        return sorted(self.described(topic))

    def leaders(self, topic):
        """{partition: the number of the broker that leads it}"""
        return {p: each.leader for p, each in self.described(topic).items()}

    def described(self, topic):
        """{partition: its leader and replicas}"""
        return self.admin.list_topics(topic, timeout=10).topics[topic].partitions

    def elect(self, topic):
        """Has each partition led by the first of its replicas, as brokers do by
        themselves every five minutes."""
        self.admin.elect_leaders(ElectionType.PREFERRED, [
            TopicPartition(topic, partition)
            for partition in self.partitions(topic)]).result(ANSWER_S)

    def ends(self, topic, committed=False):
        """{partition: offset one past its last message}.

        committed: past its last message that no open transaction holds back.
        """
        return process.wait_for(lambda: self._ends(topic, committed),
                                f"a leader of each partition of {topic}")

    def _ends(self, topic, committed):
        """The same; None where a partition has no leader."""
        asker = self._asker("read_committed" if committed
                            else "read_uncommitted")
        try:
            ends = {partition: asker.get_watermark_offsets(
                TopicPartition(topic, partition), ANSWER_S)
                for partition in self.partitions(topic)}
        except KafkaException:
            return None
        return {p: high for p, (_, high) in ends.items()}

    def _asker(self, isolation, group="audit"):
        """A consumer that consumes nothing. An AdminClient would do, but that
        of librdkafka 2.14 crashes at times when a broker that was asked dies."""
        if (isolation, group) not in self._askers:
            self._askers[isolation, group] = Consumer({
                "bootstrap.servers": self.bootstrap, "group.id": group,
                "isolation.level": isolation, "log_level": 0,
                "reconnect.backoff.max.ms": 200,
                # It would believe in a dead leader for minutes.
                "topic.metadata.refresh.interval.ms": 500,
                "metadata.max.age.ms": 1000})
        return self._askers[isolation, group]

    def count(self, topic, committed=False):
        """Messages ever written to the topic, transaction marks among them."""
        return sum(self.ends(topic, committed).values())

    def committed(self, group):
        """{(topic, partition): next offset} that the group has committed."""
        # librdkafka 2.14 crashes where a coordinator that is still loading is
        # asked for offsets by a client that is in no group.
        self.group(group)
        found = self._answer(lambda: self.admin.list_consumer_group_offsets(
            [ConsumerGroupTopicPartitions(group)],
            request_timeout=ANSWER_S)[group])
        return {(p.topic, p.partition): p.offset
                for p in found.topic_partitions if p.offset >= 0}

    def commit(self, group, topic, partition, offset):
        """For a group without members, as kafka-consumer-groups.sh does."""
        self.admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(
            group, [TopicPartition(topic, partition, offset)])])[
                group].result(ANSWER_S)

    def is_consumed(self, group, topic, ends=None):
        """Whether the group has committed the end of each partition, where it
        is now or where it was."""
        ends = ends or self.ends(topic)
        try:
            committed = self._asker("read_committed", group).committed(
                [TopicPartition(topic, partition) for partition in ends],
                ANSWER_S)
        except KafkaException:
            return False
        return all(max(p.offset, 0) >= ends[p.partition] for p in committed)

    def members(self, group):
        """How many members of the group have partitions."""
        return sum(1 for member in self.group(group).members
                   if member.assignment.topic_partitions)

    def assigned(self, group):
        """How many partitions the members of the group have."""
        return sum(len(member.assignment.topic_partitions)
                   for member in self.group(group).members)

    def group(self, name):
        """What its coordinator says of a group."""
        return self._answer(lambda: self.admin.describe_consumer_groups(
            [name], request_timeout=ANSWER_S)[name])

    def allow(self, user, kind, prefix, *operations):
        """Grants READ, WRITE... on each TOPIC, GROUP or TRANSACTIONAL_ID whose
        name begins so."""
        granted = {
            AclBinding(ResourceType[kind], prefix,
                       ResourcePatternType.PREFIXED, f"User:{user}", "*",
                       AclOperation[operation], AclPermissionType.ALLOW)
            for operation in operations}
        for future in self.admin.create_acls([*granted]).values():
            future.result(20)
        # The controller has them; the broker is told in its own time.
        process.wait_for(lambda: granted <= self._rights(),
                         f"the rights of {user} to be known")

    def _rights(self):
        return {*self.admin.describe_acls(AclBindingFilter(
            ResourceType.ANY, None, ResourcePatternType.ANY, None, None,
            AclOperation.ANY, AclPermissionType.ANY)).result(ANSWER_S)}
