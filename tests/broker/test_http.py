"""What the service shows of itself: metrics, health, a quiet wire, reloads."""
import concurrent.futures
import json
import os
import shutil
import signal
import socket
import subprocess
import time

import articles
import pytest
from confluent_kafka import Producer
from process import ROOT, ask_sanitizer, wait_for
from records import decode, headers_of, read
from shown import Shown, balances, total
from stage import PROGRAM


@pytest.fixture
def shown(pipeline):
    return Shown(pipeline, workers=2).wait_ready()


def test_sums_balance_at_each_scrape_and_lag_ends_at_0(pipeline, shown):
    scrapes = []
    with pipeline.audit.sending(6000, bad=0.05, rate=3000):
        while len(scrapes) < 60:
            scrapes.append(shown.metrics())
            time.sleep(0.02)
    assert all(balances(m) for m in scrapes)
    taken = [total(m, "wirestage_consumed_total") for m in scrapes]
    assert taken == sorted(taken) and taken[-1] > 0
    assert all(number >= 0 for m in scrapes for name, _, number in m
               if name == "wirestage_partition_lag")

    sent = len(pipeline.audit.sent)
    wait_for(lambda: total(shown.metrics(), "wirestage_consumed_total")
             == sent, "all to be counted")
    pipeline.wait_done()
    time.sleep(2.5)  # the ends are asked for once a second
    last = shown.metrics()
    assert total(last, "wirestage_partition_lag") == 0
    ages = [number for name, _, number in last
            if name == "wirestage_partition_lag_age_seconds"]
    assert len(ages) == 6 and max(ages) < 5
    assert total(last, "wirestage_topic_articles_total") == total(
        last, "wirestage_published_total")
    assert total(last, "wirestage_latency_seconds_count") > sent / 20
    timed = {labels["step"]: number for name, labels, number in last
             if name == "wirestage_step_duration_seconds_count"}
    assert set(timed) == {"transform", "tag", "encode"}
    assert timed["transform"] == timed["tag"] >= timed["encode"] > sent / 20
    assert shown.stage.terminate() == 0
    assert shown.stage.totals()["published"] == total(
        last, "wirestage_published_total")


def test_what_may_come_is_there_at_0_before_it_comes(pipeline, shown):
    """Else rate() and increase() miss the first dead letter of a fault."""
    def letters():
        return {labels["fault"]: number for name, labels, number
                in shown.metrics() if labels.get("wire") == pipeline.input
                and name == "wirestage_deadlettered_total"}

    before = letters()
    assert len(before) > 15 and set(before.values()) == {0}
    pipeline.audit.send(300, bad=0.1)
    pipeline.wait_done()
    wait_for(lambda: sum(letters().values()) > 0, "a dead letter")
    assert set(letters()) == set(before)


def test_a_stage_that_catches_up_tells_how_far_it_is(pipeline):
    """Its input is never dry, so it has no idle moment to tell it in."""
    pipeline.audit.send(12000)
    shown = Shown(pipeline, rate_max=1500, quiet_after_ms=60000).wait_ready()

    def lag():
        return total(shown.metrics(), "wirestage_partition_lag")

    lags = [wait_for(lag, "a lag", 5)]
    while lags[-1] > 2000:
        time.sleep(0.5)
        lags.append(lag())
        code, _, text = shown.get("/readyz")
        assert (code, text) == (200, '{"ready":true,"reasons":[]}\n')
    assert len(set(lags)) >= 4 and lags == sorted(lags, reverse=True)


def test_a_backlog_is_read_from_all_partitions(pipeline):
    """Its batches are of a megabyte, and a response holds few of them."""
    pipeline.audit.send(48000)
    shown = Shown(pipeline, rate_max=10000).wait_ready()

    def offsets():
        return [number for name, _, number in shown.metrics()
                if name == "wirestage_partition_next_offset"]

    wait_for(lambda: sum(offsets()) > 32000, "two thirds of it", 60)
    assert min(offsets()) > 500


