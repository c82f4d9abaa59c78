"""Alerts fire when they should, and queries ask for what is there."""
import json
import re
import subprocess

import pytest
import yaml
from manifests import ROOT

PROMETHEUS = ROOT / "deploy/prometheus"
RULES = yaml.safe_load((PROMETHEUS / "rules.yaml").read_text())["groups"]
CASES = yaml.safe_load(
    (ROOT / "tests/deploy/rules_test.yaml").read_text())["tests"]
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboard.json").read_text())
README = (ROOT / "deploy/README.md").read_text()
ROW = re.compile(r'X\(\w+, "(\w+)", (GAUGE|COUNTER|HISTOGRAM), "([\w, ]*)"')
ALERTS = {rule["alert"]: rule for group in RULES for rule in group["rules"]
          if "alert" in rule}
RECORDS = {rule["record"] for group in RULES for rule in group["rules"]
           if "record" in rule}
# What Prometheus adds, or knows without us.
OF_TARGETS = {"job", "instance"}
BUILT_IN = {"up": set(), "ALERTS": {"alertname", "alertstate"}}


def metrics():
    """{name in a query: its labels}, by the program's own table."""
    table = (ROOT / "stage/http/metrics.h").read_text()
    found = {}
    for name, kind, labels in ROW.findall(re.sub(r"\\\n\s*", "", table)):
        labels = set(filter(None, labels.split(", ")))
        if kind == "GAUGE":
            found[name] = labels
        elif kind == "COUNTER":
            found[name + "_total"] = labels
        else:
            found |= {f"{name}_{part}": labels for part in ("sum", "count")}
            found[name + "_bucket"] = labels | {"le"}
    return found


def queries():
    """(where, expression) of all rules and panels."""
    for group in RULES:
        for rule in group["rules"]:
            yield rule.get("alert") or rule["record"], rule["expr"]
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield f"panel {panel['title']}", target["expr"]
    for mark in DASHBOARD["annotations"]["list"]:
        yield f"annotation {mark['name']}", mark["expr"]


QUERIES = list(queries())


def promtool(*arguments):
    done = subprocess.run(["promtool", *arguments], capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("where, query", QUERIES, ids=[w for w, _ in QUERIES])
def test_a_query_asks_for_what_there_is(where, query):
    known = metrics() | BUILT_IN
    assert len(known) > 20, "is the table elsewhere?"
    names = set(re.findall(r"\b(wirestage_\w+|process_\w+|up|ALERTS)\b",
                           re.sub(r'"[^"]*"', '""', query)))
    recorded = set(re.findall(r"\bwirestage:[\w:]+", query))
    assert names or recorded
    assert names <= set(known)
    assert recorded <= RECORDS
    labels = set().union(*(known[name] for name in names)) | OF_TARGETS
    for listed in re.findall(r"\b(?:by|on|without) \(([^)]*)\)", query):
        assert set(listed.split(", ")) <= labels
    assert set(re.findall(r"(\w+)(?:=~|!~|!=|=)\"", query)) <= labels


def test_every_query_is_one(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump({"groups": [{
        "name": "all", "rules": [
            {"record": f"query:{i}", "expr": expression}
            for i, (_, expression) in enumerate(QUERIES)]}]}))
    promtool("check", "rules", path)


def test_the_alerts_fire_when_they_should():
    promtool("check", "rules", PROMETHEUS / "rules.yaml")
    promtool("test", "rules", "tests/deploy/rules_test.yaml")


def test_the_scrape_configuration_is_one():
    promtool("check", "config", PROMETHEUS / "prometheus.yaml")


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_is_tried_both_ways_and_explained(alert):
    cases = [case for test in CASES for case in test["alert_rule_test"]
             if case["alertname"] == alert]
    assert any(case["exp_alerts"] for case in cases)
    assert any(not case["exp_alerts"] for case in cases)
    assert ALERTS[alert]["labels"]["severity"] in ("critical", "warning")
    assert (ALERTS[alert]["annotations"]["runbook"]
            == f"deploy/README.md#{alert.lower()}")
    assert f"\n### {alert}\n" in README


def test_the_runbook_knows_no_other():
    found = re.findall(r"^### (Wirestage\w+)$", README, re.M)
    assert found == list(ALERTS)
