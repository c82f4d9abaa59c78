"""Runs suites of tests, shows what failed, and ends with one line of totals.

    run.py [--build DIR] [--fuzz-seconds N] [--jobs N] [--files N]
           [--without FILE]... SUITE...

Each suite is some programs; each program tells its own counts, as Check,
pytest or a plain "N passed, N failed" do. One that tells none counts as one.
A skipped suite says so in capitals, and where CI is set it has failed.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = ROOT / "build/venv/bin/python"
JARS = ROOT / "build/kafka/libs"
VALGRIND = pathlib.Path(shutil.which("valgrind") or "valgrind")
CHROMIUM = pathlib.Path(shutil.which("chromium") or "chromium")
KUSTOMIZE = ROOT / "build/kustomize/bin/kustomize"
TSC = ROOT / "build/deploy/node_modules/.bin/tsc"
WIRE = ROOT.parent / "shared/wire"
# Twice what the slowest took, under ThreadSanitizer, on a slow day.
TIMEOUT_S = 1800


class Program:
    """One thing to run: its name, command, and what it needs to be there."""

    def __init__(self, name, *command, needs=(), **environment):
        self.name = name
        self.command = [str(word) for word in command]
        self.needs = [path for path in needs if not path.exists()]
        self.environment = environment

    def run(self):
        started = time.monotonic()
        try:
            done = subprocess.run(
                self.command, cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                env=os.environ | self.environment, timeout=TIMEOUT_S)
            status, output = done.returncode, done.stdout
        except subprocess.TimeoutExpired as late:
            status, output = -1, (late.stdout or b"") + b"\nTIMED OUT\n"
        output = output.decode(errors="replace")
        counts = count(output, status)
        return self, status, output, counts, time.monotonic() - started


def number(pattern, text):
    return sum(int(n) for n in re.findall(pattern, text))


def count(output, status):
    """passed, failed, skipped of what a program printed last."""
    checks = re.findall(r"Checks: (\d+), Failures: (\d+), Errors: (\d+)",
                        output)
    if checks:
        total, failures, errors = (int(n) for n in checks[-1])
        return total - failures - errors, failures + errors, 0
    tail = "\n".join(line for line in output.splitlines()[-3:]
                     if re.search(r"\d+ (passed|failed|error)", line))
    if tail:
        failed = number(r"(\d+) failed", tail) + number(r"(\d+) error", tail)
        return (number(r"(\d+) passed", tail),
                max(failed, 1) if status else failed,
                number(r"(\d+) skipped", tail))
    return (0, 1, 0) if status else (1, 0, 0)


def check_programs(folder):
    return [Program(f"{folder.name}/{path.name}", path)
            for path in sorted(folder.glob("test_*"))]


def golden(build, scratch):
    return [Program("golden", build / "golden", "tests/golden")]


def judge(build, scratch):
    folders = ["tests/golden"] + [WIRE] * WIRE.exists()
    emitted = scratch / "emitted"
    emitted.mkdir()
    subprocess.run([build / "golden", "--emit", emitted, *folders],
                   cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return [
        Program("judge/fastavro", PYTHON, "tests/judge/judge.py", emitted,
                needs=[PYTHON]),
        Program("judge/java-avro", "java", "-cp", f"{JARS}/*",
                "tests/judge/Judge.java", emitted, needs=[JARS]),
    ]


def pytest(name, build, needs, *paths):
    return Program(name, PYTHON, "-m", "pytest", "-q", *paths,
                   needs=[PYTHON, *needs],
                   WIRESTAGE=str(ROOT / build / "wirestage"))


# Which files of tests/broker are which suite; the others are "broker".
BROKER = {
    # What `make test` has no time for.
    "stopping": ["stopping"],
    # On three brokers.
    "chaos": ["chaos"],
    # Long under load, long silent, or under a clock that ThreadSanitizer would
    # not see.
    "chaos-more": ["backpressure", "clock", "doubt", "forgotten", "scaling",
                   "silence", "standstill"],
}
OTHERS = {path.stem.removeprefix("test_") for path in
          (ROOT / "tests/broker").glob("test_*.py")}.difference(
              *BROKER.values())


def broker(suite, arguments):
    """Some of the tests on a real Kafka; each suite has brokers of its own."""
    parts = BROKER.get(suite) or OTHERS.difference(arguments.without)
    # So many files at a time, each process with a broker of its own.
    how = [] if suite in BROKER else ["-n", arguments.files,
                                      "--dist", "loadfile"]
    return pytest(suite, arguments.build, [JARS], *how,
                  *(f"tests/broker/test_{part}.py" for part in sorted(parts)))


def image():
    """The delivery tests once more, on containers of the image."""
    return Program("image", PYTHON, "-m", "pytest", "-q",
                   "-c", "tests/broker/pytest.ini", "--rootdir", "tests",
                   "-p", "container", "tests/image",
                   "tests/broker/test_delivery.py", needs=[PYTHON, JARS],
                   PYTHONPATH=str(ROOT / "tests/image"))


def page():
    """The status page in a real Chromium."""
    folder = ROOT / "build/page"
    return Program("page", "node", "tests/page/page.mjs", folder,
                   folder / "shots", needs=[folder / "ready", CHROMIUM])


def fuzz(scratch, seconds):
    programs = []
    for path in sorted((ROOT / "build/fuzz").glob("fuzz_*")):
        seeds = ROOT / "tests/fuzz/corpus" / path.name.removeprefix("fuzz_")
        found = scratch / path.name
        found.mkdir()
        programs.append(Program(
            f"fuzz/{path.name}", path, f"-max_total_time={seconds}",
            "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1",
            "-max_len=65536", f"-artifact_prefix={ROOT}/build/fuzz/", found,
            *([seeds] if seeds.exists() else [])))
    return programs


def programs_of(suite, arguments, scratch):
    build = arguments.build
    if suite in ("unit", "mock"):
        return check_programs(ROOT / build / suite)
    if suite == "golden":
        return golden(ROOT / build, scratch)
    if suite == "judge":
        return judge(ROOT / build, scratch)
    if suite == "cli":
        return [pytest(suite, build, [], "tests/cli")]
    if suite == "deploy":
        return [pytest(suite, build, [KUSTOMIZE, TSC], "tests/deploy")]
    if suite == "linear":
        return [pytest(suite, build, [VALGRIND], "tests/linear")]
    if suite == "fuzz":
        return fuzz(scratch, arguments.fuzz_seconds)
    if suite == "page":
        return [page()]
    if suite == "image":
        return [image()]
    return [broker(suite, arguments)]


def report(program, status, output, counts, seconds):
    passed, failed, skipped = counts
    mark = "FAILED" if status or failed else "ok"
    more = f", {skipped} skipped" if skipped else ""
    print(f"{mark:6} {program.name:28} {passed} passed, {failed} failed"
          f"{more} ({seconds:.1f} s)", flush=True)
    if status or failed:
        print(output, flush=True)


def skip(program):
    missing = ", ".join(path.name for path in program.needs)
    print(f"{program.name.upper()} WAS SKIPPED: {missing.upper()} IS NOT "
          "THERE, SINCE JAVA, MAVEN, PYTHON, NODE, CHROMIUM, VALGRIND OR GO "
          "COULD NOT BE HAD", flush=True)
    return (0, 1, 0) if os.environ.get("CI") else (0, 0, 1)


def run_all(programs, jobs):
    """The counts of programs, run so many at a time."""
    totals = [skip(program) for program in programs if program.needs]
    ready = [program for program in programs if not program.needs]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        runs = [pool.submit(program.run) for program in ready]
        for run in concurrent.futures.as_completed(runs):
            report(*run.result())
            totals.append(run.result()[3])
    return totals


def longest_first(suite):
    """Sorts suites so that no long one is left to run alone at the end."""
    order = ("chaos", "broker", "chaos-more", "stopping", "page", "mock")
    return order.index(suite) if suite in order else len(order)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--fuzz-seconds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--files", type=int, default=3,
                        help="of tests on a broker, at a time")
    parser.add_argument("--without", default=[], action="append",
                        choices=sorted(OTHERS), metavar="FILE",
                        help="of the suite broker, left out")
    parser.add_argument("suites", nargs="+", metavar="SUITE", choices=[
        "unit", "mock", "golden", "judge", "cli", "linear", "fuzz",
        "broker", "stopping", "chaos", "chaos-more", "page", "image",
        "deploy"])
    arguments = parser.parse_args()

    programs = []
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="wirestage-tests-"))
    try:
        for suite in sorted(arguments.suites, key=longest_first):
            found = programs_of(suite, arguments, scratch)
            if not found:
                sys.exit(f"{suite}: no programs; is it built?")
            programs += found
        totals = run_all(programs, arguments.jobs)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    passed, failed, skipped = (sum(column) for column in zip(*totals))
    print(f"{passed} passed, {failed} failed"
          + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
