"""Every document below ../shared/wire: other people's copy, not kept here.

What is expected is read from the documents themselves.
"""
import html
import json
import os
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("WIRESTAGE", ROOT / "build/wirestage")).resolve()
WIRE = ROOT.parent / "shared/wire"


def documents(folder):
    return sorted((WIRE / folder).glob("*"))


def name_of(path):
    return path.name


def transform(path):
    clean = {k: v for k, v in os.environ.items()
             if not k.startswith("WIRESTAGE")}
    return subprocess.run([PROGRAM, "transform", "--pretty", path],
                          capture_output=True, text=True, timeout=60,
                          env=clean)


def article_of(path):
    done = transform(path)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_documents_are_there():
    if not all(map(documents, ["text", "ninjs", "newsml-g2"])):
        missing = f"THERE ARE NO DOCUMENTS IN {str(WIRE).upper()}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)


# Wire text


def sample_lines(path):
    return [line.strip() for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("path", documents("text"), ids=name_of)
def test_wire_text_is_read_line_by_line(path):
    header, headline, deck, caption, _, *below = sample_lines(path)
    article = article_of(path)
    _, date, *topics = header.split()
    assert article["date"] == date
    assert article["topics"] == topics
    assert (article["headline"], article["deck"]) == (headline, deck)
    [picture] = article["media"]
    assert picture["type"] == "picture"
    assert f"{picture['caption']} / {picture['credit']}" == caption
    assert [block["text"] for block in article["body"]] == list(
        filter(None, below))
    assert "warnings" not in article


@pytest.mark.parametrize("path", [WIRE / "text/xi-north-korea.txt"],
                         ids=name_of)
def test_the_sample_is_what_its_desk_expects(path):
    if not path.exists():
        pytest.skip("THE SAMPLE IS NOT THERE")
    article = article_of(path)
    assert article["topics"] == ["POLITICS"]
    [subject] = article["subjects"]
    assert (subject["topic"], subject["uri"], subject["creator"],
            subject["evidence"]) == ("POLITICS", "medtop:11000000",
                                     "declared", ["POLITICS"])
    assert article["date"] == "2025-09-09"
    assert article["media"][0]["credit"] == "Reuters"
    blocks = {"paragraph": [], "crosshead": []}
    for block in article["body"]:
        blocks[block["role"]].append(block["text"])
    assert blocks["crosshead"] == ["Diplomatic ties"]
    assert len(blocks["paragraph"]) == 10
    quotes = re.compile("[“”’]")
    text = path.read_text("utf-8")
    said = [article["deck"], article["media"][0]["caption"],
            *(block["text"] for block in article["body"])]
    assert quotes.findall(" ".join(said)) == quotes.findall(text) != []


# ninjs: 1.x has a property for each text, 2.x and 3.x arrays with roles.


def lowered(document):
    return {key.lower(): value for key, value in document.items()}


def texts_of(document, singular, plural):
    """All that the document says under either name."""
    found = [value for key, value in document.items()
             if re.fullmatch(singular + "(_.*)?", key)]
    found += [one["value"] for one in document.get(plural, [])]
    return found


def words(text):
    """The words that a reader sees, be the text plain or HTML."""
    return html.unescape(re.sub("<[^>]*>", " ", text)).split()


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.mark.parametrize("path", documents("ninjs"), ids=name_of)
def test_ninjs_keeps_what_the_document_says(path):
    document = lowered(json.loads(path.read_text("utf-8")))
    article = article_of(path)
    assert article["uri"] == document["uri"]
    assert article["type"] == document.get("type", "text")
    assert article["pubStatus"] == document.get("pubstatus", "usable")
    assert article["headline"] in texts_of(document, "headline", "headlines")
    for name in "firstCreated", "versionCreated", "contentCreated":
        if name.lower() in document:
            assert instant(article[name]) == instant(document[name.lower()])
        else:
            assert name not in article
    for name in "language", "copyrightNotice":
        assert article.get(name) == document.get(name.lower())


@pytest.mark.parametrize("path", documents("ninjs"), ids=name_of)
def test_ninjs_text_is_the_document_s(path):
    document = lowered(json.loads(path.read_text("utf-8")))
    article = article_of(path)
    bodies = texts_of(document, "body", "bodies")
    read = [word for block in article.get("body", [])
            for word in block["text"].split()]
    assert read in [words(body) for body in bodies] if bodies else not read
    assert bool(bodies) or article["media"]
    captions = texts_of(document, "description", "descriptions")
    if captions:
        assert article["abstract"] in captions
    for picture in article.get("media", []):
        assert picture["caption"] in captions


# Formats that are not read yet


@pytest.mark.parametrize("path", documents("newsml-g2"), ids=name_of)
def test_newsml_g2_is_a_named_fault(path):
    done = transform(path)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith(f"{path}:1:1: part 0: format-unknown: ")
