"""Dead letters through the transform again, after a mend."""
import subprocess
import time

import process
import records
from stage import PROGRAM

DONE, REJECTED, USAGE, OUTSIDE = range(4)
LATIN = "date 2026-03-12 POLITICS\nCaf\xe9 opens\n\nIt is open.\n".encode(
    "latin-1")
BAD_DATE = b"date 2026-02-31 POLITICS\nNo such day\n\nText.\n"


def redrive(pipeline, *words, **settings):
    settings = {
        "bootstrap.servers": pipeline.kafka.bootstrap,
        "group.id": pipeline.group,
        "instance": "d",
        "input.topics": pipeline.input,
        "output.topic": pipeline.output,
        "deadletter.topic": pipeline.deadletters,
        "workers": 1,
    } | {name.replace("_", "."): value for name, value in settings.items()}
    return subprocess.run(
        [PROGRAM, "redrive", *map(str, words),
         *(f"--{k}={v}" for k, v in settings.items())],
        capture_output=True, text=True, timeout=60)


def letters(pipeline):
    return [(records.headers_of(m), m.value()) for m in records.read(
        pipeline.kafka, pipeline.deadletters)]


def articles(pipeline):
    return [records.decode(m.value()) for m in records.read(
        pipeline.kafka, pipeline.output)]


def reject_both(pipeline):
    """One letter that a setting mends, and one that nothing does."""
    for number, value in enumerate((LATIN, BAD_DATE)):
        pipeline.kafka.produce(pipeline.input, value, key=f"story-{number}",
                               headers=[("desk", b"north")])
    stage = pipeline.stage(encoding="reject")
    pipeline.wait_done()
    assert stage.terminate() == 0
    assert not articles(pipeline)
    first = letters(pipeline)
    assert sorted(h["wirestage.fault"] for h, _ in first) == [
        "date-invalid", "encoding"]
    return first


def test_the_mended_is_published_and_the_bad_returns(pipeline):
    first = reject_both(pipeline)
    dry = redrive(pipeline, "--dry-run")
    assert dry.returncode == REJECTED, dry.stderr
    assert "1 article, 1 dead letter (1 date-invalid), 0 skipped" in dry.stdout
    assert not articles(pipeline)

    done = redrive(pipeline)
    assert done.returncode == REJECTED, done.stderr
    (article,) = articles(pipeline)
    assert article["headline"] == "Caf\xe9 opens"
    origin = {h["wirestage.fault"]: h for h, _ in first}["encoding"]
    lineage = article["lineage"]
    assert (f"{lineage['topic']}/{lineage['partition']}/{lineage['offset']}/"
            f"{lineage['part']}") == origin["wirestage.origin"]

    (again, value), = letters(pipeline)[2:]
    assert again["wirestage.fault"] == "date-invalid"
    assert again["wirestage.attempt"] == "2"
    assert again["desk"] == "north"
    assert value == BAD_DATE


def test_only_what_is_asked_for_goes_through(pipeline):
    reject_both(pipeline)
    done = redrive(pipeline, "--reason", "encoding")
    assert done.returncode == DONE, done.stderr
    assert len(articles(pipeline)) == 1
    assert len(letters(pipeline)) == 2


def test_it_ends_after_so_many_attempts(pipeline):
    reject_both(pipeline)
    for _ in range(3):
        done = redrive(pipeline, "--reason", "date-invalid",
                       "--attempts", "3")
        assert done.returncode in (DONE, REJECTED), done.stderr
    attempts = sorted(h["wirestage.attempt"] for h, _ in letters(pipeline)
                      if h["wirestage.fault"] == "date-invalid")
    assert attempts == ["1", "2", "3"]


def test_what_came_back_is_sent_again_and_not_its_first_letter_too(pipeline):
    reject_both(pipeline)
    done = redrive(pipeline, encoding="reject")  # nothing was mended
    assert "0 articles published, 2 dead letters (" in done.stdout
    dry = redrive(pipeline, "--dry-run")
    assert ("1 article, 1 dead letter (1 date-invalid), "
            "2 skipped (2 superseded)" in dry.stdout)
    done = redrive(pipeline)
    assert done.returncode == REJECTED, done.stderr
    assert ("1 article published, 1 dead letter (1 date-invalid), "
            "2 skipped (2 superseded)" in done.stdout)
    assert len(articles(pipeline)) == 1
    assert sorted((h["wirestage.fault"], h["wirestage.attempt"])
                  for h, _ in letters(pipeline)) == [
        ("date-invalid", "1"), ("date-invalid", "2"), ("date-invalid", "3"),
        ("encoding", "1"), ("encoding", "2")]


