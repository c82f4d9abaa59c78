import re

import pytest
from cluster import Cluster
from kafka import UNFENCED, Kafka
from pipeline import Pipeline

# Its assertions are part of the tests', and say what they compared.
pytest.register_assert_rewrite("chaos")


@pytest.fixture(scope="session")
def kafka(tmp_path_factory):
    with Kafka(tmp_path_factory.mktemp("kafka"), sasl=True) as broker:
        yield broker


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """Three brokers, for the modules that make it their `kafka`."""
    with Cluster(tmp_path_factory.mktemp("cluster"), disk_mb=512) as brokers:
        yield brokers


def released(made):
    """The pipeline; then its processes end, and no sanitizer has found fault."""
    yield made
    made.release()
    assert not [stage.findings() for stage in made.stages if stage.findings()]


@pytest.fixture
def pipeline(kafka, tmp_path, request):
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")
    yield from released(
        Pipeline(kafka, tmp_path, name.removeprefix("test-")[:60]))


def alone_on(folder, **properties):
    with Kafka(folder / "kafka", **properties) as broker:
        yield from released(Pipeline(broker, folder, "alone"))


@pytest.fixture
def alone(tmp_path):
    """A pipeline on a broker of the test's own, which may be stopped."""
    yield from alone_on(tmp_path)


@pytest.fixture
def unfenced(tmp_path):
    """The same, whose broker stays the leader while it stands still."""
    yield from alone_on(tmp_path, **UNFENCED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows the ends of its processes' logs."""
    report = yield
    if report.failed:
        kafka = item.funcargs.get("kafka")
        for name in ("pipeline", "alone", "unfenced"):
            if pipeline := item.funcargs.get(name):
                report.sections += pipeline.logs()
                kafka = pipeline.kafka
        if kafka:
            report.sections += kafka.logs()
    return report
