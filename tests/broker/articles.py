"""Numbered articles in the project's own wire text, good and bad."""
import random
import re

TOPICS = ("POLITICS", "ECONOMY", "SPORTS", "CULTURE")
SENTENCES = (
    "The harbour council met for the third time this week and again left the "
    "question of the eastern breakwater open.",
    "A clerk read the tide tables aloud, and two members asked that the "
    "figures for the spring be checked once more.",
    "Fishermen who had come in from the outer islands waited in the corridor "
    "until the lamps were lit.",
    "“We were promised a crane, and what we have is a drawing of a crane,” "
    "said the foreman of the north quay.",
    "The ferry company said its timetable would hold through the autumn "
    "whatever the council decided.",
    "An engineer from the inland works put the cost of a new lock at four "
    "times the sum in the budget.",
    "Nobody in the gallery spoke when the vote was called, and the motion "
    "passed by a single hand.",
    "The café on the square stayed open late; its owner said debates like "
    "these were the best of her season.",
    "Naïve or not, the plan has friends in Malmö and Łódź, and they have "
    "written to say so.",
    "The matter goes to the province next, where a similar plan has lain "
    "in a drawer for eleven years.",
)
NUMBER = re.compile(r"\bdispatch (\d+)\b")


def good(number, key, sequence):
    """About 2 KB, valid, and not like any other."""
    topic = TOPICS[number % len(TOPICS)]
    paragraphs = [" ".join(SENTENCES[(number + i + j) % len(SENTENCES)]
                           for j in range(2)) for i in range(0, 16, 2)]
    paragraphs.insert(4, "A long evening")
    return (f" date 2025-09-09 {topic}\n"
            f"Harbour dispatch {number} is number {sequence} of {key}\n"
            "The council asks for patience and the quay asks for a crane.\n"
            "The pilot boat waits off the mole. / Example Press\n"
            "September 9, 2025\n\n"
            + "\n\n".join(paragraphs) + "\n").encode()


def number_of(headline):
    """The number of the article that has this headline, or None."""
    found = NUMBER.search(headline or "")
    return int(found[1]) if found else None


def _without_first_line(number):
    return good(number, "none", 0).split(b"\n", 1)[1]


def _impossible_date(number):
    return good(number, "none", 0).replace(b"2025-09-09", b"2025-02-31")


# How to make each kind of bad message, and the faults that it may be given.
BAD = {
    "empty": (lambda number: b"", {"empty"}),
    "blank": (lambda number: b" \n\n  \n", {"empty"}),
    "tombstone": (lambda number: None, {"tombstone"}),
    "noise": (lambda number: b"\x01\x00\xff" + random.Random(number).randbytes(
        2000), {"binary", "nul-byte", "encoding", "format-unknown"}),
    "february": (_impossible_date, {"date-invalid"}),
    "no header": (_without_first_line, {"header-missing", "format-unknown"}),
    "no headline": (lambda number: b" date 2025-09-09 POLITICS\n\n\n",
                    {"headline-missing"}),
}
