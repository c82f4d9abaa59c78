"""What `kustomize build` makes of a folder, as far as this project uses it."""
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
KUBERNETES = ROOT / "deploy/kubernetes"
KNOWN = {"apiVersion", "kind", "namespace", "resources", "patches", "images",
         "configMapGenerator"}
CLUSTER_WIDE = {"Namespace"}


def load(path):
    return [d for d in yaml.safe_load_all(path.read_text()) if d]


def build(folder):
    """All resources of a kustomization, after what it does to them."""
    (kustomization,) = load(folder / "kustomization.yaml")
    assert set(kustomization) <= KNOWN, f"{folder}: not known to this test"
    found = []
    for name in kustomization.get("resources", []):
        path = folder / name
        found += build(path.resolve()) if path.is_dir() else load(path)
    found += [_config_map(folder, asked)
              for asked in kustomization.get("configMapGenerator", [])]
    for resource in found:
        if resource["kind"] not in CLUSTER_WIDE:
            resource["metadata"]["namespace"] = kustomization["namespace"]
        for image in kustomization.get("images", []):
            _rename(resource, image)
    for patch in kustomization.get("patches", []):
        _patch(found, patch)
    return found


def _config_map(folder, asked):
    return {"apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": asked["name"]},
            "data": {name: (folder / name).read_text()
                     for name in asked["files"]}}


def _rename(resource, image):
    for container in containers(resource):
        if container["image"] == image["name"]:
            container["image"] = f"{image['newName']}:{image['newTag']}"


def _patch(resources, patch):
    target = patch["target"]
    (resource,) = [r for r in resources if r["kind"] == target["kind"]
                   and r["metadata"]["name"] == target["name"]]
    for step in yaml.safe_load(patch["patch"]):
        assert step["op"] == "remove", "not known to this test"
        *path, last = step["path"].strip("/").split("/")
        for name in path:
            resource = resource[name]
        del resource[last]


def pod(resource):
    """The pod's specification in a workload, or None."""
    return resource.get("spec", {}).get("template", {}).get("spec")


def containers(resource):
    found = pod(resource) or {}
    return found.get("initContainers", []) + found.get("containers", [])


def one(resources, kind):
    (found,) = [r for r in resources if r["kind"] == kind]
    return found
