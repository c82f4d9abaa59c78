"""A measurement on a broker of its own, in a temporary folder, bounded in time."""
import signal
import tempfile
from pathlib import Path

from bench import describe_machine, report, say

import kafka as broker


def give_up(_signal, _frame):
    raise TimeoutError("--seconds are over")


def run(measure, options, rebalance_delay_ms, where=""):
    """Reports the figures of measure(program, kafka, folder, options), which
    may take options.seconds in all. A group that gathers for
    rebalance_delay_ms before it starts has no rebalance to measure."""
    program = options.build.resolve() / "wirestage"
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(options.seconds)
    describe_machine(program)
    say(f"broker     {next(broker.LIBS.glob('kafka_2.13-*.jar')).stem}{where}")
    with tempfile.TemporaryDirectory(prefix="wirestage-bench-") as temporary:
        folder = Path(temporary)
        with broker.Kafka(folder / "kafka", **{
                "group.initial.rebalance.delay.ms": rebalance_delay_ms,
                "log.segment.delete.delay.ms": 1000}) as kafka:
            report(measure(program, kafka, folder, options))
