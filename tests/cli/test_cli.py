"""The program as a person meets it at a prompt; no broker."""
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fastavro
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("WIRESTAGE", ROOT / "build/wirestage"))
SAMPLES = ROOT / "samples"
COMMANDS = ["check", "deadletters", "demo", "diff", "redrive", "replay",
            "run", "schema", "send", "settings", "tail",
            "transform"]

GOOD = """date 2026-03-12 POLITICS
Council moves its meetings to noon

The council of Hollin meets at noon from next week on.
"""
BAD = GOOD.replace("03-12", "02-31")


def wirestage(*arguments, variables=None, **more):
    clean = {k: v for k, v in os.environ.items()
             if not k.startswith("WIRESTAGE")}
    more.setdefault("cwd", ROOT)
    if "input" not in more:
        more.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([PROGRAM, *map(str, arguments)],
                          capture_output=True, text=True, timeout=60,
                          env=clean | (variables or {}), **more)


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


# Help and versions


def test_program_alone_lists_its_commands():
    for arguments in [], ["help"], ["--help"], ["-h"]:
        done = wirestage(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        for command in COMMANDS:
            assert re.search(rf"^  {command} +\S", done.stdout, re.M)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_each_command(command):
    by_flag = wirestage(command, "--help")
    assert (by_flag.returncode, by_flag.stderr) == (0, "")
    assert wirestage("help", command).stdout == by_flag.stdout
    assert wirestage(command, "-h").stdout == by_flag.stdout
    text = by_flag.stdout
    assert text.startswith(f"wirestage {command} - ")
    assert f"\nusage: wirestage {command} [OPTION]..." in text
    examples = text.split("\nExamples:\n")[1].split("\n\n")[0].splitlines()
    assert len(examples) >= 2
    assert all("wirestage " + command in line for line in examples)
    assert "\nExit status: 0 done; " in text
    assert max(map(len, text.splitlines())) <= 80


def test_help_comes_before_every_complaint():
    done = wirestage("transform", "--no-such", "--workers=x", "--help")
    assert (done.returncode, done.stderr) == (0, "")


def test_version_names_the_libraries():
    done = wirestage("--version")
    assert done.returncode == 0
    names = [line.split()[0] for line in done.stdout.splitlines()]
    assert names == ["wirestage", "librdkafka", "avro-c", "jansson", "openssl",
                     "utf8proc"]
    assert all(re.match(r"\S+ v?[0-9a-f]", line)
               for line in done.stdout.splitlines())


@pytest.mark.parametrize("typed, meant", [
    ("trasform", "transform"), ("tial", "tail"), ("Schema", "schema"),
    ("frobnicate", None)])
def test_unknown_command_names_the_nearest(typed, meant):
    done = wirestage(typed)
    hint = f"; did you mean {meant}?" if meant else ""
    assert done.returncode == 2
    assert done.stderr == (f"wirestage: no command is called {typed}{hint}\n"
                           "Try 'wirestage help'.\n")


# Settings


def test_all_mistakes_are_told_at_once(tmp_path):
    config = tmp_path / "wire.properties"
    config.write_text("# wire\ngruop.id=a\nworkers\nkafka.acks=1\n")
    done = wirestage(
        "transform", "-c", config, "--prety", "--gap=contineu", "--key",
        variables={"WIRESTAGE_WORKERS": "many", "WIRESTAGE_LOG_LEVLE": "info"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "wirestage: no option is called --prety; did you mean --pretty?",
        "wirestage: --key needs a value",
        f"wirestage: {config}:2: no setting is called gruop.id; did you mean "
        "group.id?",
        f"wirestage: {config}:3: the line is not name=value",
        f"wirestage: {config}:4: kafka.acks may not be set: an article counts "
        "once all replicas have it",
        "wirestage: WIRESTAGE_WORKERS: workers=many is not valid: it takes 0 "
        "to 64",
        "wirestage: WIRESTAGE_LOG_LEVLE: no setting is called log.levle; did "
        "you mean log.level?",
        "wirestage: --gap: gap=contineu is not valid: it takes continue, stop; "
        "did you mean continue?",
        "Try 'wirestage help transform'.",
    ]


def test_flags_take_their_values_either_way():
    for arguments in (["--group.id=a", "-bh:1"], ["--group.id", "a", "-b", "h:1"],
                      ["-ga", "--bootstrap.servers", "h:1"]):
        shown = wirestage("settings", *arguments).stdout
        assert "\n# --group.id\ngroup.id = a\n" in shown
        assert "# --bootstrap.servers\nbootstrap.servers = h:1\n" in shown


def test_settings_shown_are_a_settings_file(tmp_path):
    first = wirestage("settings", "--instance=a", "--workers=2", "--gap=stop")
    config = tmp_path / "wire.properties"
    config.write_text(first.stdout)
    again = wirestage("settings", variables={"WIRESTAGE_CONFIG": str(config)})
    assert (again.returncode, again.stderr) == (0, "")
    assert re.sub("#.*\n", "", again.stdout) == re.sub("#.*\n", "", first.stdout)
    assert f"# {config}:1\n" in again.stdout


def test_secret_is_read_from_a_file_and_hidden(tmp_path):
    secret = tmp_path / "password"
    secret.write_text("hunter2\n")
    done = wirestage("settings", f"--kafka.sasl.password.file={secret}")
    assert done.returncode == 0
    assert "kafka.sasl.password = (hidden)" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_reference_in_the_docs_is_the_table():
    text = (ROOT / "stage/README.md").read_text()
    inside = text.split("<!-- settings -->\n")[1].split("<!-- /settings -->")[0]
    assert inside == wirestage("settings", "--markdown").stdout


# transform


@pytest.mark.parametrize("name", sorted(
    p.name for p in SAMPLES.iterdir() if p.suffix in (".txt", ".json")))
def test_samples_are_transformed(name):
    done = wirestage("transform", f"samples/{name}")
    if name.startswith("bad-"):
        assert (done.returncode, done.stdout) == (1, "")
        assert re.match(rf"samples/{name}:\d+:\d+: part 0: date-invalid: ",
                        done.stderr)
        return
    assert (done.returncode, done.stderr) == (0, "")
    [article] = lines(done)
    assert article["headline"]
    assert article["topics"]
    assert article["lineage"]["topic"] == f"samples/{name}"
    assert "warnings" not in article


def test_several_files_keep_their_order():
    done = wirestage("transform", "samples/cup-final.txt",
                     "samples/budget-vote.txt")
    assert [(a["lineage"]["topic"], a["lineage"]["offset"])
            for a in lines(done)] == [("samples/cup-final.txt", 0),
                                      ("samples/budget-vote.txt", 1)]


def test_glob_is_expanded_when_quoted():
    done = wirestage("transform", "samples/c*.txt")
    assert [a["lineage"]["topic"] for a in lines(done)] == [
        "samples/court-ruling.txt", "samples/cup-final.txt"]


def test_standard_input_is_one_message():
    for arguments in [], ["-"]:
        done = wirestage("transform", *arguments, input=GOOD)
        assert done.returncode == 0
        [article] = lines(done)
        assert article["lineage"]["topic"] == "-"


def test_option_may_follow_its_files(tmp_path):
    (tmp_path / "--odd").write_text(GOOD)
    done = wirestage("transform", "--", "--odd", cwd=tmp_path)
    assert lines(done)[0]["lineage"]["topic"] == "--odd"
    pretty = wirestage("transform", SAMPLES / "comet.json", "--pretty")
    assert pretty.stdout.startswith('{\n  "uri": "tag:northgate')


def test_key_and_content_type_are_the_message_s():
    first, second = (lines(wirestage("transform", "--key", key, input=GOOD))[0]
                     for key in ("a", "b"))
    assert first["uri"] != second["uri"]
    assert first["contentHash"] == second["contentHash"]
    done = wirestage("transform", "--content-type",
                     "application/vnd.iptc.g2.ninjs+json",
                     SAMPLES / "comet.json")
    assert lines(done)[0]["lineage"]["format"] == "ninjs"


def test_bad_articles_do_not_hold_up_good_ones(tmp_path):
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "b.txt").write_text(GOOD)
    (tmp_path / "c.txt").write_text("")
    done = wirestage("transform", "a.txt", "b.txt", "c.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert [a["lineage"]["topic"] for a in lines(done)] == ["b.txt"]
    reports = done.stderr.splitlines()
    assert re.match(r"a\.txt:1:\d+: part 0: date-invalid: ", reports[0])
    assert reports[1].startswith("c.txt:1:1: part 0: empty: ")
    assert len(reports) == 2


def test_unreadable_file_is_worse_than_a_bad_one(tmp_path):
    (tmp_path / "bad.txt").write_text(BAD)
    done = wirestage("transform", "none.txt", "none*", ".", "bad.txt",
                     cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.splitlines()[:3] == [
        "wirestage: none.txt: No such file or directory",
        "wirestage: none*: No such file or directory",
        "wirestage: .: Is a directory",
    ]


def test_large_file_is_rejected_unread():
    done = wirestage("transform", "--input.max.bytes=100", input=GOOD + "x" * 99)
    assert done.returncode == 1
    assert done.stderr.startswith("-:1:1: part 0: too-large: ")


def test_avro_file_is_what_avro_reads(tmp_path):
    made = tmp_path / "articles.avro"
    names = ["samples/comet.json", "samples/cup-final.txt"]
    done = wirestage("transform", "--avro", made, *names)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with made.open("rb") as file:
        records = list(fastavro.reader(file))
    assert [r["lineage"]["topic"] for r in records] == names
    assert [r["headline"] for r in records] == [
        a["headline"] for a in lines(wirestage("transform", *names))]
    piped = subprocess.run([PROGRAM, "transform", "--avro", "-", *names],
                           capture_output=True, cwd=ROOT, timeout=60)
    assert piped.stdout == made.read_bytes()


def test_avro_file_without_articles_is_one(tmp_path):
    done = wirestage("transform", "--avro", tmp_path / "a.avro", input=BAD)
    assert done.returncode == 1
    with (tmp_path / "a.avro").open("rb") as file:
        assert not list(fastavro.reader(file))


def test_avro_file_that_cannot_be_written_is_said():
    done = wirestage("transform", "--avro", "/no/such/folder/a.avro", input=GOOD)
    assert done.returncode == 3
    assert done.stderr == ("wirestage: /no/such/folder/a.avro: No such file or "
                           "directory\n")
    full = wirestage("transform", "--avro", "/dev/full", input=GOOD)
    assert full.returncode == 3
    assert full.stderr == "wirestage: /dev/full: No space left on device\n"


def test_reader_that_has_seen_enough_is_no_trouble(tmp_path):
    for i in range(300):
        (tmp_path / f"{i}.txt").write_text(GOOD + "x" * 2000)
    with subprocess.Popen([PROGRAM, "transform", f"{tmp_path}/*.txt"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          bufsize=0) as running:
        assert running.stdout.read(1) == b"{"
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(20) != 0


def test_vocabulary_of_one_s_own_is_used(tmp_path):
    own = tmp_path / "topics.json"
    own.write_text('{"version": "7", "topics": '
                   '[{"code": "COUNCIL", "label": "x", "aliases": ["POLITICS"]}]}')
    done = wirestage("transform", f"--vocabulary={own}", input=GOOD)
    [article] = lines(done)
    assert article["topics"] == ["COUNCIL"]
    assert article["lineage"]["vocabulary"] == "7"
    own.write_text("{")
    done = wirestage("transform", f"--vocabulary={own}", input=GOOD)
    assert done.returncode == 2
    assert done.stderr.startswith(f"wirestage: {own}: ")


# schema


def test_schema_is_the_one_of_the_repository():
    done = wirestage("schema", "print")
    text = (ROOT / "schemas/article.avsc").read_text()
    assert (done.returncode, done.stdout) == (0, text)


def test_fingerprint_is_what_avro_computes():
    schema = json.loads((ROOT / "schemas/article.avsc").read_text())
    form = fastavro.schema.to_parsing_canonical_form(schema)
    assert wirestage("schema", "print", "--canonical").stdout == form + "\n"
    done = wirestage("schema", "fingerprint")
    # fastavro gives the bytes in their order on the wire.
    wire = bytes.fromhex(fastavro.schema.fingerprint(form, "CRC-64-AVRO"))
    assert bytes.fromhex(done.stdout.strip()) == wire[::-1]


@pytest.mark.parametrize("words", [[], ["prnt"], ["print", "x"]])
def test_schema_takes_one_word(words):
    done = wirestage("schema", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("wirestage: schema takes one word, print or "
                           "fingerprint\n")


def test_commands_without_settings_refuse_them():
    done = wirestage("schema", "print", "--gap=stop")
    assert done.returncode == 2
    assert done.stderr.startswith("wirestage: schema takes no settings, such "
                                  "as --gap\n")


def test_send_needs_one_topic():
    done = wirestage("send", "--input.topics=^raw")
    assert done.returncode == 2
    assert "--topic" in done.stderr


def test_tail_tells_all_its_mistakes():
    done = wirestage("tail", "--from=noon", "-n0")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "wirestage: --from=noon is none of end, beginning, a day "
        "(2025-09-01), and an RFC 3339 instant",
        "wirestage: --count=0 is not a number of 1 to 2147483647",
    ]


@pytest.mark.parametrize("command", ["run", "check", "tail", "settings"])
def test_operand_is_refused_by_who_takes_none(command):
    done = wirestage(command, "articles", "--gap=x")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "wirestage: %s takes no operand, such as articles" % command,
        "wirestage: --gap: gap=x is not valid: it takes continue, stop",
        f"Try 'wirestage help {command}'.",
    ]


def test_broker_that_is_not_there_is_told_clearly():
    with ThreadPoolExecutor() as pool:  # each waits ten seconds for it
        tail, check = pool.map(
            lambda command: wirestage(command, "-b", "127.0.0.1:1"),
            ["tail", "check"])
    assert (tail.returncode, tail.stdout) == (3, "")
    assert re.fullmatch("wirestage: no broker at 127.0.0.1:1 tells of topic "
                        "articles: .*\nTry 'wirestage check'.*\n", tail.stderr)
    assert (check.returncode, check.stderr) == (3, "")
    assert re.search("\nwrong +no broker of bootstrap.servers=127.0.0.1:1 "
                     "answers within 10 s: .*refused", check.stdout)
