"""The manifests, as kustomize makes them."""
import functools
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
KUBERNETES = ROOT / "deploy/kubernetes"
KUSTOMIZE = ROOT / "build/kustomize/bin/kustomize"
MODULES = ROOT / "build/deploy/node_modules"


def load(path):
    return [d for d in yaml.safe_load_all(path.read_text()) if d]


@functools.cache
def build(folder):
    """All resources of a kustomization."""
    made = subprocess.run([KUSTOMIZE, "build", folder], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    return list(yaml.safe_load_all(made))


def pod(resource):
    """The pod's specification in a workload, or None."""
    return resource.get("spec", {}).get("template", {}).get("spec")


def containers(resource):
    found = pod(resource) or {}
    return found.get("initContainers", []) + found.get("containers", [])


def one(resources, kind):
    (found,) = [r for r in resources if r["kind"] == kind]
    return found
