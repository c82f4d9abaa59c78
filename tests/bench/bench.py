"""What wirestage costs: in one thread, and beside plain librdkafka.

Prints the machine, each measurement, and where each figure of the design
stands between its gate and its goal. Writes into a temporary folder only.
"""
import argparse
import functools
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples/budget-vote.txt"
NINJS = ROOT / "tests/bench/ninjs-4k.json"
sys.path.insert(0, str(ROOT / "tests/broker"))


@dataclass
class Figure:
    name: str
    gate: float
    goal: float
    unit: str
    measured: float
    more_is_better: bool = False

    def stands(self):
        def reached(bound):
            return (self.measured >= bound if self.more_is_better
                    else self.measured <= bound)
        if reached(self.goal):
            return "goal reached"
        return "gate reached" if reached(self.gate) else "GATE MISSED"


def say(text=""):
    print(text, flush=True)


def output_of(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=True)
    return done.stdout.strip()


def describe_machine(program):
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in info.splitlines()
                  if line.startswith("model name")), platform.machine())
    say(f"machine    {model}, {len(os.sched_getaffinity(0))} cores, "
        f"Linux {platform.release()}, load {os.getloadavg()[0]:.1f}")
    for line in output_of(program, "--version").splitlines():
        say(f"           {line}")


def measure_transform(program):
    """{(document, step): (ns, mallocs, bytes)} an article."""
    say("\none thread, processor time of an article, median of 15 rounds")
    say(f"{'document':<18}{'step':<12}{'us':>8}{'mallocs':>10}{'bytes':>10}")
    rows = {}
    for line in output_of(program, SAMPLE, NINJS).splitlines():
        document, step, *numbers = line.split()
        ns, mallocs, size = map(float, numbers)
        rows[document, step] = ns, mallocs, size
        say(f"{document:<18}{step:<12}{ns / 1000:>8.2f}{mallocs:>10g}"
            f"{size:>10g}")
    return rows


def transform_figures(rows):
    return [
        Figure("transform, tag and encode the sample", 12, 6, "us",
               rows[SAMPLE.name, "all"][0] / 1000),
        Figure("the same of a 4 KB ninjs document", 75, 60, "us",
               rows[NINJS.name, "all"][0] / 1000),
        Figure("that, in times jansson alone", 1.55, 1.24, "x",
               rows[NINJS.name, "all"][0] / rows[NINJS.name, "jansson"][0]),
        Figure("mallocs in transform, wire text", 0, 0, "",
               rows[SAMPLE.name, "transform"][1]),
    ]


BESIDE = "passthrough", "run"
SHOWN = "run", "run-shown"


@dataclass(frozen=True)
class Comparison:
    """Two programs that take turns with the same work."""
    text: str
    delivery: str
    programs: tuple = BESIDE
    times: int = 1  # so many times the rounds asked for


COMPARISONS = [
    Comparison("varied", "exactly-once"),
    Comparison("varied", "at-least-once"),
    # Asked of one work alone, but oftener: runs of one program differ by more
    # than what scrapes and looks may cost.
    Comparison("varied", "exactly-once", SHOWN, 5),
    Comparison("repeated", "exactly-once"),
]


def take_turns(comparison, kafka, folder, programs, options):
    """{program: its runs, a Run each}."""
    import throughput

    text, delivery = comparison.text, comparison.delivery
    runs = {program: [] for program in comparison.programs}
    for number in range(options.rounds * comparison.times):
        # To and fro, so that none always comes behind the other.
        for program in comparison.programs[::-1 if number % 2 else 1]:
            group = "-".join([text, delivery, *comparison.programs,
                              str(number), program])
            run = throughput.run_once(programs[program], kafka, folder, group,
                                      text, delivery, options.articles)
            runs[program].append(run)
            say(f"{text:<10}{delivery:<15}{program:<13}"
                f"{run.articles_per_second:>11,.0f}"
                f"{run.cpu_us:>9.1f}{run.peak_mib:>7.0f}")
    return runs


def compare(kafka, folder, programs, options):
    """{comparison: {program: its runs}}."""
    import throughput
    from corpus import Repeated, Varied

    say(f"\nagainst the broker, {throughput.WORKERS} workers, "
        f"{options.articles:,} articles, from the first commit to the last")
    say(f"{'text':<10}{'delivery':<15}{'program':<13}{'articles/s':>11}"
        f"{'us CPU':>9}{'MiB':>7}")
    runs = {}
    for text, corpus in ("varied", Varied()), ("repeated", Repeated()):
        throughput.load(kafka, text, corpus, options.articles)
        # The first way through warms the broker up, and does not count.
        throughput.run_once(programs["passthrough"], kafka, folder,
                            f"{text}-warm-up", text, "exactly-once",
                            options.articles)
        for comparison in COMPARISONS:
            if comparison.text == text:
                runs[comparison] = take_turns(comparison, kafka, folder,
                                              programs, options)
        kafka.admin.delete_topics([text])[text].result(20)
    return runs


def ratio(comparison, runs, value):
    """Of the second program to the first, each the median of its runs."""
    first, second = (
        statistics.median(getattr(run, value) for run in runs[program])
        for program in comparison.programs)
    return second / first


