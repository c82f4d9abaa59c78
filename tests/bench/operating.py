"""What an operator waits for: an end after SIGTERM, a scrape."""
import threading
import time
import urllib.request

import process
from corpus import Varied
from kafka import free_port
from throughput import PARTITIONS, Progress, load, start_stage

MANY_PARTITIONS = 100
SCRAPES = 200
ASK_SECONDS = 1  # oftener than Prometheus and a page that is left open


def ask(address, path):
    with urllib.request.urlopen(f"http://{address}{path}", timeout=5) as got:
        return got.read()


def _ask_on(child, address):
    while child.poll() is None:
        try:
            ask(address, "/metrics")
            ask(address, "/api/status")
        except OSError:
            pass  # it does not listen yet, or no longer
        time.sleep(ASK_SECONDS)


def start_shown(program, *where):
    """As start_stage(), scraped and looked at as long as it lives."""
    address = f"127.0.0.1:{free_port()}"
    child = start_stage(program, *where, http_address=address)
    threading.Thread(target=_ask_on, args=(child, address),
                     daemon=True).start()
    return child


def stop_seconds(program, kafka, folder, times):
    """From SIGTERM in the midst of a backlog to the end of the process."""
    seconds = []
    total = 600000
    load(kafka, "backlog", Varied(), total)
    kafka.create_topic("backlog.articles", PARTITIONS)
    for number in range(times):
        group = f"stop-{number}"
        progress = Progress(kafka, group, "backlog")
        child = start_stage(program, kafka, folder, group, "backlog",
                            "backlog.articles", "exactly-once")
        try:
            process.wait_for(lambda: progress.done() > total / 20,
                             "a part of the backlog", every=0.02)
            began = time.monotonic()
            child.terminate()
            if child.wait(30) != 0:
                raise RuntimeError(process.tail(folder / f"{group}.log"))
            seconds.append(time.monotonic() - began)
            if progress.done() >= total:
                raise RuntimeError("it had nothing left to do")
        finally:
            process.stop(child)
            progress.close()
    for topic in ("backlog", "backlog.articles"):
        kafka.admin.delete_topics([topic])[topic].result(20)
    return seconds


def scrape_seconds(program, kafka, folder):
    """([seconds], bytes) of each scrape of a stage with many partitions."""
    kafka.create_topic("wide", MANY_PARTITIONS)
    kafka.create_topic("wide.articles", PARTITIONS)
    address = f"127.0.0.1:{free_port()}"
    child = start_stage(program, kafka, folder, "wide", "wide",
                        "wide.articles", "exactly-once", http_address=address)

    def lags():
        try:
            return ask(address, "/metrics").count(
                b"\nwirestage_partition_lag{") == MANY_PARTITIONS
        except OSError:
            return False

    seconds = []
    try:
        process.wait_for(lags, "the lag of each partition", 30)
        for _ in range(SCRAPES):
            began = time.monotonic()
            size = len(ask(address, "/metrics"))
            seconds.append(time.monotonic() - began)
    finally:
        process.stop(child)
    return sorted(seconds), size
