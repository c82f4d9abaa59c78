"""The compose file, as far as it can be tried without a registry."""
import os
import subprocess
import sys

import pytest
import yaml
from manifests import ROOT

FILE = ROOT / "deploy/compose.yaml"
SERVICES = yaml.safe_load(FILE.read_text())["services"]
ENDED = {"service_completed_successfully", "service_healthy"}


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