def throughput_figures(runs):
    figures = []
    for comparison, both in runs.items():
        first, second = comparison.programs
        text, delivery = comparison.text, comparison.delivery
        rate = ratio(comparison, both, "articles_per_second")
        cpu = ratio(comparison, both, "cpu_us")
        say(f"{second} beside {first}, {text}, {delivery}: {rate:.3g} of the "
            f"articles/s, {cpu:.3g} times the CPU")
        if comparison.programs == SHOWN:
            figures.append(Figure("CPU an article, shown beside not shown",
                                  1.03, 1.01, "x", cpu))
        elif delivery == "exactly-once":
            figures += [
                Figure(f"articles/s beside passthrough, {text}", 0.4, 0.6, "x",
                       rate, True),
                Figure(f"CPU an article beside it, {text}", 2.5, 1.5, "x",
                       cpu),
            ]
    # Of the repeated text a fetch of 1 MB holds a hundred, in both programs.
    varied = runs[Comparison("varied", "exactly-once")]
    peak = max(run.peak_mib for run in varied["run"])
    return figures + [
        Figure("resident memory under load", 128, 64, "MiB", peak)]


def latency_figures(program, kafka, folder, options):
    import latency

    taken = latency.latencies(program, kafka, folder, options.seconds)
    p50, p99 = (taken[int(len(taken) * part)] * 1000 for part in (0.5, 0.99))
    say(f"\nraw to committed at {latency.PER_SECOND} articles/s, "
        f"exactly-once: p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
        f"max {taken[-1] * 1000:.1f} ms of {len(taken)}")
    return [Figure("raw to committed, p99", 150, 60, "ms", p99)]


def start_figures(program, kafka, folder):
    import latency

    starts = latency.start_seconds(program, kafka, folder, 3)
    say("start to first article: "
        + ", ".join(f"{seconds:.2f} s" for seconds in starts))
    return [Figure("start to first article", 3, 1, "s",
                   statistics.median(starts))]


def operating_figures(program, kafka, folder):
    import operating

    stops = operating.stop_seconds(program, kafka, folder, 3)
    say("SIGTERM to exit under load: "
        + ", ".join(f"{seconds:.2f} s" for seconds in stops))
    scrapes, size = operating.scrape_seconds(program, kafka, folder)
    p50, p99 = (scrapes[int(len(scrapes) * part)] * 1000
                for part in (0.5, 0.99))
    say(f"a scrape, {operating.MANY_PARTITIONS} partitions, {size:,} bytes: "
        f"p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    return [Figure("SIGTERM to exit under load", 5, 1, "s", max(stops)),
            Figure("a scrape with 100 partitions, p50", 5, 5, "ms", p50)]


def broker_figures(build, options):
    import kafka as broker
    import operating
    import throughput

    stage = build / "wirestage"
    programs = {
        "passthrough": functools.partial(throughput.start_passthrough,
                                         build / "bench/passthrough"),
        "run": functools.partial(throughput.start_stage, stage),
        "run-shown": functools.partial(operating.start_shown, stage),
    }
    say(f"broker     {next(broker.LIBS.glob('kafka_2.13-*.jar')).stem}, "
        + output_of("java", "-version").splitlines()[0])
    with tempfile.TemporaryDirectory(prefix="wirestage-bench-") as temporary:
        folder = Path(temporary)
        # A group that gathers before it starts has no rebalance to measure.
        with broker.Kafka(folder / "throughput", **{
                "group.initial.rebalance.delay.ms": 1000,
                "log.segment.delete.delay.ms": 1000}) as kafka:
            kafka.create_topic("deadletters", 1)
            runs = compare(kafka, folder, programs, options)
            figures = throughput_figures(runs)
            figures += latency_figures(stage, kafka, folder, options)
        with broker.Kafka(folder / "start") as kafka:
            kafka.create_topic("deadletters", 1)
            figures += start_figures(stage, kafka, folder)
            figures += operating_figures(stage, kafka, folder)
    return figures


def report(figures):
    say(f"\n{'figure':<40}{'gate':>8}{'goal':>8}{'measured':>14}  stands")
    for f in figures:
        say(f"{f.name:<40}{f.gate:>8g}{f.goal:>8g}"
            f"{f'{f.measured:.3g} {f.unit}':>14}  {f.stands()}")


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--quick", action="store_true",
                        help="fewer articles and rounds: to see that it works")
    parser.add_argument("--no-broker", action="store_true",
                        help="only what one thread does")
    parser.add_argument("--articles", type=int, default=600000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=15,
                        help="how long latency is measured")
    options = parser.parse_args()
    if options.quick:
        options.articles, options.rounds, options.seconds = 100000, 1, 5
    options.build = options.build.resolve()
    return options


def main():
    options = read_options()
    describe_machine(options.build / "wirestage")
    rows = measure_transform(options.build / "bench/bench_transform")
    figures = transform_figures(rows)
    if not options.no_broker:
        figures += broker_figures(options.build, options)
    report(figures)


if __name__ == "__main__":
    main()
