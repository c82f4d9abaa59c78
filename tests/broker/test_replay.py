"""Any span of the raw topics again: planned, bounded, resumed, compared."""
import json
import signal
import socket
import subprocess
import time
from datetime import datetime, timedelta, timezone

import fastavro
import process
import pytest
import records
from audit import Audit
from shown import Window, total
from stage import PROGRAM

DONE, REJECTED, USAGE, OUTSIDE = range(4)


class Replay:
    """`wirestage replay` on one pipeline's topics."""

    def __init__(self, pipeline, folder):
        self.pipeline, self.folder = pipeline, folder
        self.into = f"{pipeline.name}.again"
        self.letters = f"{pipeline.name}.again-letters"
        pipeline.kafka.create_topic(self.into, 3)
        pipeline.kafka.create_topic(self.letters, 1)
        self.audit = Audit(pipeline.kafka, pipeline.input, self.into,
                           self.letters)
        self.audit.sent = pipeline.audit.sent
        self.processes = []

    def command(self, *words, **settings):
        settings = {
            "bootstrap.servers": self.pipeline.kafka.bootstrap,
            "group.id": self.pipeline.group,
            "instance": "r",
            "input.topics": self.pipeline.input,
            "output.topic": self.pipeline.output,
            "deadletter.topic": self.letters,
            "workers": 1,
            "consumer.session.timeout.ms": 4000,
            "consumer.heartbeat.interval.ms": 500,
        } | {name.replace("_", "."): value
             for name, value in settings.items()}
        return [PROGRAM, "replay", *map(str, words),
                *(f"--{k}={v}" for k, v in settings.items())]

    def run(self, *words, **settings):
        return subprocess.run(self.command(*words, **settings),
                              capture_output=True, text=True, timeout=90)

    def plan(self, *words):
        done = self.run("plan", *words)
        assert done.returncode == DONE, done.stderr
        path = self.folder / "plan.json"
        path.write_text(done.stdout)
        return path, json.loads(done.stdout), done.stderr

    def start(self, *words, **settings):
        started = process.start(self.command(*words, **settings),
                                self.folder / f"r{len(self.processes)}.log",
                                self.folder)
        self.processes.append(started)
        return started

    def release(self):
        for started in self.processes:
            if started.poll() is None:
                started.kill()
                started.wait()


@pytest.fixture
def replay(pipeline, tmp_path):
    made = Replay(pipeline, tmp_path)
    yield made
    made.release()


def test_a_topic_once_more_is_exact(pipeline, replay):
    pipeline.audit.send(3000, bad=0.01)
    path, plan, _ = replay.plan()
    assert plan["estimate"]["messages"] == 3000
    pipeline.audit.sent = list(pipeline.audit.sent)
    done = replay.run("run", "--plan", path, "--into", replay.into)
    assert done.returncode == REJECTED, done.stderr
    result = replay.audit.check()
    assert result.exact, str(result)
    # Again, it has nothing left to do.
    done = replay.run("run", "--plan", path, "--into", replay.into)
    assert done.returncode == DONE, done.stderr
    assert "0 messages taken" in done.stdout
    asked = replay.run("status", "--plan", path)
    assert asked.returncode == DONE and "complete" in asked.stdout


def test_killed_and_helped_it_goes_on_where_it_was(pipeline, replay):
    pipeline.audit.send(20000, bad=0.01)
    path, _, _ = replay.plan()
    how = ("run", "--plan", path, "--into", replay.into)
    first = replay.start(*how, rate_max=8000, instance="a")
    process.wait_for(lambda: pipeline.kafka.count(replay.into) > 2000,
                     "some of the replay")
    first.kill()
    first.wait()
    second = replay.start(*how, instance="a")
    third = replay.start(*how, instance="b")
    assert second.wait(60 * process.PATIENCE) in (DONE, REJECTED)
    assert third.wait(60 * process.PATIENCE) in (DONE, REJECTED)
    result = replay.audit.check()
    assert result.exact, str(result)
    # The live service is where it was.
    assert not pipeline.kafka.committed(pipeline.group)


