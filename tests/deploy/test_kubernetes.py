"""The manifests: valid, whole, and as strict as they may be."""
import json
import subprocess

import kubernetes_validate
import manifests
import pytest
import yaml
from manifests import KUBERNETES, MODULES, ROOT, build, containers, one, pod

# The oldest and the newest Kubernetes that they are checked for.
VERSIONS = ("1.31", "1.37")
JOBS = ("replay", "redrive")
SERVICE = ("base", "overlays/monitored", "overlays/scaled")
FOLDERS = [path.parent.relative_to(KUBERNETES).as_posix()
           for path in sorted(KUBERNETES.rglob("kustomization.yaml"))]
# Types of other operators, which Kubernetes' own schemas do not know: the
# group, and which of npm's @kubernetes-models has them.
OPERATORS = {"monitoring.coreos.com": "prometheus-operator", "keda.sh": "keda"}
TSC = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"]


def group(resource):
    return resource["apiVersion"].rpartition("/")[0]


@pytest.fixture(params=FOLDERS)
def resources(request):
    return build(KUBERNETES / request.param)


@pytest.fixture(params=SERVICE)
def service(request):
    return build(KUBERNETES / request.param)


@pytest.fixture
def scaled():
    return build(KUBERNETES / "overlays/scaled")


@pytest.mark.parametrize("version", VERSIONS)
def test_they_are_valid(resources, version):
    for resource in resources:
        if group(resource) not in OPERATORS:
            kubernetes_validate.validate(resource, version, strict=True)


def test_operators_know_all_that_they_are_told(scaled):
    """What is misspelt would be ignored there; a compiler minds."""
    text = ""
    for number, resource in enumerate(scaled):
        if package := OPERATORS.get(group(resource)):
            kind = resource["kind"]
            path = f"{package}/{resource['apiVersion']}/{kind}"
            text += (f'import {{ I{kind} as Type{number} }} '
                     f'from "@kubernetes-models/{path}";\n'
                     f"export const resource{number}: Type{number} = "
                     f"{json.dumps(resource)};\n")
    program = MODULES.parent / "manifests.ts"
    program.write_text(text)
    judged = subprocess.run([MODULES / ".bin/tsc", *TSC, program],
                            stdout=subprocess.PIPE, text=True)
    assert judged.returncode == 0, judged.stdout
    assert text.count("export") == 5


def test_each_file_is_used():
    used = {(path.parent / name).resolve()
            for path in KUBERNETES.rglob("kustomization.yaml")
            for name in manifests.load(path)[0].get("resources", [])}
    for path in KUBERNETES.rglob("*.yaml"):
        assert path.name == "kustomization.yaml" or path in used


def test_images_are_pinned(resources):
    for resource in resources:
        for container in containers(resource):
            name, _, tag = container["image"].rpartition(":")
            assert name and tag != "latest", container["image"]


def test_containers_may_do_nothing_but_their_work(resources):
    for resource in resources:
        if not (spec := pod(resource)):
            continue
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["runAsUser"] == 65532
        assert spec["securityContext"]["seccompProfile"] == {
            "type": "RuntimeDefault"}
        for name in ("hostNetwork", "hostPID", "hostIPC"):
            assert not spec.get(name)
        for container in containers(resource):
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False
            assert context["readOnlyRootFilesystem"] is True
            assert context["capabilities"] == {"drop": ["ALL"]}


def test_containers_are_bounded_and_probed(resources):
    for resource in resources:
        for container in containers(resource):
            assert {"cpu", "memory"} <= set(container["resources"]["requests"])
            assert {"cpu", "memory"} <= set(container["resources"]["limits"])
            if resource["kind"] == "Job":  # which is to end, not to answer
                continue
            for probe in ("startup", "liveness", "readiness"):
                port = container[f"{probe}Probe"]["httpGet"]["port"]
                assert port in {p["name"] for p in container["ports"]}


def test_names_lead_somewhere(service):
    """Each selector finds its pods, each volume and port what it names."""
    workload = one(service, "StatefulSet")
    labels = workload["spec"]["template"]["metadata"]["labels"].items()
    names = one(service, "Service")
    assert workload["spec"]["serviceName"] == names["metadata"]["name"]
    budget = one(service, "PodDisruptionBudget")
    policy = one(service, "NetworkPolicy")
    for selector in (workload["spec"]["selector"]["matchLabels"],
                     names["spec"]["selector"],
                     budget["spec"]["selector"]["matchLabels"],
                     policy["spec"]["podSelector"]["matchLabels"]):
        assert selector and selector.items() <= labels
    spec = pod(workload)
    account = one(service, "ServiceAccount")["metadata"]["name"]
    assert spec["serviceAccountName"] == account
    volumes = {volume["name"]: volume for volume in spec["volumes"]}
    (container,) = spec["containers"]
    assert {m["name"] for m in container["volumeMounts"]} == set(volumes)
    settings = volumes["settings"]["configMap"]["name"]
    assert one(service, "ConfigMap")["metadata"]["name"] == settings


