"""The program under test: `wirestage run` as a child process."""
import os
import shlex
import signal
from pathlib import Path

import process

PROGRAM = Path(os.environ.get("WIRESTAGE", process.ROOT / "build/wirestage"))


class Stage:
    """One process of the service; settings as its flags name them."""

    def __init__(self, folder, settings, name="stage"):
        if not PROGRAM.exists():
            raise FileNotFoundError(f"no {PROGRAM}: `make` builds it")
        self.log = Path(folder) / f"{name}.log"
        self.process = process.start(
            [PROGRAM, "run", *(f"--{k}={v}" for k, v in settings.items())],
            self.log, folder)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        """SIGKILL: the process has no say."""
        self.process.kill()
        self.process.wait()

    def pause(self):
        self.signal(signal.SIGSTOP)

    def resume(self):
        self.signal(signal.SIGCONT)

    def terminate(self, timeout=20):
        """SIGTERM; returns the status it ends with."""
        self.process.terminate()
        return self.wait(timeout)

    def wait(self, timeout=20):
        """Waits until it ends by itself; returns its status."""
        return self.process.wait(timeout * process.PATIENCE)

    def release(self):
        """Whatever became of it, it is gone afterwards."""
        if self.process.poll() is None:
            self.kill()

    def findings(self):
        """What a sanitizer said of it, if it was built with one."""
        return [line for line in self.text().splitlines()
                if "Sanitizer" in line or "runtime error:" in line]

    def text(self):
        return self.log.read_text(errors="replace")

    def events(self, name):
        """The fields of each log line about this event."""
        return [fields for fields in map(logfmt, self.text().splitlines())
                if fields.get("event") == name]

    def wait_for_event(self, name, timeout=20):
        def found():
            if events := self.events(name):
                return events
            if self.process.poll() is not None and not self.events(name):
                raise RuntimeError(
                    f"ended with {self.process.returncode} before it logged "
                    f"{name}:\n{process.tail(self.log)}")
            return None

        return process.wait_for(found, f"the event {name}", timeout)[-1]

    def totals(self):
        """What it counted, as its last word says it."""
        return {name: int(number) for name, number
                in self.events("totals")[-1].items() if number.isdigit()}


def logfmt(line):
    """{key: value} of a log line; a value may be quoted."""
    try:
        words = shlex.split(line)
    except ValueError:
        return {}
    return dict(word.split("=", 1) for word in words if "=" in word)