def test_lag_is_0_behind_control_records(pipeline, shown):
    """The last offset of a transaction holds its mark, and no message."""
    producer = Producer({"bootstrap.servers": pipeline.kafka.bootstrap,
                         "transactional.id": f"{pipeline.name}-sender"})
    producer.init_transactions(10)
    producer.begin_transaction()
    for partition in range(6):
        producer.produce(pipeline.input, b"x", partition=partition)
    producer.commit_transaction(10)
    wait_for(lambda: total(shown.metrics(), "wirestage_consumed_total") == 6,
             "the six messages")
    wait_for(lambda: sum(
        number == 2 for name, _, number in shown.metrics()
        if name == "wirestage_partition_next_offset") == 6, "the marks' end")
    assert total(shown.metrics(), "wirestage_partition_lag") == 0


@pytest.mark.skipif(not shutil.which("promtool") and not os.environ.get("CI"),
                    reason="PROMTOOL IS NOT THERE")
def test_promtool_finds_nothing_to_complain_of(pipeline, shown):
    pipeline.audit.send(500, bad=0.1)
    pipeline.wait_done()
    time.sleep(1.2)
    text = shown.get("/metrics")[2]
    assert 'wirestage_published_total{wire="' in text
    assert "wirestage_wire_silence_seconds{" in text
    checked = subprocess.run(["promtool", "check", "metrics"], input=text,
                             text=True, capture_output=True)
    assert (checked.returncode, checked.stderr + checked.stdout) == (0, "")


def test_openmetrics_is_given_to_whom_accepts_it(shown):
    _, headers, text = shown.get(
        "/metrics", Accept="application/openmetrics-text;version=1.0.0,"
        "text/plain;version=0.0.4;q=0.5")
    assert headers["Content-Type"].startswith("application/openmetrics-text")
    assert text.endswith("# EOF\n")
    assert "# TYPE wirestage_gaps counter\n" in text
    assert "\nwirestage_gaps_total 0\n" in text
    _, headers, text = shown.get("/metrics", Accept="text/plain")
    assert "version=0.0.4" in headers["Content-Type"]
    assert "# TYPE wirestage_gaps_total counter\n" in text
    assert "# EOF" not in text


def test_readiness_is_the_groups(pipeline):
    """Before the broker has assigned anything it is not ready, and says why;
    then it is; and while it ends it is not."""
    shown = Shown(pipeline)
    wait_for(shown.answers, "an answer")
    code, _, text = shown.get("/readyz")
    if code != 200:  # the group may have been quick
        assert code == 503 and "no assignment yet" in text
    shown.wait_ready()
    assert json.loads(shown.get("/readyz")[2]) == {
        "ready": True, "reasons": []}
    asked = subprocess.run(
        [PROGRAM, "health", f"--http.address={shown.address}"],
        capture_output=True, text=True)
    assert asked.returncode == 0 and '"ready":true' in asked.stdout
    assert shown.stage.terminate() == 0
    for option in ([], ["--live"]):
        asked = subprocess.run(
            [PROGRAM, "health", f"--http.address={shown.address}", *option],
            capture_output=True, text=True)
        assert asked.returncode == 3 and shown.address in asked.stderr


@pytest.mark.parametrize("rebalance", ["cooperative", "eager", "consumer"])
def test_workers_are_ready_for_whom_no_partition_is_left(pipeline, rebalance):
    shown = Shown(pipeline, workers=8, rebalance=rebalance).wait_ready()
    # While they change hands, one may still be shown at who had it.
    wait_for(lambda: sorted(each["partition"] for each
                            in shown.status()["partitions"]) == [*range(6)],
             "each partition to be some worker's")
    wait_for(shown.is_ready, "all workers to be ready")


# A consumer that is not let in again, as where librdkafka has lost every broker,
# is renewed after a minute.
RENEWED_S = 90


def test_brokers_that_stop_make_it_unready_and_not_dead(alone):
    shown = Shown(alone, transaction_timeout_ms=30000).wait_ready()
    with alone.audit.sending(2000, rate=1000, idempotent=True):
        alone.wait_published(500)
        alone.kafka.process.send_signal(signal.SIGSTOP)
        try:
            why = wait_for(lambda: json.loads(
                shown.get("/readyz")[2])["reasons"], "a reason", 40)
            assert "worker 0" in why[0]
            assert shown.get("/livez")[0] == 200
        finally:
            alone.kafka.process.send_signal(signal.SIGCONT)
    wait_for(shown.is_ready, "to be ready again", RENEWED_S)
    # As long as a transaction may take, where librdkafka has lost every broker.
    alone.wait_done(60)
    assert shown.stage.terminate() == 0
    # That nothing is doubled either is test_standstill.py's affair.
    result = alone.audit.check()
    assert result.lost_none, str(result)


