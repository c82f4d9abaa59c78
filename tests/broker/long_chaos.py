"""Each fault in the numbers that a promise takes; the result as a table.

    long_chaos.py [--count N] [--seed N] [--only NAME]

N is how often a process is killed; the other faults in proportion. The same
seed makes the same choices, though not the same moments.
"""
import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from chaos import Chaos
from cluster import Cluster
from pipeline import Pipeline

BATCH = 10  # faults under one load, before the audit reads what came of it

# Name, the share of --count, the fault.
FAULTS = [
    ("SIGKILL of a process", 1.0, Chaos.kill_process),
    ("SIGTERM of a process", 0.5, Chaos.terminate_process),
    ("SIGSTOP past the session", 0.1, Chaos.freeze_process),
    ("SIGKILL of a broker, in turn", 0.05, Chaos.kill_each_broker),
    ("SIGKILL of the coordinator", 0.1, Chaos.kill_coordinator),
    ("rolling restart of brokers", 0.03, Chaos.restart_brokers),
    ("partitions added", 0.03, Chaos.add_partitions),
    ("output deleted, re-created", 0.03, Chaos.recreate_output),
    ("disk of a broker full", 0.05, Chaos.fill_disk),
    ("retention overtakes it", 0.05, Chaos.overtake),
    ("network cut for 1 s", 0.1, lambda chaos: chaos.cut_network(1)),
    ("network cut for 10 s", 0.05, lambda chaos: chaos.cut_network(10)),
    ("network cut for 60 s", 0.02, lambda chaos: chaos.cut_network(60)),
    ("a fifth late, for 10 s", 0.05, Chaos.lose_packets),
]


# A delivery, a rebalance, and the share of the numbers that it takes to show
# that they keep what they promise.
WAYS = [
    ("exactly-once", "cooperative", 1.0),
    ("exactly-once", "eager", 0.1),
    ("exactly-once", "consumer", 0.1),
    ("at-least-once", "cooperative", 0.1),
]


class Row:
    """What came of one fault."""

    def __init__(self):
        self.sent = self.missing = self.doubled = self.disorder = 0
        self.wrong, self.recoveries = 0, []

    def add(self, chaos, result):
        self.sent += len(chaos.audit.sent)
        for tally in (result.articles, result.letters):
            self.missing += len(tally.missing)
            self.doubled += len(tally.doubled)
            self.disorder += len(tally.out_of_order)
            self.wrong += len(tally.wrong)
        self.recoveries += chaos.recoveries

    def holds(self, delivery):
        return not (self.missing or self.wrong or (
            delivery == "exactly-once" and (self.doubled or self.disorder)))

    def cells(self):
        return (self.sent, self.missing, self.doubled, self.disorder,
                self.wrong, f"{statistics.median(self.recoveries):.1f}",
                f"{max(self.recoveries):.1f}")


def befall(cluster, folder, name, fault, times, seed, **settings):
    """The fault so many times, under one load; then the audit."""
    folder.mkdir()
    pipeline = Pipeline(cluster, folder, name)
    try:
        chaos = Chaos(pipeline, seed, **settings)
        with chaos.load():
            for _ in range(times):
                fault(chaos)
        return chaos, chaos.finish()
    finally:
        pipeline.release()
        for topic in pipeline.input, pipeline.output, pipeline.deadletters:
            cluster.delete_topic(topic)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int,
                        default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--only", default="", help="part of a fault's name")
    options = parser.parse_args()
    print(f"CHAOS_COUNT={options.count} CHAOS_SEED={options.seed}\n")
    print("| fault | delivery | rebalance | times | sent | missing | doubled "
          "| out of order | wrong | s to catch up, median | most |")
    print("|---|---|---|" + "--:|" * 8, flush=True)
    folder = Path(tempfile.mkdtemp(prefix="wirestage-chaos-"))
    with Cluster(folder / "cluster", disk_mb=2048) as cluster:
        held = [run(cluster, folder, options, *way, *fault) for way in WAYS
                for fault in FAULTS if options.only in fault[0]]
    print(f"\nlogs: {folder}", file=sys.stderr)
    sys.exit(0 if held and all(held) else 1)


def run(cluster, folder, options, delivery, rebalance, part, name, share,
        fault):
    """One row; whether the promise held."""
    row, done = Row(), 0
    times = max(1, round(options.count * part * share))
    while done < times:
        batch = min(BATCH, times - done)
        slug = f"{time.monotonic_ns():x}"
        row.add(*befall(cluster, folder / slug, f"chaos-{slug}", fault, batch,
                        f"{options.seed} {name} {done}",
                        delivery=delivery, rebalance=rebalance))
        done += batch
    cells = (name, delivery, rebalance, times, *row.cells())
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    return row.holds(delivery)


if __name__ == "__main__":
    main()
