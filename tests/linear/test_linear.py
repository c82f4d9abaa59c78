"""What a message takes grows with its length and no faster, whatever it holds.

Instructions are counted, by valgrind's callgrind, not seconds: the count is
the same on a busy machine. Each case is a text that goes on and on, once at
SIZE and once at twice that. Sanitizers and valgrind do not go together, so
this is no part of tests/cli, which the sanitized builds run as well.
"""
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("WIRESTAGE", ROOT / "build/wirestage"))
SIZE = 8192

# Linear work doubles with its input, sorting takes 2.15 times as much at this
# size, and a square four times. All that is here takes 1.9 to 2.0 times; what
# takes 2.3 spends 15 % of its instructions on something quadratic.
MOST = 2.3


def ninjs(member, unit, tail="0]}"):
    return '{"uri":"a","' + member, unit, tail


def html(head, unit):
    head, unit = (json.dumps(text)[1:-1] for text in (head, unit))
    return ninjs('body_html":"' + head, unit, '"}')


def wire(head, unit, tail=""):
    return "date 2025-03-02 " + head, unit, tail


# Head, unit, tail: the unit is repeated, and %d in it is a number of its own.
# There may be a middle and another unit before the tail.
CASES = [
    html("", "<div>"),
    html("", "<!--"),
    html("", "<![CDATA["),
    html("", '<a b="'),
    html("", "<a "),
    html("<p", " a"),
    html("<table>", "<br>"),
    html("", "<script>"),
    html("", "&#1"),
    html("", "<br>\u00a0"),
    html("", "<font a>"),
    html("", "</p>"),
    html("<pre>", "\n "),
    html("<pre>", "\r\n"),
    html("", "&"),
    html("", "<p><table>"),
    html("", "<?"),
    html("<script>", "</scrip"),
    ninjs('headlines":[', '{"value":"<p>"},'),
    ninjs('bodies":[', '{"role":"x","value":"y"},'),
    ninjs('bodies":[{"contentType":"text/html","value":"<pre>x', " ",
          'y</pre>"},') + ('"x",', "0]}"),
    ninjs('keywords":[', '"a",'),
    ninjs('keywords":"', "a,", '"}'),
    ninjs('people":[', '{"x":1},'),
    ninjs('subject":[', '{"code":"%d","name":"%d"},'),
    ninjs('associations":[', '{"type":"picture"},'),
    ninjs('byline":"', "By Ann and ", '"}'),
    ninjs('x":[', "[[[]]],"),
    ninjs('x":0,', '"%d":0,', '"y":0}'),
    wire("", "A ", "\nH\n"),
    wire("", "A%d ", "\nH\n"),
    wire("A\nH", "\u0301\u0323"),
    wire("A\nH\n", "\n\n"),
    wire("A\nH\n", "a\n"),
    wire("A\nH\n", "B. / Reuters\n"),
    wire("A\nH\n", "x\n\n"),
    wire("A\nH\n", "/ "),
    wire("A\nH\n\n", "March 2, 2025\n"),
]


def document(case, size):
    text = case[0]
    for unit, behind in zip(case[1::2], case[2::2]):
        numbers = range(100000, 100000 + size // len(unit))
        text += "".join(unit.replace("%d", str(number)) for number in numbers)
        text += behind
    return text


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    """Instructions of each case: at SIZE, and at twice that.

    The program runs once, and callgrind starts a new count as each file is
    about to be read. The last file ends the count of the one before it.
    """
    folder = tmp_path_factory.mktemp("linear")
    texts = [document(case, size) for case in CASES
             for size in (SIZE, 2 * SIZE)] + [document(wire("A\n", "H"), 1)]
    paths = [folder / f"{number:03}" for number in range(len(texts))]
    for path, text in zip(paths, texts):
        path.write_bytes(text.encode())
    out = folder / "counts"
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--log-file={folder}/log",
         f"--callgrind-out-file={out}", "--combine-dumps=yes",
         "--dump-before=file_read", PROGRAM, "transform", *paths],
        cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(paths)
    [_, *found, _] = map(int, re.findall(r"(?m)^totals: (\d+)$",
                                         out.read_text()))
    assert len(found) == 2 * len(CASES)
    return dict(zip(CASES, zip(found[::2], found[1::2])))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[-2])
def test_twice_the_text_takes_twice_the_instructions(case, counts):
    once, twice = counts[case]
    assert twice < MOST * once
