"""What a replay costs beside `run` on the same topic, and how soon it resumes.

Prints the machine, each measurement, and where each figure stands between its
gate and its goal. Writes into a temporary folder only: some 3 GB for a million
articles.
"""
import argparse
import functools
import json
import statistics
import subprocess
import time
from pathlib import Path

import bounded
from bench import Figure, say

import process
import throughput
from corpus import Varied

RAW = "raw"


def settings_of(kafka):
    return ["--bootstrap.servers=" + kafka.bootstrap, "--group.id=bench",
            "--instance=bench", "--input.topics=" + RAW,
            "--deadletter.topic=deadletters",
            f"--workers={throughput.WORKERS}", "--log.format=logfmt"]


def make_plan(program, kafka, folder):
    """(its file, its group, the seconds that it took)"""
    began = time.monotonic()
    done = subprocess.run([program, "replay", "plan", *settings_of(kafka)],
                          capture_output=True, text=True, check=True)
    seconds = time.monotonic() - began
    group = json.loads(done.stdout)["group"]
    path = folder / f"{group}.json"
    path.write_text(done.stdout)
    return path, group, seconds


def start_replay(program, plan, kafka, folder, group, _raw, output, _delivery):
    return process.start(
        [program, "replay", "run", "--plan", plan, "--into", output,
         *settings_of(kafka)], folder / f"{group}.log", folder)


def compare(program, kafka, folder, options):
    """The runs of `run` and of replay, in turns, and how long plans took."""
    runs, replays, plans = [], [], []
    say(f"\n{throughput.WORKERS} workers, {options.articles:,} articles, from "
        "the first commit to the last")
    say(f"{'program':<13}{'articles/s':>11}{'us CPU':>9}{'MiB':>7}")

    def one(kind, start, group, into):
        done = throughput.run_once(start, kafka, folder, group, RAW,
                                   "exactly-once", options.articles)
        say(f"{kind:<13}{done.articles_per_second:>11,.0f}"
            f"{done.cpu_us:>9.1f}{done.peak_mib:>7.0f}")
        into.append(done)

    run = functools.partial(throughput.start_stage, program)
    # The first way through warms the broker up, and does not count.
    one("(warm-up)", run, "warm-up", [])
    for number in range(options.rounds):
        one("run", run, f"run-{number}", runs)
        plan, group, seconds = make_plan(program, kafka, folder)
        plans.append(seconds)
        one("replay", functools.partial(start_replay, program, plan), group,
            replays)
    return runs, replays, plans


def resume_seconds(program, kafka, folder, articles):
    """From the start after a SIGKILL to the first commit of new articles."""
    plan, group, _ = make_plan(program, kafka, folder)
    output = f"{group}.articles"
    kafka.create_topic(output, throughput.PARTITIONS)
    progress = throughput.Progress(kafka, group, RAW)
    start = functools.partial(start_replay, program, plan, kafka, folder,
                              group, RAW, output, "exactly-once")
    child = start()
    try:
        process.wait_for(lambda: progress.done() > articles / 5,
                         "a part of the replay", 120)
        child.kill()
        child.wait()
        time.sleep(0.1)  # a commit that was on its way has arrived
        before = progress.done()
        began = time.monotonic()
        child = start()
        process.wait_for(lambda: progress.done() > before,
                         "the replay to go on", 60, 0.02)
        return time.monotonic() - began
    finally:
        process.stop(child)
        progress.close()
        kafka.admin.delete_topics([output])[output].result(20)


def median(runs, value):
    return statistics.median(getattr(run, value) for run in runs)


def measure(program, kafka, folder, options):
    throughput.load(kafka, RAW, Varied(), options.articles)
    kafka.create_topic("deadletters", 1)
    runs, replays, plans = compare(program, kafka, folder, options)
    resumes = [resume_seconds(program, kafka, folder, options.articles)
               for _ in range(options.rounds)]
    say("planning: " + ", ".join(f"{s:.2f} s" for s in plans)
        + "; resuming: " + ", ".join(f"{s:.2f} s" for s in resumes))
    return [
        Figure("articles/s beside run", 0.9, 1.0, "x",
               median(replays, "articles_per_second")
               / median(runs, "articles_per_second"), True),
        Figure("planning", 2, 2, "s", max(plans)),
        Figure("resuming after SIGKILL", 10, 3, "s", max(resumes)),
        Figure("resident memory", 128, 64, "MiB",
               max(run.peak_mib for run in replays)),
    ]


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=1200,
                        help="the most that all of it may take")
    return parser.parse_args()


if __name__ == "__main__":
    bounded.run(measure, read_options(), 1000)
