"""A wall clock that is put forward and back under a running stage."""
import struct
import subprocess
import time

import process
import pytest
from shown import Shown, balances, total

HOUR = 3600


@pytest.fixture
def clock(tmp_path, monkeypatch):
    """put(seconds): how far the clock of stages started from here on is off.
    Their loader puts it before the system's."""
    offset, library = tmp_path / "clock-offset", tmp_path / "clock.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-D_GNU_SOURCE", "-o", library,
         process.ROOT / "tests/broker/clock.c"], check=True)

    def put(seconds):
        with open(offset, "r+b" if offset.exists() else "wb") as file:
            file.write(struct.pack("q", seconds))

    put(0)
    monkeypatch.setenv("LD_PRELOAD", str(library))
    # A sanitizer wants to be first, but does not mind.
    process.ask_sanitizer(monkeypatch, "verify_asan_link_order=0")
    return put


def test_a_clock_that_jumps_harms_nothing(pipeline, clock):
    shown = Shown(pipeline, workers=2).wait_ready()
    uptimes, scrapes = [], []
    with pipeline.audit.sending(8000, bad=0.02, rate=1500):
        for off in (-HOUR, 24 * HOUR, -30 * 24 * HOUR, 0, -1, 1):
            clock(off)
            time.sleep(0.7)
            scrapes.append(shown.metrics())
            status = shown.status()
            uptimes.append(status["process"]["uptime_ms"])
            assert abs(status["process"]["now"] / 1000 - time.time()
                       - off) < 5, "the clock was not put"
            assert status["reasons"] == []
            assert shown.get("/livez")[0] == 200
    assert uptimes == sorted(uptimes) and uptimes[-1] < 60000
    assert all(balances(m) for m in scrapes)
    for name in ("wirestage_latency_seconds_sum",
                 "wirestage_commit_duration_seconds_sum",
                 "wirestage_step_duration_seconds_sum",
                 "wirestage_wire_silence_seconds"):
        found = [total(m, name) for m in scrapes]
        assert min(found) >= 0
    assert max(total(m, "wirestage_wire_silence_seconds")
               for m in scrapes) < 60
    pipeline.wait_done()
    # Nothing fell out of the chart, whose minutes are not the clock's.
    published = total(shown.metrics(), "wirestage_published_total")
    assert sum(minute[0] for minute in shown.status()["minutes"]) == published
    # Each jump is to who logs once a minute as if one had passed, at most.
    rejected = [e["fault"] for e in shown.stage.events("rejected")]
    assert 0 < len(rejected) <= 2 * 7 * len(set(rejected))
    assert shown.stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)
