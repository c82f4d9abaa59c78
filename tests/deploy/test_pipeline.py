"""What the compose file runs, each service as a process of this machine.

Names of containers become loopback, their ports free ones; the rest is as it
is written there: Kafka's settings, the topics, the service's and Prometheus'
files, and the command that the handbook gives. Grafana is not to be had.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest
import yaml
from manifests import ROOT

sys.path.insert(0, str(ROOT / "tests/broker"))
import process  # noqa: E402
from kafka import Kafka, free_port  # noqa: E402

DEPLOY = ROOT / "deploy"
SERVICES = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
COMMANDS = re.findall(r"`(\./wirestage (?:send|tail) [^`]*)`",
                      (DEPLOY / "README.md").read_text())
QUIET = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]
PROGRAM = os.environ.get("WIRESTAGE", ROOT / "build/wirestage")


def loopback(text, ports):
    """The text, where {9092: a free port} are the containers' ports."""
    for host in ("kafka", "wirestage"):
        text = text.replace(f"{host}:", "127.0.0.1:")
    for port, ours in ports.items():
        text = text.replace(f":{port}", f":{ours}")
    return text


@pytest.fixture(scope="module")
def ports():
    return {port: free_port() for port in (9092, 9093, 29092, 8080, 9090)}


@pytest.fixture(scope="module")
def kafka(ports, tmp_path_factory):
    """The broker, by the image's rule that KAFKA_NODE_ID is node.id."""
    broker = Kafka(tmp_path_factory.mktemp("kafka"))
    broker.properties = {
        name.removeprefix("KAFKA_").lower().replace("_", "."):
            loopback(value, ports)
        for name, value in SERVICES["kafka"]["environment"].items()}
    broker.properties["log.dirs"] = broker.folder / "data"
    broker.bootstrap = f"127.0.0.1:{ports[29092]}"
    with broker:
        yield broker


@pytest.fixture(scope="module")
def topics(kafka, ports):
    """The topics, made by the words of its commands; the names of those."""
    *_, script = SERVICES["topics"]["command"]
    made = []
    for line in script.splitlines():
        words = shlex.split(loopback(line.replace("$$", "$"), ports))
        if "kafka-topics.sh" in line:
            common = [word for word in words[1:] if word != "$@"]
        elif words and words[0] == "create" and words[1].startswith("--"):
            subprocess.run([*kafka.java, *QUIET, "org.apache.kafka.tools.TopicCommand",
                            *common, *words[1:]], check=True)
            made.append(words[words.index("--topic") + 1])
    assert len(made) == 3
    return made


def start(folder, name, *command):
    return process.start([str(word) for word in command],
                         folder / f"{name}.log", folder)


@pytest.fixture(scope="module")
def service(topics, ports, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wirestage")
    settings = folder / "wirestage.properties"
    text = loopback((DEPLOY / "compose.properties").read_text(), ports)
    settings.write_text(text.replace("0.0.0.0", "127.0.0.1"))
    child = start(folder, "stage", PROGRAM, "run", "-c", settings)
    health = SERVICES["wirestage"]["healthcheck"]["test"][2:]
    process.wait_for(lambda: subprocess.run(
        [PROGRAM, *health, "-c", settings],
        capture_output=True).returncode == 0, "the service to be healthy")
    yield child
    process.stop(child)


@pytest.fixture(scope="module")
def prometheus(ports, tmp_path_factory):
    folder = tmp_path_factory.mktemp("prometheus")
    config = yaml.safe_load((DEPLOY / "prometheus/prometheus.yaml").read_text())
    for job in config["scrape_configs"]:
        for found in job.pop("dns_sd_configs"):
            assert set(found["names"]) <= set(SERVICES)
            job["static_configs"] = [
                {"targets": [f"127.0.0.1:{ports[found['port']]}"]}]
    config["global"]["scrape_interval"] = "1s"
    (folder / "prometheus.yaml").write_text(yaml.safe_dump(config))
    (folder / "rules.yaml").write_text(
        (DEPLOY / "prometheus/rules.yaml").read_text())
    child = start(folder, "prometheus", "prometheus",
                  "--config.file=prometheus.yaml", "--storage.tsdb.path=data",
                  f"--web.listen-address=127.0.0.1:{ports[9090]}")
    yield f"http://127.0.0.1:{ports[9090]}"
    process.stop(child)


def ask(prometheus, path, **words):
    url = f"{prometheus}/api/v1/{path}?{urllib.parse.urlencode(words)}"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)["data"]
    except OSError:
        return {"result": [], "groups": []}


def value(prometheus, query):
    found = ask(prometheus, "query", query=query)["result"]
    return float(found[0]["value"][1]) if found else None


def by_hand(command, ports):
    """What a command of the handbook's prints."""
    _, *words = shlex.split(loopback(command, ports))
    return subprocess.run([PROGRAM, *words], cwd=ROOT, check=True, text=True,
                          stdout=subprocess.PIPE, timeout=30).stdout


def test_samples_flow_and_are_seen(service, prometheus, ports, topics):
    process.wait_for(lambda: value(prometheus, "wirestage_ready") == 1,
                     "Prometheus to see that the service is ready")
    send, tail = COMMANDS
    sent = int(by_hand(send, ports).split()[0])
    published, dead = (f"sum(wirestage_{what}_total)"
                       for what in ("published", "deadlettered"))
    process.wait_for(lambda: value(prometheus, f"{published} + {dead}") == sent,
                     "Prometheus to see what became of all")
    assert value(prometheus, dead) == 1
    shown = by_hand(f"{tail} --exit", ports).splitlines()
    assert value(prometheus, published) == len(shown) > 5
    assert value(prometheus, "wirestage_wire_quiet_after_seconds") == 300
    assert value(prometheus, 'up{job="wirestage"}') == 1
    rules = [rule for group in ask(prometheus, "rules")["groups"]
             for rule in group["rules"]]
    assert rules and all(rule["health"] != "err" for rule in rules)