def test_how_far_it_is_can_be_seen(pipeline, replay):
    pipeline.audit.send(12000, bad=0.01)
    path, _, _ = replay.plan()
    window = Window()
    running = replay.start("run", "--plan", path, "--into", replay.into,
                           rate_max=3000, http_address=window.address)
    process.wait_for(window.answers, "an answer")
    seen = process.wait_for(
        lambda: 0 < window.status()["replay"]["done"] < 12000
        and window.status()["replay"]["per_second"], "some of it to be done")
    assert 0 < seen < 12000
    metrics = window.metrics()
    assert total(metrics, "wirestage_replay_offsets") == 12000
    assert 0 < total(metrics, "wirestage_replay_done_offsets") < 12000
    # What is long over makes no wire late, nor heard.
    assert total(metrics, "wirestage_latency_seconds_count") == 0
    assert not [name for name, _, _ in metrics if "lag" in name
                or "silence" in name]
    shown = window.status()
    assert shown["replay"]["total"] == 12000 and shown["reasons"] == []
    assert len(shown["replay"]["partitions"]) == 6
    assert sum(p["lag"] or 0 for p in shown["partitions"]) <= 12000
    assert running.wait(60) == REJECTED
    assert replay.audit.check().exact


def test_an_address_in_use_stops_no_replay(pipeline, replay):
    pipeline.audit.send(100)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = replay.run("--into", replay.into, http_address=address)
    assert done.returncode == DONE, done.stderr
    assert address in done.stderr
    assert replay.audit.check().exact


def test_killed_and_back_it_does_not_wait_for_its_own_session(pipeline, replay):
    pipeline.audit.send(6000)
    path, _, _ = replay.plan()
    how = ("run", "--plan", path, "--into", replay.into)
    long = {"consumer.session.timeout.ms": 300_000}
    first = replay.start(*how, "--rate", 3000, **long)
    process.wait_for(lambda: pipeline.kafka.count(replay.into) > 1000,
                     "some of the replay")
    first.kill()
    first.wait()
    assert replay.start(*how, **long).wait(60) == DONE
    result = replay.audit.check()
    assert result.exact, str(result)


