"""The compose file, as far as it can be tried without a registry."""
import json
import os
import subprocess
import sys

import jsonschema
import pytest
import yaml
from manifests import MODULES, ROOT

FILE = ROOT / "deploy/compose.yaml"
SERVICES = yaml.safe_load(FILE.read_text())["services"]
# Compose's own, as the linter dclint carries it.
SCHEMA = MODULES / "dclint/schemas/compose.schema.json"
ENDED = {"service_completed_successfully", "service_healthy"}


@pytest.mark.skipif(not SCHEMA.exists() and not os.environ.get("CI"),
                    reason="THE SCHEMA IS NOT THERE")
def test_it_is_what_compose_understands():
    schema = json.loads(SCHEMA.read_text())
    validator = jsonschema.Draft7Validator(schema)
    file = yaml.safe_load(FILE.read_text())
    assert [error.message for error in validator.iter_errors(file)] == []
    file["services"]["kafka"]["prots"] = []
    assert not validator.is_valid(file), "it takes anything"


def test_podman_compose_reads_it():
    done = subprocess.run(
        [sys.executable, "-m", "podman_compose", "--file", FILE, "config"],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert set(yaml.safe_load(done.stdout)["services"]) == set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_pinned_and_local(name):
    service = SERVICES[name]
    if "build" not in service:
        _, colon, tag = service["image"].rpartition(":")
        assert colon and tag != "latest"
    for port in service.get("ports", []):
        assert port.startswith("127.0.0.1:")


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_names_is_there(name):
    service = SERVICES[name]
    needs = service.get("depends_on", {})
    assert set(needs) <= set(SERVICES)
    if isinstance(needs, dict):
        for other, need in needs.items():
            assert need["condition"] in ENDED
            assert (need["condition"] != "service_healthy"
                    or "healthcheck" in SERVICES[other])
    for volume in service.get("volumes", []):
        source, _, mode = volume.split(":")
        assert (FILE.parent / source).is_file() and mode == "ro"


def mounted(service):
    """{path in the container: file of ours}"""
    return {target: FILE.parent / source for source, target, _ in (
        volume.split(":") for volume in SERVICES[service]["volumes"])}


def test_grafana_finds_its_data_and_its_dashboard():
    """By Grafana's rules: what lies in provisioning/, and its variables."""
    files = mounted("grafana")
    found = {path.rsplit("/", 2)[1]: yaml.safe_load(file.read_text())
             for path, file in files.items() if "/provisioning/" in path}
    assert set(found) == {"datasources", "dashboards"}
    assert all(each["apiVersion"] == 1 for each in found.values())
    (source,) = found["datasources"]["datasources"]
    host, port = source["url"].removeprefix("http://").split(":")
    assert any(p.endswith(f":{port}") for p in SERVICES[host]["ports"])
    (provider,) = found["dashboards"]["providers"]
    home = SERVICES["grafana"]["environment"][
        "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home.rsplit("/", 1)[0] == provider["options"]["path"]
    dashboard = json.loads(files[home].read_text())
    (variable,) = [v for v in dashboard["templating"]["list"]
                   if v["type"] == "datasource"]
    assert variable["query"] == source["type"] and source["isDefault"]


def test_prometheus_finds_its_rules():
    files = mounted("prometheus")
    (flag,) = [word for word in SERVICES["prometheus"]["command"]
               if word.startswith("--config.file=")]
    path = flag.partition("=")[2]
    folder = path.rsplit("/", 1)[0]
    config = yaml.safe_load(files[path].read_text())
    for name in config["rule_files"]:
        assert f"{folder}/{name}" in files


def test_the_service_runs_as_sealed_as_in_production():
    service = SERVICES["wirestage"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    context = FILE.parent / service["build"]["context"]
    assert (context / service["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("file", [
    "deploy/compose.properties",
    "deploy/kubernetes/settings/wirestage.properties"])
def test_the_settings_are_the_program_s(file, tmp_path):
    """All names and values; a secret's file is one of ours."""
    text = (ROOT / file).read_text()
    text = text.replace("/run/secrets/kafka", str(tmp_path))
    for name in ("username", "password"):
        (tmp_path / name).write_text("example")
    settings = tmp_path / "wirestage.properties"
    settings.write_text(text)
    program = os.environ.get("WIRESTAGE", ROOT / "build/wirestage")
    done = subprocess.run([program, "settings", "--config", settings],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
