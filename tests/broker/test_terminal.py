"""send, tail and check: what a person types beside the service."""
import json
import random
import signal
import subprocess

import process
import pytest
from stage import PROGRAM

SAMPLES = process.ROOT / "samples"
GOOD = ["budget-vote.txt", "court-ruling.txt", "cup-final.txt",
        "harbour-merger.txt", "river-flood.txt"]


def wirestage(kafka, *arguments, **more):
    return subprocess.run(
        [PROGRAM, arguments[0], f"--bootstrap.servers={kafka.bootstrap}",
         *arguments[1:]], capture_output=True, text=True, timeout=60, **more)


@pytest.fixture
def topics(kafka, request):
    """A raw, an articles and a dead-letter topic of the test's own."""
    name = request.node.name.replace("_", "-").replace("[", "-").strip("]")
    made = {"input.topics": f"{name}.raw", "output.topic": f"{name}.articles",
            "deadletter.topic": f"{name}.dead"}
    for topic in made.values():
        kafka.create_topic(topic, partitions=3)
    return made


@pytest.fixture
def articles(kafka, topics):
    """The good samples, sent and made into articles."""
    sent = wirestage(kafka, "send", f"--input.topics={topics['input.topics']}",
                     *(str(SAMPLES / name) for name in GOOD))
    assert (sent.returncode, sent.stderr) == (0, "")
    assert sent.stdout == f"5 of 5 sent to topic {topics['input.topics']}\n"
    flags = [f"--{key}={value}" for key, value in topics.items()]
    with subprocess.Popen(
            [PROGRAM, "run", f"-b{kafka.bootstrap}", "--workers=1",
             f"--group.id={topics['input.topics']}", *flags],
            stderr=subprocess.DEVNULL) as stage:
        try:
            process.wait_for(
                lambda: kafka.is_consumed(topics["input.topics"],
                                          topics["input.topics"]),
                "the samples to be taken", 30)
        finally:
            stage.terminate()
    return topics["output.topic"]


def tail(kafka, topic, *arguments):
    return wirestage(kafka, "tail", f"--output.topic={topic}", "--from",
                     "beginning", "--exit", *arguments)


def test_tail_shows_one_readable_line_an_article(kafka, articles):
    shown = tail(kafka, articles)
    assert (shown.returncode, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert len(lines) == 5
    [line] = [line for line in lines if "Varenna" in line]
    time, topics, headline, origin = line.split("  ")
    assert time.endswith("Z")
    assert topics == "POLITICS"
    assert headline == "Varenna parliament passes budget after night of talks"
    assert origin.split("/")[0] == articles.replace(".articles", ".raw")


def test_tail_filters_by_topic(kafka, articles):
    shown = tail(kafka, articles, "--topic", "world,sport")
    assert sorted(line.split("  ")[1] for line in shown.stdout.splitlines()) \
        == ["SPORT", "WEATHER,WORLD"]


def test_tail_gives_whole_articles_as_json(kafka, articles):
    shown = tail(kafka, articles, "--json")
    found = [json.loads(line) for line in shown.stdout.splitlines()]
    assert {article["topics"][0] for article in found} == {
        "POLITICS", "CRIME", "SPORT", "BUSINESS", "WEATHER"}
    pretty = tail(kafka, articles, "--pretty", "-n", "1")
    assert json.loads(pretty.stdout) in found


def test_tail_starts_at_a_time(kafka, articles):
    for time, count in ("2001-01-01T00:00:00Z", 5), ("2199-01-01T00:00:00Z", 0):
        shown = wirestage(kafka, "tail", f"--output.topic={articles}", "--exit",
                          "--from", time)
        assert len(shown.stdout.splitlines()) == count


def test_tail_follows_until_it_is_interrupted(kafka, topics):
    with subprocess.Popen(
            [PROGRAM, "tail", f"-b{kafka.bootstrap}",
             f"--output.topic={topics['output.topic']}"],
            stdout=subprocess.PIPE, text=True) as following:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                following.wait(2)
        finally:
            following.send_signal(signal.SIGINT)
        assert following.wait(10) == 0
        assert following.stdout.read() == ""


def test_tail_names_what_is_no_article(kafka, topics):
    topic = topics["output.topic"]
    wirestage(kafka, "send", "--topic", topic, input="no Avro")
    shown = tail(kafka, topic)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr.endswith(
        "/0 is no article of this version's schema\n")


@pytest.mark.parametrize("command", [["send", "-"], ["tail"]])
def test_missing_topic_is_said(kafka, command):
    flag = {"send": "--input.topics", "tail": "--output.topic"}[command[0]]
    done = wirestage(kafka, *command, f"{flag}=no.such", input="a")
    assert done.returncode == 3
    [why, hint] = done.stderr.splitlines()
    assert "no.such" in why
    assert "nknown" in why
    assert hint.startswith("Try 'wirestage check'")


@pytest.mark.parametrize("ending, said", [
    ("[.]raw$", "ok       input.topics={}: 1 topics"),
    ("[.]none", "careful  input.topics={} fits no topic yet; "),
], ids=["one", "none"])
def test_check_counts_the_topics_that_fit(kafka, topics, ending, said):
    pattern = "^" + topics["input.topics"].removesuffix(".raw") + ending
    checked = wirestage(kafka, "check", *(
        f"--{key}={value}"
        for key, value in (topics | {"input.topics": pattern}).items()))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "\n" + said.format(pattern) in checked.stdout


def test_send_names_each_file_that_failed(kafka, topics, tmp_path):
    large = tmp_path / "large.txt"
    large.write_bytes(random.Random(1).randbytes(3_000_000))
    sent = wirestage(kafka, "send", f"--input.topics={topics['input.topics']}",
                     str(SAMPLES / GOOD[0]), str(large), "no/such/file")
    assert sent.returncode == 3
    assert sent.stdout.startswith("1 of 3 sent")
    failed = sorted(sent.stderr.splitlines())
    assert len(failed) == 2
    assert str(large) in failed[0]
    assert "too large" in failed[0]
    assert failed[1] == "wirestage: no/such/file: No such file or directory"


def test_absent_brokers_are_said():
    done = subprocess.run(
        [PROGRAM, "tail", "-b127.0.0.1:1"],
        capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert done.stderr.startswith(
        "wirestage: no broker at 127.0.0.1:1 tells of topic articles")
