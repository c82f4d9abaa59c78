"""The manifests' Jobs, as their pods would start the program."""
import os
import subprocess
import sys

import articles
import process
import pytest
import records
from stage import PROGRAM

sys.path.insert(0, str(process.ROOT / "tests/deploy"))
from manifests import KUBERNETES, containers, load  # noqa: E402

REJECTED = 1


def settings_of(pipeline):
    """The manifests' settings, but for names and passwords of this broker."""
    text = (KUBERNETES / "settings/wirestage.properties").read_text()
    ours = {"bootstrap.servers": pipeline.kafka.bootstrap,
            "group.id": pipeline.group, "input.topics": pipeline.input,
            "output.topic": pipeline.output,
            "deadletter.topic": pipeline.deadletters,
            "http.address": ""}
    lines = [line.partition("=") for line in text.splitlines()
             if line and not line.startswith(("#", "kafka."))]
    return "".join(f"{name}={ours.get(name, value)}\n"
                   for name, _, value in lines)


@pytest.mark.parametrize("name", ["replay", "redrive"])
def test_a_job_carries_out_its_plan_and_ends(pipeline, tmp_path, name):
    for number in range(20):
        good = number % 4
        pipeline.kafka.produce(
            pipeline.input, articles.good(number, "a", number) if good
            else b"date 2026-02-31 SPORT\nNo such day\n\nText.\n",
            key=f"story-{number}")
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0

    (job,) = load(KUBERNETES / "overlays" / name / "job.yaml")
    (container,) = containers(job)
    config, plan = tmp_path / "stage.properties", tmp_path / "plan.json"
    config.write_text(settings_of(pipeline))
    environment = os.environ | {"WIRESTAGE_CONFIG": str(config),
                                "WIRESTAGE_INSTANCE": "0"}
    plan.write_text(subprocess.run(
        [PROGRAM, name, "plan"], env=environment, text=True, check=True,
        stdout=subprocess.PIPE, timeout=60).stdout)

    mounted = "/etc/wirestage-plan/plan.json"
    into = next((a.partition("=")[2] for a in container["args"]
                 if a.startswith("--into=")), None)
    if into:
        pipeline.kafka.create_topic(into, 3)
    done = subprocess.run(
        [PROGRAM, *(a.replace(mounted, str(plan))
                    for a in container["args"])],
        env=environment, text=True, capture_output=True, timeout=90)
    assert done.returncode == REJECTED, done.stderr
    letters = records.read(pipeline.kafka, pipeline.deadletters)
    assert len(letters) == 10  # the five bad ones, twice
    made = records.read(pipeline.kafka, into or pipeline.output)
    assert len(made) == 15
    again = subprocess.run(done.args, env=environment, text=True,
                           capture_output=True, timeout=90)
    assert again.returncode == 0 and "0 messages taken" in again.stdout