def test_a_span_by_time(pipeline, replay):
    now = datetime.now(timezone.utc).replace(microsecond=0)
    times = [now - timedelta(minutes=m) for m in (50, 40, 30)]
    for when in times:
        pipeline.audit.send(300, when_ms=int(when.timestamp() * 1000))
    between = [(t - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
               for t in times[1:]]
    done = replay.run("--from", between[0], "--to", between[1],
                      "--into", replay.into)
    assert done.returncode == DONE, done.stderr
    result = replay.audit.check(only=lambda sent: 300 <= sent.number < 600)
    assert result.exact, str(result)


def test_chosen_partitions_alone(pipeline, replay):
    pipeline.audit.send(600)
    done = replay.run("--partitions", "1,4-5", "--into", replay.into)
    assert done.returncode == DONE, done.stderr
    result = replay.audit.check(
        only=lambda sent: sent.origin[1] in (1, 4, 5))
    assert result.exact, str(result)


def test_what_retention_took_is_said(pipeline, replay):
    pipeline.audit.send(1200)
    pipeline.kafka.delete_records(pipeline.input, 2, 50)
    _, plan, remarks = replay.plan("--from", "0")
    assert "retention has deleted" in remarks
    assert plan["estimate"]["messages"] == 1150
    assert [p["start"] for p in plan["partitions"]] == [0, 0, 50, 0, 0, 0]


def test_an_end_that_has_not_come_is_said(pipeline, replay):
    pipeline.audit.send(60)
    tomorrow = datetime.now(timezone.utc) + timedelta(days=1)
    _, plan, remarks = replay.plan("--to", f"{tomorrow:%Y-%m-%d}")
    assert "what is written from now on is not in the plan" in remarks
    assert plan["remarks"] and plan["estimate"]["messages"] == 60
    assert plan["transactional_id_prefix"] == plan["group"] + "-"
    _, plan, remarks = replay.plan("--from", f"{tomorrow:%Y-%m-%d}")
    assert "the span is empty" in remarks
    assert plan["estimate"]["messages"] == 0


def test_it_ends_where_the_last_offsets_hold_no_message(pipeline, replay):
    """A transaction's own marker is the last offset of its partition."""
    pipeline.audit.send(300)
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0
    done = replay.run("--topic", pipeline.output, "--into", replay.into,
                      format="wire-text")
    # Avro is no wire text: each is a dead letter, and it ends all the same.
    assert done.returncode == REJECTED, done.stderr
    assert "300 messages taken" in done.stdout


def test_a_dry_run_is_the_same_each_time_and_as_published(pipeline, replay,
                                                          tmp_path):
    pipeline.audit.send(900, bad=0.02)
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0
    path, _, _ = replay.plan()
    files = [tmp_path / "one.avro", tmp_path / "two.avro"]
    for file in files:
        done = replay.run("run", "--plan", path, "--dry-run", "--out", file)
        assert done.returncode == REJECTED, done.stderr
    assert files[0].read_bytes() == files[1].read_bytes()

    def place(article):
        lineage = article["lineage"]
        return (lineage["topic"], lineage["partition"], lineage["offset"],
                lineage["part"])

    with open(files[0], "rb") as file:
        dry = list(fastavro.reader(file))
    published = [records.decode(m.value()) for m in records.read(
        pipeline.kafka, pipeline.output)]
    assert [place(a) for a in dry] == sorted(place(a) for a in dry)
    assert dry == sorted(published, key=place)


def test_the_same_versions_give_the_same_records(pipeline, replay):
    """Key, value and headers, byte for byte, of articles and of letters."""
    pipeline.audit.send(500, bad=0.05)
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0
    assert replay.run("--into", replay.into).returncode == REJECTED

    def found(topic, *but):
        return sorted((dict(m.headers())["wirestage.origin"], m.key(),
                       m.value(), [h for h in m.headers() if h[0] not in but])
                      for m in records.read(pipeline.kafka, topic))

    assert found(pipeline.output) == found(replay.into)
    # A letter tells who wrote it.
    names = ["__connect.errors.connector.name", "__connect.errors.task.id"]
    assert found(pipeline.deadletters, *names) == found(replay.letters, *names)


def changed_vocabulary(path):
    """POLITICS is GOVERNMENT now, and SPORT is no topic any more."""
    vocabulary = json.loads(
        (process.ROOT / "schemas/topics.json").read_text())
    vocabulary["version"] = "2"
    topics = [topic for topic in vocabulary["topics"]
              if topic["code"] != "SPORT" and topic.get("parent") != "SPORT"]
    for topic in topics:
        if topic["code"] == "POLITICS":
            topic["code"] = "GOVERNMENT"
            topic["aliases"].append("POLITICS")
        if topic.get("parent") == "POLITICS":
            topic["parent"] = "GOVERNMENT"
    path.write_text(json.dumps(vocabulary | {"topics": topics}))
    return path


def test_diff_tells_what_a_new_vocabulary_does_to_old_news(pipeline, replay,
                                                           tmp_path):
    """As an operator would ask before changing it: two dry runs of a plan."""
    pipeline.audit.send(400, bad=0.05)
    good = [sent.number for sent in pipeline.audit.sent if not sent.bad]
    politics, _, sport, _ = (
        sum(number % 4 == topic for number in good) for topic in range(4))
    path, _, _ = replay.plan()
    vocabulary = changed_vocabulary(tmp_path / "topics.json")
    before, after = tmp_path / "before.avro", tmp_path / "after.avro"
    for file, more in (before, {}), (after, {"vocabulary": vocabulary}):
        done = replay.run("run", "--plan", path, "--dry-run", "--out", file,
                          **more)
        assert done.returncode == REJECTED, done.stderr

    told = subprocess.run([PROGRAM, "diff", before, after],
                          capture_output=True, text=True, timeout=60)
    assert told.returncode == REJECTED, told.stderr
    table = told.stdout.split("went from them (-)\n")[1].split("\n\n")[0]
    assert [line.split() for line in table.splitlines()] == [
        [f"+{politics}", "GOVERNMENT"], [f"-{politics}", "POLITICS"],
        [f"-{sport}", "SPORT"]]

    done = subprocess.run([PROGRAM, "diff", "--json", before, after],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == REJECTED, done.stderr
    found = json.loads(done.stdout)
    assert found["topics"] == [
        {"topic": "GOVERNMENT", "came": politics, "went": 0},
        {"topic": "POLITICS", "came": 0, "went": politics},
        {"topic": "SPORT", "came": 0, "went": sport}]
    assert {row["field"]: row["changed"] for row in found["fields"]} == {
        "topics": politics + sport, "subjects": politics + sport,
        "warnings": sport}
    assert (found["equal"], found["changed"], found["onlyBefore"],
            found["onlyAfter"]) == (
                len(good) - politics - sport, politics + sport, 0, 0)
    assert [found[side]["versions"]["vocabulary"]
            for side in ("before", "after")] == ["1", "2"]
    # Kafka has heard nothing of it.
    for topic in pipeline.output, pipeline.deadletters, replay.letters:
        assert not records.read(pipeline.kafka, topic)


def test_sigterm_stops_it_and_it_says_how_to_go_on(pipeline, replay):
    pipeline.audit.send(3000)
    path, _, _ = replay.plan()
    started = replay.start("run", "--plan", path, "--into", replay.into,
                           "--rate", 1000)
    process.wait_for(lambda: pipeline.kafka.count(replay.into) > 300,
                     "some of the replay")
    started.send_signal(signal.SIGTERM)
    assert started.wait(20) == OUTSIDE
    assert "run the same plan again" in (
        replay.folder / "r0.log").read_text()
    done = replay.run("run", "--plan", path, "--into", replay.into)
    assert done.returncode == DONE, done.stderr
    result = replay.audit.check()
    assert result.exact, str(result)


def test_a_rate_holds_for_the_plan_and_for_a_dry_run(pipeline, replay):
    pipeline.audit.send(90)
    path, plan, _ = replay.plan("--rate", "30")
    assert plan["estimate"]["seconds"] == 3
    began = time.monotonic()
    done = replay.run("run", "--plan", path, "--dry-run", "--rate", 30,
                      "--out", replay.folder / "slow.avro")
    assert done.returncode == DONE, done.stderr
    assert time.monotonic() - began > 2


def test_a_dry_run_ends_by_a_signal(pipeline, replay):
    pipeline.audit.send(90)
    out = replay.folder / "cut.avro"
    started = replay.start("--dry-run", "--rate", 1, "--out", out)
    process.wait_for(out.exists, "the file")
    started.send_signal(signal.SIGINT)
    assert started.wait(20) == -signal.SIGINT


def test_in_place_goes_into_the_live_topic_and_says_what_that_means(
        pipeline, replay):
    pipeline.audit.send(100)
    done = replay.run("--into", pipeline.output)
    assert done.returncode == USAGE
    assert "--in-place" in done.stderr
    done = replay.run("--in-place")
    assert done.returncode == DONE, done.stderr
    assert "wirestage.origin" in done.stderr
    assert len(records.read(pipeline.kafka, pipeline.output)) == 100


@pytest.mark.parametrize("words, said", [
    ((), "--into=TOPIC"),
    (("--into=x", "--in-place"), "one of"),
    (("--into=x", "--rate=fast"), "--rate"),
    (("--dry-run",), "wants --out"),
    (("--into=x", "--from=yesterday"), "RFC 3339"),
    (("nonsense", "--into=x"), "plan, run or status"),
    (("--into=x", "--topic=no.such"), "no topic no.such"),
    (("--into=x", "--partitions=1-"), "no list"),
])
def test_a_request_that_makes_no_sense(pipeline, replay, words, said):
    done = replay.run(*words)
    assert done.returncode in (USAGE, OUTSIDE)
    assert said in done.stderr
