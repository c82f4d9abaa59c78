"""Three brokers that are their own controllers, to be killed one by one."""
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from confluent_kafka import KafkaException

import process
from admin import Admin
from disk import Disk
from kafka import Kafka, free_port
from network import Network

# Each record on all three, and acknowledged by two.
REPLICATED = {
    "default.replication.factor": 3,
    "min.insync.replicas": 2,
    "offsets.topic.replication.factor": 3,
    "transaction.state.log.replication.factor": 3,
    "transaction.state.log.min.isr": 2,
    # A killed broker is missed in two seconds.
    "broker.heartbeat.interval.ms": 500,
    "broker.session.timeout.ms": 2000,
}


class Cluster(Admin):
    """A context manager; its brokers are 1 to 3.

    `network.ports` lead to the same brokers, and who begins there stays there:
    the brokers tell such a client of those ports alone. disk_mb: the last
    broker has a `disk` of that size, which can be full. `properties` come
    before what is REPLICATED.
    """

    def __init__(self, folder, count=3, disk_mb=None, **properties):
        super().__init__()
        self.numbers = range(1, count + 1)
        self.network = Network(count)
        self.nodes = {n: Kafka(Path(folder) / f"broker-{n}", heap="384m",
                               **REPLICATED | properties | {"node.id": n})
                      for n in self.numbers}
        self.disk = disk_mb and Disk(self.nodes[count].folder, disk_mb)
        self._behind = [free_port() for _ in self.numbers]
        self._join()
        self.bootstrap = ",".join(n.bootstrap for n in self.nodes.values())
        self.proxied = ",".join(f"127.0.0.1:{p}" for p in self.network.ports)

    def _join(self):
        voters = ",".join(f"{n}@127.0.0.1:{node.ports['CONTROLLER']}"
                          for n, node in self.nodes.items())
        for node, listens, told in zip(
                self.nodes.values(), self._behind, self.network.ports):
            properties = node.properties
            properties["controller.quorum.voters"] = voters
            properties["listeners"] += f",PROXIED://127.0.0.1:{listens}"
            properties["advertised.listeners"] += f",PROXIED://127.0.0.1:{told}"
            properties["listener.security.protocol.map"] += ",PROXIED:PLAINTEXT"

    def __enter__(self):
        cluster_id = str(uuid.uuid4())
        with ThreadPoolExecutor(len(self.nodes)) as threads:
            list(threads.map(lambda n: n.format(cluster_id),
                             self.nodes.values()))
        try:
            for node in self.nodes.values():
                node.launch()
            for node in self.nodes.values():
                node.wait_answer()
        except BaseException:
            self.__exit__()
            raise
        self.connect()
        self.network.open(self._behind)
        process.wait_for(self._is_whole, "three brokers")
        return self

    def __exit__(self, *_):
        self.network.close()
        for node in self.nodes.values():
            node.kill()

    def kill(self, number):
        """SIGKILL, as by a fault."""
        self.nodes[number].kill()

    def fill_disk(self):
        """Of the last broker, until that has ended of it; returns which."""
        self.disk.fill()
        number = self.numbers[-1]
        process.wait_for(lambda: self.nodes[number].process.poll() is not None,
                         f"broker {number} to give up", 60)
        self.disk.clear()
        return number

    def stop(self, number):
        """An orderly end, as by an operator."""
        self.nodes[number].stop()

    def start(self, number):
        """Starts a dead broker, until it answers and has all that it missed:
        then another may die."""
        self.nodes[number].start()
        process.wait_for(self._is_whole, "all replicas in sync", 60)

    def restart_in_turn(self):
        """Each broker, as an operator does who changes their version."""
        for number in self.numbers:
            self.stop(number)
            self.start(number)

    def _is_whole(self):
        try:
            found = self.admin.list_topics(timeout=5)
        except KafkaException:
            return False
        return len(found.brokers) == len(self.nodes) and all(
            sorted(partition.isrs) == sorted(partition.replicas)
            for topic in found.topics.values()
            for partition in topic.partitions.values())

    def coordinator(self, group):
        """The number of the broker that coordinates the group."""
        return self.group(group).coordinator.id

    def apart(self, pipeline):
        """A broker that coordinates nothing of the process `a` and its one
        worker."""
        return ({*self.numbers} - {
            self.coordinator(pipeline.group),
            self.transaction_coordinator(f"{pipeline.group}-a-0")}).pop()

    def transaction_coordinator(self, transactional_id):
        """The same of a transactional id."""
        return self._home(transactional_id, "__transaction_state").leader

    def preferred_coordinator(self, group):
        """The broker that is to coordinate the group when all are there."""
        return self._home(group, "__consumer_offsets").replicas[0]

    def _home(self, name, topic):
        """The partition of the brokers' own topic that they keep a group or a
        transactional id in: by Java's hash of it."""
        partitions = self.described(topic)
        code = 0
        for letter in name:
            code = (31 * code + ord(letter)) & 0xffffffff
        return partitions[min(code, 2**32 - code) % len(partitions)]

    def logs(self):
        return [(f"{node.folder.name}.log", process.tail(node.log))
                for node in self.nodes.values()]
