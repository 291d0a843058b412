"""A PostgreSQL server of our own, in a folder of its own, for as long as a test needs it."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path


def program(name):
    """Where a program of PostgreSQL lies; None where it is not installed."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    return shutil.which(name)


class Server:
    """A server that can be started, stopped, and killed.

    As root it runs as the user ``postgres``, since PostgreSQL refuses to run as root.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.user = "postgres" if os.getuid() == 0 else None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = None

    def _run(self, *words):
        subprocess.run(
            words, user=self.user, check=True, capture_output=True, cwd=self.folder, timeout=60
        )

    def make(self, *settings):
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.user:
            shutil.chown(self.folder, self.user)
        self._run(program("initdb"), "-D", str(self.data), "-U", "owner", "-A", "trust", "-N")
        lines = [f"port = {self.port}", "listen_addresses = '127.0.0.1'"]
        lines += [f"unix_socket_directories = '{self.folder}'", *settings]
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("\n".join(lines) + "\n")
        return self

    def start(self):
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [program("postgres"), "-D", str(self.data)],
                user=self.user,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        for _ in range(600):
            ready = [program("pg_isready"), "-h", "127.0.0.1", "-p", str(self.port), "-q"]
            if subprocess.run(ready, check=False).returncode == 0:
                return self
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}")

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # does not wait for those connected
            self.process.wait(60)
            self.process = None

    def kill(self):
        """End the server and all of its processes at once, as a power cut does."""
        pids = [self.process.pid, *children(self.process.pid)]
        for pid in pids:
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                continue
        self.process.wait(60)
        self.process = None

    def database(self, name):
        """Make a database and return its address."""
        self._run(program("createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "owner", name)
        return self.address(name)

    def address(self, name, user="owner"):
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"


def children(pid):
    """Processes that a process started."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found