def test_idle_under_brokers_that_stop_it_is_unready(alone):
    """With nothing under way it is the group that it misses."""
    shown = Shown(alone).wait_ready()
    # A member in peace: what is under way when one joins ends otherwise.
    alone.audit.send(100)
    alone.wait_done()
    alone.kafka.process.send_signal(signal.SIGSTOP)
    try:
        why = wait_for(lambda: json.loads(
            shown.get("/readyz")[2])["reasons"], "a reason", 15)
        assert f"it is not in group {alone.group}" in why[0]
    finally:
        alone.kafka.process.send_signal(signal.SIGCONT)
    wait_for(shown.is_ready, "to be ready again", RENEWED_S)


def test_a_quiet_wire_is_said_and_heard_again(pipeline):
    shown = Shown(pipeline, quiet_after_ms=f"{pipeline.input}:2500")
    shown.wait_ready()
    pipeline.audit.send(100)
    wait_for(lambda: total(shown.metrics(), "wirestage_consumed_total") == 100,
             "the articles")
    assert total(shown.metrics(), "wirestage_wire_quiet") == 0
    event = shown.stage.wait_for_event("quiet")
    assert event["topic"] == pipeline.input
    assert 2500 < int(event["silent_ms"]) < 6000
    metrics = shown.metrics()
    assert total(metrics, "wirestage_wire_quiet") == 1
    assert total(metrics, "wirestage_wire_quiet_after_seconds") == 2.5
    assert shown.status()["wires"][0]["quiet"]
    pipeline.audit.send(100, seed=1)
    shown.stage.wait_for_event("heard")
    assert total(shown.metrics(), "wirestage_wire_quiet") == 0


VOCABULARY = {"version": "desk-2", "topics": [
    {"code": "HARBOUR", "label": "harbour", "aliases": ["POLITICS"]}]}


def test_sighup_takes_a_new_vocabulary_and_refuses_a_bad_one(
        pipeline, tmp_path):
    path = tmp_path / "topics.json"
    config = tmp_path / "stage.properties"
    path.write_text(json.dumps(VOCABULARY | {"version": "desk-1"}))
    config.write_text("log.level=info\n")
    shown = Shown(pipeline, vocabulary=path, config=config)
    shown.wait_ready()
    pipeline.audit.send(100)
    wait_for(lambda: total(shown.metrics(), "wirestage_consumed_total") == 100,
             "the articles")

    path.write_text(json.dumps(VOCABULARY))
    config.write_text("log.level=debug\ncommit.messages=7\n")
    shown.stage.signal(signal.SIGHUP)
    wait_for(lambda: shown.status()["process"]["vocabulary"] == "desk-2",
             "the new vocabulary")
    assert "commit.messages" in [e.get("setting") for e
                                 in shown.stage.events("reload")]

    path.write_text('{"version": "desk-3", "topics": [{}]}')
    shown.stage.signal(signal.SIGHUP)
    wait_for(lambda: any(e.get("result") == "refused"
                         for e in shown.stage.events("reload")),
             "a refusal")
    assert shown.status()["process"]["vocabulary"] == "desk-2"
    assert any(str(path) in e.get("text", "")
               for e in shown.stage.events("reload"))
    reloads = {labels["result"]: number for name, labels, number
               in shown.metrics() if name == "wirestage_reloads_total"}
    assert reloads == {"done": 1, "refused": 1}

    pipeline.audit.send(200, seed=1)
    pipeline.wait_done()
    assert shown.stage.terminate() == 0
    assert pipeline.audit.check().exact
    versions = {decode(message.value())["lineage"]["vocabulary"]
                for message in read(pipeline.kafka, pipeline.output)}
    assert versions == {"desk-1", "desk-2"}


