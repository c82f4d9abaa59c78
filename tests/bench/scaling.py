"""What more processes bring, and what a worker takes: one topic, one group.

1 to 4 processes of a worker each share 12 partitions, first each at a rate
limit, so that two cores are enough to see the sum grow, then as fast as the
machine is with the broker beside them. Then one process of 1 to 8 workers, for
the memory. Prints rows of Markdown, as deploy/SIZING.md has them.
"""
import argparse
import datetime
import os
import time
from pathlib import Path

import bounded
from bench import Figure, say

import process
import throughput
from corpus import Varied
from stage import logfmt

RAW = "raw"
PROCESSES = (1, 2, 3, 4)
WORKERS = (1, 2, 4, 8)


def start(program, kafka, folder, group, number, workers, rate):
    settings = {
        "bootstrap.servers": kafka.bootstrap, "group.id": group,
        "instance": number, "input.topics": RAW,
        "output.topic": f"{group}.articles", "deadletter.topic": "deadletters",
        "workers": workers, "rate.max": rate, "log.format": "logfmt"}
    return process.start(
        [program, "run", *(f"--{k}={v}" for k, v in settings.items())],
        folder / f"{group}-{number}.log", folder)


def partitions_of(kafka, group):
    """How many partitions each member has, the most first."""
    found = kafka.group(group)
    return sorted((len(member.assignment.topic_partitions)
                   for member in found.members), reverse=True)


class Window:
    """From when the members share all partitions, for some seconds, or until
    little of the topic is left."""

    def __init__(self, kafka, group, children, members, options):
        self.kafka, self.group, self.children = kafka, group, children
        self.members, self.options = members, options
        self.progress = throughput.Progress(kafka, group, RAW)

    def is_shared(self):
        if any(child.poll() is not None for child in self.children):
            raise RuntimeError("a process has ended")
        return (self.kafka.members(self.group) == self.members
                and self.kafka.assigned(self.group) == throughput.PARTITIONS
                and self.progress.done() > 0)

    def sample(self):
        return (time.monotonic(), self.progress.done(),
                [throughput.cpu_seconds(c.pid) for c in self.children])

    def measure(self):
        """(articles/s, cores of each process, the most MiB of one)"""
        process.wait_for(self.is_shared, "members to share the partitions", 30)
        samples = [self.sample()]
        # The last partition to end is not what the others were.
        while (samples[-1][0] < samples[0][0] + self.options.window
               and samples[-1][1] < self.options.articles * 0.9):
            time.sleep(0.1)
            samples.append(self.sample())
        (begin, first, before), (end, last, after) = samples[0], samples[-1]
        if last == first:
            raise RuntimeError("--articles are too few for a window")
        return ((last - first) / (end - begin),
                [(b - a) / (end - begin) for a, b in zip(before, after)],
                max(throughput.peak_mib(c.pid) for c in self.children))


def articles_a_commit(logs):
    """By what the processes counted, as their last words say it."""
    totals = [logfmt(line) for log in logs
              for line in log.read_text().splitlines()
              if line.startswith("event=totals ")]
    published, commits = (sum(int(t[name]) for t in totals)
                          for name in ("published", "commits"))
    return published / commits


def run(program, kafka, folder, options, count, workers, rate):
    """(articles/s, cores of each, MiB of the largest, partitions of each,
    articles in a commit)"""
    group = f"p{count}-w{workers}-r{rate}"
    kafka.create_topic(f"{group}.articles", throughput.PARTITIONS)
    children = [start(program, kafka, folder, group, number, workers, rate)
                for number in range(count)]
    window = Window(kafka, group, children, count * workers, options)
    try:
        measured = *window.measure(), partitions_of(kafka, group)
    finally:
        window.progress.close()
        for child in children:
            process.stop(child)
        kafka.delete_topic(f"{group}.articles")
    return *measured, articles_a_commit(folder.glob(f"{group}-*.log"))


def scale(program, kafka, folder, options, rate):
    """{processes: articles/s}, all rows told."""
    rates = {}
    for count in PROCESSES:
        total, cores, mib, shares, batch = run(
            program, kafka, folder, options, count, 1, rate)
        rates[count] = total
        say(f"| {count} | {' '.join(map(str, shares))} | "
            f"{rate or 'none'} | {total:,.0f} | "
            f"{total / rates[1]:.2f} | "
            f"{' '.join(f'{c:.2f}' for c in cores)} | {mib:.0f} | "
            f"{batch:.0f} |")
    return rates


def measure(program, kafka, folder, options):
    throughput.load(kafka, RAW, Varied(), options.articles)
    kafka.create_topic("deadletters", 1)
    run(program, kafka, folder, options, 1, 2, 0)  # warms the broker up
    say("\n| processes | partitions of each | limit of each | articles/s "
        "| times one | cores of each | MiB of one | articles a commit |")
    say("|---|---|---|---|---|---|---|---|")
    limited = scale(program, kafka, folder, options, options.rate)
    scale(program, kafka, folder, options, 0)
    say("\n| workers | articles/s | us of processor an article | MiB "
        "| articles a commit |")
    say("|---|---|---|---|---|")
    for workers in WORKERS:
        total, [cores], mib, _, batch = run(program, kafka, folder, options,
                                            1, workers, 0)
        say(f"| {workers} | {total:,.0f} | {cores / total * 1e6:.1f} | "
            f"{mib:.0f} | {batch:.0f} |")
    return [Figure("4 processes beside 1, at a limit", 3.5, 3.9, "x",
                   limited[4] / limited[1], True)]


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--rate", type=int, default=2500,
                        help="the limit of each process, articles/s")
    parser.add_argument("--window", type=float, default=10,
                        help="how many seconds are measured, each time")
    parser.add_argument("--seconds", type=int, default=900,
                        help="the most that all of it may take")
    return parser.parse_args()


if __name__ == "__main__":
    bounded.run(measure, read_options(), 2000,
                f", on the same {os.cpu_count()} cores; {datetime.date.today()}")
