"""What the documents say of the program, held against the program."""
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("WIRESTAGE", ROOT / "build/wirestage")).resolve()
DOCUMENTS = [path for path in sorted(ROOT.glob("**/*.md"))
             if not any(part == "build" or part.startswith(".")
                        for part in path.relative_to(ROOT).parts)]


def wirestage(*arguments):
    clean = {k: v for k, v in os.environ.items()
             if not k.startswith("WIRESTAGE")}
    return subprocess.run([PROGRAM, *arguments], capture_output=True,
                          text=True, timeout=60, env=clean, cwd=ROOT,
                          check=True, stdin=subprocess.DEVNULL).stdout


def name_of(path):
    return str(path.relative_to(ROOT))


def test_readme_s_commands_are_those_of_help():
    shown = re.findall(r"^  (\w+) {2,}(\S.*)", wirestage("help"), re.M)
    told = re.findall(r"^\| `wirestage (\w+)` \| (.*) \|$",
                      (ROOT / "README.md").read_text(), re.M)
    assert [name for name, _ in told] == [name for name, _ in shown]
    for (_, text), (_, summary) in zip(told, shown):
        assert text.startswith(summary)


def _without_numbers(line):
    """A slow machine may take two transactions, and other ports and times."""
    return re.sub(r"\d+", "N", line).replace("transactions", "transaction")


def test_readme_shows_what_the_demo_prints():
    text = (ROOT / "README.md").read_text()
    [block] = re.findall(r"```\n(A broker is up.*?)```", text, re.S)
    printed = {_without_numbers(line)
               for line in wirestage("demo").splitlines()}
    for line in block.splitlines():
        if line.strip() != "...":
            assert _without_numbers(line) in printed


def test_readme_s_settings_exist():
    text = (ROOT / "README.md").read_text().split("## Settings")[1]
    known = wirestage("settings", "--markdown")
    for row in re.findall(r"^\| (`[^|]*`) \|", text.split("\n## ")[0], re.M):
        for name in re.findall("`([^`]*)`", row):
            assert f"| `{name}` |" in known


def test_faults_in_the_docs_are_those_of_the_code():
    source = (ROOT / "base/fault.h").read_text()
    rejecting = re.findall(
        r'X\(\w+, "([^"]+)", REJECT, \\?\s*((?:"[^"]*"\s*\\?\s*)+)\)', source)
    assert len(rejecting) == source.count(", REJECT,")
    rows = ["| `{}` | {} |".format(name, "".join(
        re.findall('"([^"]*)"', text))) for name, text in rejecting]
    told = (ROOT / "transform/README.md").read_text()
    inside = told.split("<!-- faults -->\n")[1].split("<!-- /faults -->")[0]
    assert inside.splitlines()[2:] == rows


def test_warnings_in_the_docs_are_those_of_the_code():
    given = set()
    for path in (ROOT / "transform").rglob("*.c"):
        for call in re.findall(r"\b(?:article_warn|refuse)\(([^;]*);",
                               path.read_text()):
            given |= set(re.findall('"([a-z0-9]+(?:-[a-z0-9]+)+)"', call))
    told = (ROOT / "transform/README.md").read_text()
    rows = told.split("## Warnings")[1].split("\n## ")[0]
    assert set(re.findall("`([a-z0-9-]+)`", "".join(
        re.findall(r"^\| (`.*?`) \|", rows, re.M)))) == given


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
        assert (path.parent / link).exists(), link