def test_a_letter_keeps_the_time_and_place_of_its_message(pipeline):
    when_ms = int(time.time() - 3600) * 1000  # retention spares it
    pipeline.audit.send(1, when_ms=when_ms)
    (sent,) = pipeline.audit.sent
    # Rejected since the limit is below any article's length.
    stage = pipeline.stage(input_max_bytes=500)
    pipeline.wait_done()
    assert stage.terminate() == 0
    done = redrive(pipeline)
    assert done.returncode == DONE, done.stderr
    (article,) = articles(pipeline)
    lineage = article["lineage"]
    assert lineage["timestamp"].timestamp() * 1000 == when_ms
    assert (lineage["topic"], lineage["partition"],
            lineage["offset"]) == sent.origin
    (record,) = records.read(pipeline.kafka, pipeline.output)
    assert record.timestamp()[1] == when_ms


def test_killed_it_goes_on_where_it_was(pipeline, tmp_path):
    """Each letter once, although the first process was killed in its midst."""
    pipeline.audit.send(3000)
    stage = pipeline.stage(input_max_bytes=500)
    pipeline.wait_done()
    assert stage.terminate() == 0
    plan = tmp_path / "plan.json"
    plan.write_text(redrive(pipeline, "plan").stdout)
    settings = {"bootstrap.servers": pipeline.kafka.bootstrap,
                "group.id": pipeline.group, "instance": "d",
                "input.topics": pipeline.input,
                "output.topic": pipeline.output,
                "deadletter.topic": pipeline.deadletters, "workers": 1}
    doomed = process.start(
        [PROGRAM, "redrive", "run", "--plan", plan, "--rate", "500",
         *(f"--{k}={v}" for k, v in settings.items())],
        tmp_path / "doomed.log", tmp_path)
    process.wait_for(lambda: pipeline.kafka.count(pipeline.output) > 500,
                     "some of the redrive")
    doomed.kill()
    doomed.wait()
    done = redrive(pipeline, "run", "--plan", plan)
    assert done.returncode == DONE, done.stderr
    origins = [(a["lineage"]["partition"], a["lineage"]["offset"])
               for a in articles(pipeline)]
    assert sorted(origins) == sorted(s.origin[1:] for s in pipeline.audit.sent)
    asked = redrive(pipeline, "status", "--plan", plan)
    assert asked.returncode == DONE and "complete" in asked.stdout


def test_a_plan_redriven_twice_publishes_once(pipeline, tmp_path):
    reject_both(pipeline)
    planned = redrive(pipeline, "plan")
    assert planned.returncode == DONE, planned.stderr
    plan = tmp_path / "plan.json"
    plan.write_text(planned.stdout)
    for _ in range(2):
        done = redrive(pipeline, "run", "--plan", plan)
        assert done.returncode in (DONE, REJECTED), done.stderr
    assert len(articles(pipeline)) == 1
    assert len(letters(pipeline)) == 3


def test_a_reason_that_is_none_is_refused(pipeline):
    done = redrive(pipeline, "--reason", "bad-luck")
    assert done.returncode == USAGE
    assert "bad-luck" in done.stderr


def look(pipeline, *words):
    return subprocess.run(
        [PROGRAM, "deadletters", *words,
         f"--bootstrap.servers={pipeline.kafka.bootstrap}",
         f"--deadletter.topic={pipeline.deadletters}"],
        capture_output=True, text=True, timeout=60)


def test_deadletters_are_counted_listed_and_shown(pipeline):
    first = reject_both(pipeline)
    counted = look(pipeline)
    assert counted.returncode == DONE, counted.stderr
    assert counted.stdout.startswith("2 dead letters in topic ")
    assert "1  date-invalid" in counted.stdout

    origin = {h["wirestage.fault"]: h["wirestage.origin"]
              for h, _ in first}["date-invalid"]
    (line,) = look(pipeline, "--list", "--reason",
                   "date-invalid").stdout.splitlines()
    assert line.startswith(f"date-invalid  {origin}, of ")
    assert line.endswith("attempt 1  key story-1")

    assert not look(pipeline, "--from", "2100-01-01", "--list").stdout
    assert look(pipeline, "--show", "raw/9/9/9").returncode == REJECTED
    assert redrive(pipeline, "--reason", "date-invalid").returncode == REJECTED
    assert ("2  date-invalid, of which a redrive returned 1\n"
            in look(pipeline).stdout)
    shown = look(pipeline, "--show", origin).stdout
    assert "wirestage.fault: date-invalid" in shown
    assert "date 2026-02-31 POLITICS" in shown
