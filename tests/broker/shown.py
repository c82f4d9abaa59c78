"""What a process shows over HTTP, as its readers see it."""
import json
import re
import urllib.error
import urllib.request

from kafka import free_port
from process import wait_for

SAMPLE = re.compile(r'^(\w+)(?:\{(.*)\})? (\S+)$')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


class Window:
    """An address that some process listens at, and what it says there."""

    def __init__(self):
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"

    def get(self, path, method="GET", timeout=5, **headers):
        """(status, headers, body) of an answer."""
        request = urllib.request.Request(
            f"http://{self.address}{path}", method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()

    def answers(self):
        try:
            return self.get("/livez")
        except OSError:
            return None

    def is_ready(self):
        return self.answers() and self.get("/readyz")[0] == 200

    def wait_ready(self):
        wait_for(self.is_ready, "the process to be ready")
        return self

    def status(self):
        return json.loads(self.get("/api/status")[2])

    def metrics(self):
        """[(name, {label: value}, number)] of a scrape."""
        found = [SAMPLE.match(line) for line
                 in self.get("/metrics")[2].splitlines() if line[0] != "#"]
        assert all(found)
        return [(m[1], dict(LABEL.findall(m[2] or "")), float(m[3]))
                for m in found]


class Shown(Window):
    """A stage that shows itself."""

    def __init__(self, pipeline, **settings):
        super().__init__()
        self.stage = pipeline.stage(http_address=self.address, **settings)


def total(metrics, name):
    return sum(number for found, _, number in metrics if found == name)


def balances(metrics):
    return total(metrics, "wirestage_articles_total") == sum(
        total(metrics, f"wirestage_{kind}_total")
        for kind in ("published", "deadlettered", "skipped"))
