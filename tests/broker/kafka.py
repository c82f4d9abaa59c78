"""One real Apache Kafka broker, on loopback, for as long as the tests run."""
import socket
import subprocess
import uuid
from pathlib import Path

from confluent_kafka import (
    ConsumerGroupTopicPartitions, IsolationLevel, KafkaError, KafkaException,
    Producer, TopicPartition)
from confluent_kafka.admin import (
    AclBinding, AclOperation, AclPermissionType, AdminClient, NewPartitions, NewTopic,
    OffsetSpec, ResourcePatternType, ResourceType)

import process

LIBS = process.ROOT / "build/kafka/libs"
# In a minute's life the second compiler costs more than it gives back: 5.4 s
# of processor for 60,000 messages in and out, 3.3 s without it.
JAVA = ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-Xshare:auto", "-cp", f"{LIBS}/*"]
PASSWORDS = {"admin": "admin-secret", "app": "app-secret"}

# One node's worth of everything, and nothing that waits.
PROPERTIES = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "auto.create.topics.enable": "false",
    "offsets.topic.num.partitions": 4,
    "offsets.topic.replication.factor": 1,
    "transaction.state.log.num.partitions": 4,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "share.coordinator.state.topic.num.partitions": 1,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "group.initial.rebalance.delay.ms": 0,
    # A killed member is missed in seconds; both group protocols.
    "group.min.session.timeout.ms": 1000,
    "group.consumer.min.session.timeout.ms": 1000,
    "group.consumer.session.timeout.ms": 4000,
    "group.consumer.min.heartbeat.interval.ms": 100,
    "group.consumer.heartbeat.interval.ms": 300,
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": 500,
    "log.retention.check.interval.ms": 1000,
    "log.cleaner.dedupe.buffer.size": 4 << 20,
    "num.network.threads": 2,
    "num.io.threads": 4,
    "background.threads": 2,
}


BUSY = (KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
        KafkaError.COORDINATOR_NOT_AVAILABLE, KafkaError.NOT_COORDINATOR)


def _unless_busy(future):
    """What was asked for; None while a coordinator is still finding itself."""
    try:
        return future.result(20)
    except KafkaException as error:
        if error.args[0].code() not in BUSY:
            raise
        return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Kafka:
    """A broker that is its own controller; a context manager.

    `bootstrap` speaks plain Kafka as a superuser. With sasl, `sasl_bootstrap`
    asks for a name and a password (PASSWORDS), and who is not `admin` may do
    only what `allow` has granted.
    """

    def __init__(self, folder, sasl=False, **properties):
        self.folder = Path(folder)
        self.log = self.folder / "broker.log"
        self.ports = {name: free_port() for name in
                      ["PLAINTEXT", "CONTROLLER"] + ["SASL"] * sasl}
        self.bootstrap = f"127.0.0.1:{self.ports['PLAINTEXT']}"
        self.sasl_bootstrap = f"127.0.0.1:{self.ports['SASL']}" if sasl else None
        self.process = None
        self._configure(properties)

    def _configure(self, extra):
        listeners = {n: f"{n}://127.0.0.1:{p}" for n, p in self.ports.items()}
        properties = PROPERTIES | {
            "listeners": ",".join(listeners.values()),
            "advertised.listeners": ",".join(
                v for n, v in listeners.items() if n != "CONTROLLER"),
            "listener.security.protocol.map":
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT",
            "controller.quorum.voters":
                f"1@127.0.0.1:{self.ports['CONTROLLER']}",
            "log.dirs": self.folder / "data",
        }
        if self.sasl_bootstrap:
            users = " ".join(f'user_{name}="{secret}"'
                             for name, secret in PASSWORDS.items())
            properties |= {
                "sasl.enabled.mechanisms": "PLAIN",
                "listener.name.sasl.plain.sasl.jaas.config":
                    "org.apache.kafka.common.security.plain.PlainLoginModule "
                    f"required {users};",
                "authorizer.class.name":
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users": "User:ANONYMOUS;User:admin",
            }
        properties |= extra
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "server.properties").write_text(
            "".join(f"{k}={v}\n" for k, v in properties.items()))

    def __enter__(self):
        if not LIBS.is_dir():
            raise FileNotFoundError(
                f"no {LIBS}: `mvn -f tests/kafka/pom.xml "
                "dependency:copy-dependencies` fetches it")
        formatted = subprocess.run(
            [*JAVA, "kafka.tools.StorageTool", "format", "--cluster-id",
             str(uuid.uuid4()), "--config", "server.properties"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=60)
        if formatted.returncode != 0:
            raise RuntimeError(f"StorageTool format:\n{formatted.stdout}")
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_):
        # Its data is thrown away: nothing is gained by an orderly end.
        self.kill()

    def start(self):
        """Starts the broker on the same folder and ports, until it answers."""
        self.process = process.start(
            [*JAVA, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
             "-Dorg.slf4j.simpleLogger.showDateTime=true",
             "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
             "kafka.Kafka", "server.properties"], self.log, self.folder)
        self.admin = AdminClient({"bootstrap.servers": self.bootstrap,
                                  "reconnect.backoff.max.ms": 200,
                                  "log_level": 0})
        try:
            process.wait_for(self._answers, "the broker to answer", 60)
        except Exception as error:
            raise RuntimeError(f"{error}\n{process.tail(self.log)}") from None

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the broker ended: {self.process.returncode}")
        try:
            return self.admin.list_topics(timeout=1).brokers
        except KafkaException:
            return False

    def stop(self):
        """An orderly end, as by an operator."""
        process.stop(self.process, 30)

    def kill(self):
        """SIGKILL, as by a fault."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def restart(self):
        """Kills the broker and waits until it answers again.

        Its controller waits for the dead broker's session to end first:
        broker.session.timeout.ms, 9 s unless told otherwise.
        """
        self.kill()
        self.start()

    def create_topic(self, name, partitions=1, **config):
        """config as in Kafka, with _ for each dot: max_message_bytes=1000."""
        topic = NewTopic(name, partitions, 1, config={
            key.replace("_", "."): str(value) for key, value in config.items()})
        self.admin.create_topics([topic])[name].result(20)
        process.wait_for(lambda: self._is_led(name), f"a leader of {name}")

    def _is_led(self, topic):
        try:
            return self.ends(topic)
        except KafkaException:
            return False

    def produce(self, topic, value, key=None, headers=None):
        """One message, and the brokers have it."""
        producer = Producer({"bootstrap.servers": self.bootstrap})
        producer.produce(topic, value, key, headers=headers)
        if producer.flush(20):
            raise TimeoutError(f"{topic} took no message")

    def delete_topic(self, name):
        self.admin.delete_topics([name])[name].result(20)

    def add_partitions(self, name, total):
        """Makes the topic one of so many partitions."""
        self.admin.create_partitions([NewPartitions(name, total)])[
            name].result(20)
        process.wait_for(lambda: self._is_led(name), f"leaders of {name}")

    def delete_records(self, topic, partition, before):
        """Removes what is older than the offset, as retention does."""
        asked = self.admin.delete_records(
            [TopicPartition(topic, partition, before)])
        for future in asked.values():
            future.result(20)

    def partitions(self, topic):
        found = self.admin.list_topics(topic, timeout=10).topics[topic]
        return sorted(found.partitions)

    def ends(self, topic, committed=False):
        """{partition: offset one past its last message}.

        committed: past its last message that no open transaction holds back.
        """
        level = (IsolationLevel.READ_COMMITTED if committed
                 else IsolationLevel.READ_UNCOMMITTED)
        asked = self.admin.list_offsets(
            {TopicPartition(topic, p): OffsetSpec.latest()
             for p in self.partitions(topic)},
            isolation_level=level, request_timeout=10)
        return {part.partition: future.result(20).offset
                for part, future in asked.items()}

    def count(self, topic, committed=False):
        """Messages ever written to the topic, transaction marks among them."""
        return sum(self.ends(topic, committed).values())

    def committed(self, group):
        """{(topic, partition): next offset} that the group has committed."""
        # librdkafka 2.14 crashes where a coordinator that is still loading is
        # asked for offsets by a client that is in no group.
        if not _unless_busy(self.admin.describe_consumer_groups([group])[group]):
            return {}
        asked = self.admin.list_consumer_group_offsets(
            [ConsumerGroupTopicPartitions(group)])
        found = _unless_busy(asked[group])
        return {(p.topic, p.partition): p.offset
                for p in found.topic_partitions if p.offset >= 0} if found else {}

    def is_consumed(self, group, topic):
        """Whether the group has committed the end of each partition."""
        committed = self.committed(group)
        return all(committed.get((topic, partition), 0) >= end
                   for partition, end in self.ends(topic).items())

    def members(self, group):
        """How many members of the group have partitions."""
        asked = self.admin.describe_consumer_groups([group])
        found = _unless_busy(asked[group])
        return sum(1 for member in found.members
                   if member.assignment.topic_partitions) if found else 0

    def allow(self, user, kind, prefix, *operations):
        """Grants READ, WRITE... on each TOPIC, GROUP or TRANSACTIONAL_ID whose
        name begins so."""
        asked = self.admin.create_acls([
            AclBinding(ResourceType[kind], prefix,
                       ResourcePatternType.PREFIXED, f"User:{user}", "*",
                       AclOperation[operation], AclPermissionType.ALLOW)
            for operation in operations])
        for future in asked.values():
            future.result(20)
