"""Child processes that never outlive the test, and waiting for a fact."""
import ctypes
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
# A sanitizer makes the program many times slower.
PATIENCE = float(os.environ.get("PATIENCE", "1"))
_libc = ctypes.CDLL(None, use_errno=True)


def start(arguments, log, folder):
    """Starts a process whose output goes to the end of the file log.

    The kernel kills it when pytest dies, however pytest dies.
    """
    parent = os.getpid()

    def begin():
        # A shell in the background has it ignored, by all its children.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # One that crashes leaves its memory in the test's folder.
        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    with open(log, "ab") as out:
        return subprocess.Popen(
            arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.STDOUT, preexec_fn=begin)


def stop(process, timeout=10):
    """Asks the process to end, and ends it when it does not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask_sanitizer(monkeypatch, option):
    """Programs started from here on have this option too, if sanitized."""
    given = os.environ.get("ASAN_OPTIONS", "")
    monkeypatch.setenv("ASAN_OPTIONS", f"{given}:{option}")


def wait_for(fact, what, timeout=20, every=0.05):
    """Returns fact() as soon as it is true; fails, saying what, when late."""
    deadline = time.monotonic() + timeout * PATIENCE
    while not (found := fact()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {timeout} s in vain for {what}")
        time.sleep(every)
    return found


def tail(path, lines=30):
    """The end of a log, for a report; but not which settings there were."""
    text = Path(path).read_text(errors="replace") if Path(path).exists() else ""
    return "\n".join([line[:400] for line in text.splitlines()
                      if not line.startswith("event=setting ")][-lines:])
