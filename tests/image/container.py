"""A pytest plugin: the delivery tests' processes are containers of the image.

    pytest -p container tests/broker/test_delivery.py

Each runs as it would in production, and tighter: read-only, no capability, no
new privileges, not root, 128 MB.
"""
import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

BROKER = Path(__file__).resolve().parents[1] / "broker"
sys.path.insert(0, str(BROKER))

import pipeline  # noqa: E402
import process  # noqa: E402
import stage  # noqa: E402
from kafka import free_port  # noqa: E402,F401

PODMAN = ["podman", "--runtime", "runc"]
IMAGE = os.environ.get("IMAGE", "localhost/wirestage")
# Not every root may raise these to what podman would ask for.
LIMITS = ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"]
SEALED = ["--read-only", "--read-only-tmpfs=false", "--cap-drop", "all",
          "--security-opt", "no-new-privileges", "--memory", "128m"]
RUN = [*PODMAN, "run", "--rm", "--network", "host", "--log-driver", "none",
       *LIMITS, *SEALED]
_numbers = itertools.count()


class Container(stage.Stage):
    """`wirestage run` in a container; the process is podman's client, which
    ends when the container does, with its status."""

    def __init__(self, folder, settings, name="stage"):
        self.log = Path(folder) / f"{name}.log"
        self.name = f"wirestage-test-{os.getpid()}-{next(_numbers)}"
        self.process = process.start(
            [*RUN, "--name", self.name, IMAGE, "run",
             *(f"--{k}={v}" for k, v in settings.items())], self.log, folder)

    def signal(self, number):
        subprocess.run(
            [*PODMAN, "kill", "--signal", signal.Signals(number).name,
             self.name], check=True, stdout=subprocess.DEVNULL)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait(20)

    def terminate(self, timeout=20):
        self.signal(signal.SIGTERM)
        return self.wait(timeout)

    def release(self):
        if self.process.poll() is None:
            subprocess.run([*PODMAN, "rm", "--force", self.name],
                           stdout=subprocess.DEVNULL)
            self.process.wait(20)


pipeline.Stage = Container
