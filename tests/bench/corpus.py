"""Raw articles for a topic."""
import random
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TOPICS = ("POLITICS", "BUSINESS", "SPORTS", "CULTURE", "TECH", "WORLD")


class Repeated:
    """One sample over and over: compressing it costs next to nothing."""

    def __init__(self):
        self.text = (SAMPLES / "budget-vote.txt").read_bytes()

    def article(self, _number):
        return self.text


class Varied:
    """Wire text of 2 KB in the samples' words, in any order.

    Paragraphs come from a pool far larger than lz4's window, so that a batch
    compresses to half, as copy does, and not to nothing.
    """

    def __init__(self, seed=1):
        self.random = random.Random(seed)
        words = " ".join(path.read_text()
                         for path in sorted(SAMPLES.glob("*.txt"))).split()
        self.lines = [" ".join(self.random.choices(words, k=10))
                      for _ in range(1000)]
        self.paragraphs = [" ".join(self.random.choices(words, k=40)) + "."
                           for _ in range(10000)]

    def article(self, number):
        headline, deck, caption = self.random.choices(self.lines, k=3)
        body = "\n\n".join(self.random.choices(self.paragraphs, k=7))
        return (f"date 2026-03-12 {TOPICS[number % len(TOPICS)]}\n"
                f"Dispatch {number}: {headline}\n{deck}.\n"
                f"{caption}. / Northgate Wire\n"
                f"March 12, 2026\n\n{body}\n").encode()
