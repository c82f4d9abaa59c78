"""A small file system, in memory, that can be full."""
import ctypes
import os
import subprocess

CLONE_NEWNS = 0x20000
_libc = ctypes.CDLL(None, use_errno=True)


class Disk:
    """Mounted at a folder where this process and its children alone see it,
    so that it goes when they do. Only root may mount."""

    def __init__(self, folder, size_mb):
        if _libc.unshare(CLONE_NEWNS):
            code = ctypes.get_errno()
            raise OSError(code, f"a small file system: {os.strerror(code)}")
        _run("mount", "--make-rprivate", "/")
        folder.mkdir(parents=True)
        _run("mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", folder)
        self._rest = folder / "rest"

    def fill(self):
        """Not a byte is left for anybody else."""
        with open(self._rest, "wb", buffering=0) as rest:
            try:
                while True:
                    rest.write(bytes(1 << 20))
            except OSError:  # ENOSPC: it is full
                pass

    def clear(self):
        self._rest.unlink()


def _run(*words):
    subprocess.run(words, check=True)
