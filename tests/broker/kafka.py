"""One real Apache Kafka broker, on loopback, for as long as the tests run."""
import random
import socket
import subprocess
import uuid
from pathlib import Path

from confluent_kafka import KafkaException

import process
from admin import Admin

LIBS = process.ROOT / "build/kafka/libs"
# Kafka's classes as a JVM keeps them in memory; without it a start takes 5 s
# instead of 3.
ARCHIVE = LIBS.with_name("classes.jsa")
# In a minute's life the second compiler costs more than it gives back: 5.4 s
# of processor for 60,000 messages in and out, 3.3 s without it.
JAVA = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-Xshare:auto", f"-XX:SharedArchiveFile={ARCHIVE}", "-cp", f"{LIBS}/*"]
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
    # librdkafka takes no answer that comes later than the interval.
    "group.consumer.min.heartbeat.interval.ms": 100,
    "group.consumer.heartbeat.interval.ms": 1000,
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": 500,
    "log.retention.check.interval.ms": 1000,
    "log.cleaner.dedupe.buffer.size": 4 << 20,
    "num.network.threads": 2,
    "num.io.threads": 4,
    "background.threads": 2,
}

# For a broker that stands still, and has no other to lead in its place: while
# the controller fences it, Kafka 4.3 ends transactions without writing so into
# the partitions, and what was aborted is read with what follows (KAFKA-20734).
UNFENCED = {"broker.session.timeout.ms": 60000}


_held = []  # what holds each port given by free_port()


def free_port():
    """A port that no test but this process's, and none twice, is given.

    It is held, until the process ends, by a name that only one can have. Not
    one of those that the kernel gives to clients, from 32768 on: while a
    broker is dead, a client that calls it might get the broker's own, and
    talk to itself."""
    while True:
        port = random.SystemRandom().randrange(12000, 32000)
        name = socket.socket(socket.AF_UNIX)
        with socket.socket() as probe:
            try:
                name.bind(f"\0wirestage-test-port-{port}")
                probe.bind(("127.0.0.1", port))
            except OSError:
                name.close()
                continue
        _held.append(name)
        return port


class Kafka(Admin):
    """A broker that is its own controller; a context manager.

    `bootstrap` speaks plain Kafka as a superuser. With sasl, `sasl_bootstrap`
    asks for a name and a password (PASSWORDS), and who is not `admin` may do
    only what `allow` has granted. What is in `properties` when the broker is
    formatted becomes its configuration.
    """

    def __init__(self, folder, sasl=False, heap="512m", **properties):
        super().__init__()
        self.folder = Path(folder)
        # What a killed JVM unpacks stays where it put it.
        self.java = [*JAVA, f"-Xmx{heap}", f"-Djava.io.tmpdir={self.folder}"]
        self.log = self.folder / "broker.log"
        self.ports = {name: free_port() for name in
                      ["PLAINTEXT", "CONTROLLER"] + ["SASL"] * sasl}
        self.bootstrap = f"127.0.0.1:{self.ports['PLAINTEXT']}"
        self.sasl_bootstrap = f"127.0.0.1:{self.ports['SASL']}" if sasl else None
        self.process = None
        self.properties = self._defaults() | properties

    def _defaults(self):
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
        return properties

    def __enter__(self):
        self.format(str(uuid.uuid4()))
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def format(self, cluster_id):
        """Writes its configuration and an empty data folder."""
        if not LIBS.is_dir():
            raise FileNotFoundError(
                f"no {LIBS}: `mvn -f tests/kafka/pom.xml "
                "dependency:copy-dependencies` fetches it")
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "server.properties").write_text(
            "".join(f"{k}={v}\n" for k, v in self.properties.items()))
        formatted = subprocess.run(
            [*self.java, "kafka.tools.StorageTool", "format", "--cluster-id",
             cluster_id, "--config", "server.properties"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=60)
        if formatted.returncode != 0:
            raise RuntimeError(f"StorageTool format:\n{formatted.stdout}")

    def __exit__(self, *_):
        # Its data is thrown away: nothing is gained by an orderly end.
        self.kill()

    def start(self):
        """Starts the broker on the same folder and ports, until it answers."""
        self.launch()
        self.wait_answer()

    def launch(self):
        """Starts the broker, and waits for nothing."""
        self.process = process.start(
            [*self.java, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
             "-Dorg.slf4j.simpleLogger.showDateTime=true",
             "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
             "kafka.Kafka", "server.properties"], self.log, self.folder)
        self.connect()

    def wait_answer(self):
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

    def logs(self):
        return [(self.log.name, process.tail(self.log))]
