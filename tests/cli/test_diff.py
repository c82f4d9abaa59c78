"""wirestage diff: two files of articles, and what they say differently."""
import json
import os
import pty
import re
import subprocess
import threading
import time

import fastavro
import pytest
from test_cli import GOOD, PROGRAM, ROOT, wirestage

NAMES = ["budget-vote.txt", "court-ruling.txt", "cup-final.txt",
         "harbour-merger.txt", "river-flood.txt"]
SAMPLES = [f"samples/{name}" for name in NAMES]
COUNCIL = {"version": "7", "topics": [
    {"code": "COUNCIL", "label": "council",
     "aliases": ["POLITICS"]},
    {"code": "SPORT", "label": "sport", "medtop": "medtop:15000000"}]}


def make(path, *names, **more):
    done = wirestage("transform", "--avro", path, *names, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The samples by the vocabulary of the program, and by another."""
    folder = tmp_path_factory.mktemp("diff")
    (folder / "own.json").write_text(json.dumps(COUNCIL))
    return (make(folder / "before.avro", *SAMPLES),
            make(folder / "after.avro", f"--vocabulary={folder}/own.json",
                 *SAMPLES))


def records(path):
    with path.open("rb") as file:
        return list(fastavro.reader(file))


def rewrite(path, articles, **options):
    """A file by another writer, of the same schema."""
    schema = fastavro.parse_schema(
        json.loads((ROOT / "schemas/article.avsc").read_text()))
    with path.open("wb") as file:
        fastavro.writer(file, schema, articles, **options)
    return path


def as_json(*arguments, status=1):
    done = wirestage("diff", "--json", *arguments)
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)


def test_equal_files_are_said_to_be(files):
    done = wirestage("diff", files[0], files[0])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"before  {files[0]}: 5 articles; transform 1, vocabulary 1\n"
        f"after   {files[0]}: 5 articles; transform 1, vocabulary 1\n\n"
        "         5  equal\n         0  changed\n"
        "         0  only in before\n         0  only in after\n"
        .replace("transform 1", "transform "
                 + records(files[0])[0]["lineage"]["transform"]))


def test_topics_that_came_and_went_are_told(files):
    done = wirestage("diff", *files)
    assert (done.returncode, done.stderr) == (1, "")
    text = done.stdout
    assert re.search(r"^after .*, vocabulary 7$", text, re.M)
    assert re.search(r"^ +\+1 +COUNCIL$", text, re.M)
    assert re.search(r"^ +-1  POLITICS$", text, re.M)
    assert "SPORT" not in text.split("Changes of ")[0]
    headline = (ROOT / SAMPLES[0]).read_text().splitlines()[1]
    assert f"\nChanges of topics\n  {headline}\n    {SAMPLES[0]}/0/0/0  " in text
    assert '\n    - ["POLITICS"]\n    + ["COUNCIL"]\n' in text
    assert "\x1b" not in text
    assert "lineage" not in text


def test_json_is_the_same_for_tools(files):
    told = as_json(*files)
    before, after = (records(path) for path in files)
    changed = [b["uri"] for b, a in zip(before, after)
               if b["topics"] != a["topics"]]
    assert told["before"] == {
        "file": str(files[0]), "articles": 5, "varying": [],
        "versions": {"transform": before[0]["lineage"]["transform"],
                     "vocabulary": "1", "rules": None, "model": None}}
    assert told["after"]["versions"]["vocabulary"] == "7"
    [topics] = [f for f in told["fields"] if f["field"] == "topics"]
    assert topics["changed"] == len(changed)
    assert [e["uri"] for e in topics["examples"]] == changed[:3]
    assert topics["examples"][0]["lineage"] == {
        "topic": SAMPLES[0], "partition": 0, "offset": 0, "part": 0}
    assert json.loads(topics["examples"][0]["before"]) == ["POLITICS"]
    assert json.loads(topics["examples"][0]["after"]) == ["COUNCIL"]
    assert told["equal"] + told["changed"] == 5
    assert {"topic": "COUNCIL", "came": 1, "went": 0} in told["topics"]
    assert sum(t["went"] for t in told["topics"]) == sum(
        len(set(b["topics"]) - set(a["topics"]))
        for b, a in zip(before, after))


def test_number_of_examples_is_the_reader_s(files):
    for count in 0, 1, 100:
        told = as_json(f"--examples={count}", *files)
        for field in told["fields"]:
            assert len(field["examples"]) == min(count, field["changed"])


def test_articles_of_one_file_alone_are_told(files, tmp_path):
    articles = records(files[0])
    some = rewrite(tmp_path / "some.avro", articles[1:4])
    told = as_json(files[0], some)
    assert (told["equal"], told["onlyBefore"], told["onlyAfter"]) == (3, 2, 0)
    assert [e["uri"] for e in told["examplesOnlyBefore"]] == [
        articles[0]["uri"], articles[4]["uri"]]
    text = wirestage("diff", some, files[0]).stdout
    assert "\n         2  only in after\n" in text
    assert "\nOnly in after\n  " in text


def test_changed_text_is_counted_and_shown(files, tmp_path):
    articles = records(files[0])
    articles[2]["headline"] = "Cup final put off"
    articles[2]["contentHash"] = bytes(32)
    told = as_json(files[0], rewrite(tmp_path / "b.avro", articles))
    assert (told["equal"], told["changed"]) == (4, 1)
    assert [(f["field"], f["changed"], len(f["examples"]))
            for f in told["fields"]] == [("headline", 1, 1),
                                         ("contentHash", 1, 0)]
    assert told["topics"] == []


def test_file_out_of_order_is_refused(files, tmp_path):
    turned = rewrite(tmp_path / "turned.avro", records(files[0])[::-1])
    for arguments in (files[0], turned), (turned, files[0]):
        done = wirestage("diff", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(
            f"wirestage: {turned}: record 2 ({SAMPLES[3]}/0/3/0) comes before "
            "the record ahead of it; ")


def test_unreadable_files_are_told(files, tmp_path):
    whole = files[0].read_bytes()
    cut = tmp_path / "cut.avro"
    cut.write_bytes(whole[:-20])
    deflate = rewrite(tmp_path / "deflate.avro", records(files[0]),
                      codec="deflate")
    other = tmp_path / "other.avro"
    with other.open("wb") as file:
        fastavro.writer(file, {"type": "string"}, ["a"])
    for path, why in [
            (cut, "the file is cut: it ends at byte "),
            (deflate, "its blocks are compressed (codec deflate), "),
            (other, "its schema has the fingerprint "),
            (ROOT / "Makefile", "it is no Avro object container file"),
            (tmp_path, "Is a directory"),
            (tmp_path / "none.avro", "No such file or directory")]:
        done = wirestage("diff", files[0], path)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith(f"wirestage: {path}: {why}")
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [
    [], ["a.avro"], ["a", "b", "c"]])
def test_two_files_are_wanted(arguments):
    done = wirestage("diff", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("wirestage: diff takes two Avro files, BEFORE and "
                           "AFTER\n")


def test_number_of_examples_is_checked(files):
    done = wirestage("diff", "--examples=101", *files)
    assert done.returncode == 2
    assert done.stderr == ("wirestage: --examples=101 is not a number of 0 to "
                           "100\n")
    full = wirestage("diff", "--gap=stop", *files)
    assert (full.returncode, full.stdout) == (2, "")


def test_report_that_cannot_be_written_is_said(files):
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, "diff", *files], stdout=full,
                              stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 3
    assert done.stderr == ("wirestage: standard output: No space left on "
                           "device\n")


def on_terminal(*arguments):
    """What a person sees, standard output and error."""
    master, slave = pty.openpty()
    with subprocess.Popen([PROGRAM, "diff", *map(str, arguments)],
                          stdin=subprocess.DEVNULL, stdout=slave,
                          stderr=slave) as running:
        os.close(slave)
        seen = b""
        try:
            while part := os.read(master, 65536):
                seen += part
        except OSError:  # the other end is closed
            pass
        status = running.wait(30)
    os.close(master)
    return status, seen.decode()


def test_terminal_gets_colour(files):
    status, text = on_terminal(*files)
    assert status == 1
    assert '\x1b[31m    - ["POLITICS"]' in text
    assert '\x1b[32m    + ["COUNCIL"]' in text
    assert "\x1b" not in on_terminal("--json", *files)[1]


def test_terminal_shows_progress(files, tmp_path):
    """A pipe that is slow stands for a file that is large."""
    slow = tmp_path / "slow.avro"
    os.mkfifo(slow)
    whole = make(tmp_path / "two.avro", *SAMPLES[:2]).read_bytes()
    # The header, and behind it one block twice: read as an article twice.
    block = whole[whole.rindex(whole[-16:], 0, -16) + 16:]
    other = whole[:-len(block)]

    def feed():
        with slow.open("wb", buffering=0) as pipe:
            pipe.write(other)
            time.sleep(1.2)
            pipe.write(block)

    feeder = threading.Thread(target=feed)
    feeder.start()
    status, text = on_terminal(slow, files[0])
    feeder.join()
    assert status == 1
    assert re.search(r"\r\x1b\[K\d+ MB, \d+/s", text)
    assert "\r\x1b[Kbefore" in text.replace("\n", "")


def test_memory_is_that_of_a_block(files, tmp_path):
    """Ten thousand articles a side, in less memory than the files take."""
    [article] = records(make(tmp_path / "one.avro", "-", input=GOOD * 20))
    files = []
    for topics in ["WORLD"], ["WORLD", "SPORT"]:
        def each():
            for offset in range(10000):
                article["lineage"]["offset"] = offset
                article["topics"] = topics
                yield article
        files.append(rewrite(tmp_path / f"{len(topics)}.avro", each()))
    assert sum(path.stat().st_size for path in files) > 20 << 20
    sanitized = b"__asan_init" in PROGRAM.read_bytes()  # keeps what is freed
    limit = "" if sanitized else "ulimit -d 16384;"
    done = subprocess.run(
        ["bash", "-c", f'{limit} exec "$@"', "-", PROGRAM, "diff", "--json",
         *files], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["changed"] == 10000
    assert told["topics"] == [{"topic": "SPORT", "came": 10000, "went": 0}]