def test_a_storm_of_sighups_harms_nothing(pipeline, shown):
    with pipeline.audit.sending(4000, bad=0.02, rate=2500):
        for _ in range(200):
            shown.stage.signal(signal.SIGHUP)
            time.sleep(0.01)
    pipeline.wait_done()
    assert total(shown.metrics(), "wirestage_reloads_total") >= 10
    assert shown.stage.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)


def test_only_what_is_there_is_given(shown):
    assert shown.get("/")[1]["Content-Type"] == "text/html; charset=utf-8"
    policy = shown.get("/")[1]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    page = (ROOT / "stage/http/page.html").read_text()
    assert shown.get("/")[2] == page
    code, headers, body = shown.get("/metrics", method="HEAD")
    assert (code, body) == (200, "") and int(headers["Content-Length"]) > 0
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "BREW"):
        code, headers, _ = shown.get("/metrics", method=method)
        assert (code, headers["Allow"]) == (405, "GET, HEAD")
    for path in ("/nothing", "/../etc/passwd", "/%01", "/metrics/",
                 "/" + "a" * 8000):
        assert shown.get(path)[0] == 404


def _talk(port, data, seconds=2):
    """All that is answered to data, before the end or the time is over."""
    with socket.create_connection(("127.0.0.1", port), 5) as talk:
        talk.settimeout(seconds)
        got = b""
        try:
            talk.sendall(data)
            while more := talk.recv(65536):
                got += more
        except OSError:
            pass
        return got


def test_hostile_heads_are_refused(shown):
    big = b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-A: " + b"b" * (1 << 20)
    assert b"200 OK" not in _talk(shown.port, big)
    many = b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200000
    assert b"200 OK" not in _talk(shown.port, many)
    for noise in (b"\x00\xff" * 5000, b"GET\r\n\r\n", b"\r\n" * 9000,
                  b"GET / HTTP/9.9\r\n\r\n", b"G" * 70000):
        assert b"200 OK" not in _talk(shown.port, noise, 0.3)
    assert shown.get("/livez")[0] == 200


def test_a_thousand_slow_clients_keep_nobody_out(pipeline, monkeypatch):
    # What the stage has freed is not to count as its memory.
    ask_sanitizer(monkeypatch, "quarantine_size_mb=8")
    shown = Shown(pipeline, workers=2).wait_ready()
    clients = []
    try:
        with pipeline.audit.sending(4000, rate=2000):
            for _ in range(1000):
                client = socket.create_connection(
                    ("127.0.0.1", shown.port), 5)
                client.sendall(b"GET / HTTP/1.1\r\nHost: ")
                clients.append(client)
                if len(clients) % 100 == 0:
                    assert shown.get("/livez")[0] == 200
            assert balances(shown.metrics())
        pipeline.wait_done()
        memory = shown.status()["process"]["memory"]
        assert memory < 200 << 20
    finally:
        for client in clients:
            client.close()
    assert len(shown.stage.events("http-crowded")) == 1
    assert shown.stage.terminate() == 0
    assert pipeline.audit.check().exact


def test_many_scrapes_hold_up_no_worker(pipeline, shown):
    def scrape(_):
        return balances(shown.metrics())

    with (pipeline.audit.sending(6000, rate=3000),
          concurrent.futures.ThreadPoolExecutor(4) as pool):
        assert all(pool.map(scrape, range(400)))
    pipeline.wait_done()
    assert shown.stage.terminate() == 0
    assert pipeline.audit.check().exact


def test_an_address_in_use_is_said(pipeline):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        stage = pipeline.stage(http_address=address)
        assert stage.wait(30) == 2
    assert any(address in e.get("text", "") for e in stage.events("failed"))


def test_traceparent_passes(pipeline, shown):
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    producer = Producer({"bootstrap.servers": pipeline.kafka.bootstrap})
    producer.produce(pipeline.input, articles.good(1, "a", 1), b"a",
                     headers={"traceparent": trace, "secret": "x"})
    producer.flush(10)
    pipeline.wait_done()
    [article] = read(pipeline.kafka, pipeline.output)
    assert headers_of(article)["traceparent"] == trace
    assert "secret" not in headers_of(article)