def _properties(resources):
    (text,) = [r["data"]["wirestage.properties"] for r in resources
               if "wirestage.properties" in r.get("data", {})]
    return dict(line.split("=", 1) for line in text.splitlines()
                if line and not line.startswith("#"))


def test_settings_and_manifests_agree(service):
    settings = _properties(service)
    spec = pod(one(service, "StatefulSet"))
    (container,) = spec["containers"]
    (port,) = container["ports"]
    assert settings["http.address"].endswith(f":{port['containerPort']}")
    assert (int(settings["shutdown.timeout.ms"]) / 1000
            < spec["terminationGracePeriodSeconds"])
    assert settings["workers"] == container["resources"]["limits"]["cpu"]
    mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
    for name, value in settings.items():
        if name.endswith(".file"):
            assert value.rsplit("/", 1)[0] in mounts
        assert "password" not in name or name.endswith(".file")
    variables = {v["name"]: v for v in container["env"]}
    assert variables["WIRESTAGE_CONFIG"]["value"].rsplit("/", 1)[0] in mounts
    assert variables["WIRESTAGE_INSTANCE"]["valueFrom"] == {
        "fieldRef": {"fieldPath": "metadata.name"}}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_has_a_plan_and_numbers_that_stay(name):
    found = build(KUBERNETES / "overlays" / name)
    job = one(found, "Job")
    assert job["spec"]["completionMode"] == "Indexed"
    assert job["spec"]["completions"] == job["spec"]["parallelism"]
    (container,) = containers(job)
    assert container["args"][:2] == [name, "run"]
    sources = {volume["name"]: volume["configMap"]["name"]
               for volume in pod(job)["volumes"] if "configMap" in volume}
    plans = [r for r in found if r["kind"] == "ConfigMap"
             and r["metadata"]["name"] == sources["plan"]]
    plan = json.loads(plans[0]["data"]["plan.json"])
    topic = _properties(found)[{"replay": "input.topics",
                                "redrive": "deadletter.topic"}[name]]
    assert f"-{name}-" in plan["group"]
    assert {p["topic"] for p in plan["partitions"]} == {topic}
    (mount,) = [m for m in container["volumeMounts"] if m["name"] == "plan"]
    assert f"--plan={mount['mountPath']}/plan.json" in container["args"]
    variables = {v["name"]: v for v in container["env"]}
    assert "completion-index" in (
        variables["WIRESTAGE_INSTANCE"]["valueFrom"]["fieldRef"]["fieldPath"])


@pytest.mark.parametrize("name", JOBS)
def test_a_job_s_progress_is_scraped(scaled, name):
    spec = one(scaled, "PodMonitor")["spec"]
    (asked,) = spec["selector"]["matchExpressions"]
    (endpoint,) = spec["podMetricsEndpoints"]
    found = build(KUBERNETES / "overlays" / name)
    job = one(found, "Job")
    (container,) = containers(job)
    (port,) = container["ports"]
    labels = job["spec"]["template"]["metadata"]["labels"]
    assert asked["operator"] == "In" and labels[asked["key"]] in asked["values"]
    assert port["name"] == endpoint["port"]
    assert _properties(found)["http.address"].endswith(
        f":{port['containerPort']}")
    policy = one(scaled, "NetworkPolicy")["spec"]["podSelector"]["matchLabels"]
    assert policy.items() <= labels.items()


def test_keda_scales_what_is_deployed(scaled):
    workload = one(scaled, "StatefulSet")
    assert "replicas" not in workload["spec"], "KEDA would be undone"
    spec = one(scaled, "ScaledObject")["spec"]
    assert spec["scaleTargetRef"] == {
        "apiVersion": workload["apiVersion"], "kind": "StatefulSet",
        "name": workload["metadata"]["name"]}
    # What its type lets one leave out, and this service should not.
    assert {"pollingInterval", "cooldownPeriod", "minReplicaCount",
            "maxReplicaCount", "advanced"} <= set(spec)
    settings = _properties(scaled)
    authentication = one(scaled, "TriggerAuthentication")
    assert authentication["spec"]["secretTargetRef"]
    for trigger in spec["triggers"]:
        said = trigger["metadata"]
        assert said["bootstrapServers"] == settings["bootstrap.servers"]
        assert said["consumerGroup"] == settings["group.id"]
        assert said["topic"] in settings["input.topics"].split(",")
        assert said["allowIdleConsumers"] == "false"
        assert (trigger["authenticationRef"]["name"]
                == authentication["metadata"]["name"])


def test_the_monitor_finds_the_service(scaled):
    service = one(scaled, "Service")
    spec = one(scaled, "ServiceMonitor")["spec"]
    assert (spec["selector"]["matchLabels"].items()
            <= service["metadata"]["labels"].items())
    ports = {port["name"] for port in service["spec"]["ports"]}
    assert {endpoint["port"] for endpoint in spec["endpoints"]} <= ports


def test_the_rules_are_prometheus_own(scaled):
    rules = yaml.safe_load((ROOT / "deploy/prometheus/rules.yaml").read_text())
    assert one(scaled, "PrometheusRule")["spec"] == rules, (
        "write it anew from deploy/prometheus/rules.yaml: "
        "build/venv/bin/python tests/deploy/rule.py")
