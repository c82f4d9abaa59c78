"""The delivery tests' broker, and processes in containers."""
import importlib.util

import container

_spec = importlib.util.spec_from_file_location(
    "broker_conftest", container.BROKER / "conftest.py")
_broker = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_broker)

kafka = _broker.kafka
pipeline = _broker.pipeline
pytest_runtest_makereport = _broker.pytest_runtest_makereport
