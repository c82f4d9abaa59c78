"""The demo as a newcomer sees it: the embedded broker, no other."""
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("WIRESTAGE", ROOT / "build/wirestage"))


def demo(*arguments, **more):
    clean = {k: v for k, v in os.environ.items()
             if not k.startswith("WIRESTAGE")}
    return subprocess.run([PROGRAM, "demo", *map(str, arguments)],
                          capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL, env=clean, **more)


def test_demo_shows_an_article_the_others_and_what_failed():
    done = demo()
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout
    lines = (ROOT / "samples/budget-vote.txt").read_text().splitlines()
    assert f"\n  {lines[1]}\n" in text
    assert "topics    POLITICS (declared: the wire said POLITICS" in text
    assert "\n\n  How the night went\n\n" in text
    assert re.search(r"\n  picture   \S.*\n +\S.* / Northgate Wire\n", text)
    assert re.search(r"\n  from      raw/\d/\d/0 .*read as wire-text\n", text)
    for name in "cup-final", "harbour-merger", "river-flood", "court-ruling":
        headline = (ROOT / f"samples/{name}.txt").read_text().splitlines()[1]
        assert text.count(f"\n  {headline}\n") == 1
    assert re.search(r", key bad-date\.txt: date-invalid\n +\S", text)
    assert ("In all: 7 messages held 7 articles: 6 published, 1 dead letter,\n"
            "0 skipped; ") in text
    assert "\x1b" not in text
    assert max(len(line.replace(str(PROGRAM), "./wirestage"))
               for line in text.splitlines()) <= 80


def test_what_it_says_to_try_next_can_be_tried():
    tried = re.findall(rf"^  {re.escape(str(PROGRAM))} (\S+) .*",
                       demo().stdout, re.M)
    assert tried == ["transform", "demo", "help"]


def test_files_given_take_the_samples_place(tmp_path):
    (tmp_path / "one.txt").write_text("date 2026-03-12 WORLD\n"
                                      "Ferry returns empty\n\n"
                                      "The ferry came back without a soul.\n")
    done = demo(tmp_path / "one.txt")
    assert done.returncode == 0
    assert "\n  uri       wirestage:key:raw:one.txt\n" in done.stdout
    assert "In all: 1 message held 1 article: 1 published, 0 dead letters,\n" \
        in done.stdout
    assert "The others" not in done.stdout


def test_demo_without_one_good_article_is_no_failure(tmp_path):
    (tmp_path / "one.txt").write_text("no header\n")
    done = demo(tmp_path / "one.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "One of the articles" not in done.stdout
    assert re.search(r", key one\.txt: \S+\n +\S", done.stdout)


def test_file_that_is_not_there_is_told(tmp_path):
    done = demo("none.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr == "wirestage: none.txt: No such file or directory\n"
