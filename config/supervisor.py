"""Keeps several programs running as one: starts them, restarts one that dies, and ends them all together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 0.2
# An idle worker can take so long to notice. One that is cut off in its work left a row that says so: the next does it.
END_WITHIN = 5
STEADY_AFTER = 60
LONGEST_PAUSE = 30

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One program, in a process group of its own, so that what it starts can be ended with it."""

    def __init__(self, name, command, environment):
        self.name, self.command, self.environment = name, command, environment
        self.process = None
        self.started_at = self.start_at = 0.0
        self.pause = 1

    def start(self):
        self.process = subprocess.Popen(  # noqa: S603  the commands are serve's own
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self.started_at = time.monotonic()

    def look_after(self):
        """Start it again when it has ended: after a second, and each time later while it keeps ending."""
        now = time.monotonic()
        if self.process and self.process.poll() is not None:
            self.signal(signal.SIGKILL)
            if now - self.started_at > STEADY_AFTER:
                self.pause = 1
            print(
                f"The {self.name} ended ({self.process.returncode}). Starting it again in {self.pause} s.", flush=True
            )
            self.process, self.start_at = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if not self.process and now >= self.start_at:
            self.start()

    def has_ended(self):
        return self.process is None or self.process.poll() is not None

    def signal(self, number):
        """To the program and to all that it started."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Runs until SIGINT or SIGTERM; then everything ends within seconds, and nothing stays behind."""

    def __init__(self, commands, environment):
        self.children = [Child(name, command, environment) for name, command in commands.items()]
        self.ending = False

    def run(self, when_started):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        try:
            for child in self.children:
                child.start()
            when_started(self)
            while not self.ending:
                for child in self.children:
                    child.look_after()
                time.sleep(LOOK_EVERY)
        finally:
            self._end_all()

    def _end(self, *_):
        self.ending = True

    def _end_all(self):
        for child in self.children:
            if not child.has_ended():
                child.process.terminate()
        until = time.monotonic() + END_WITHIN
        while time.monotonic() < until and not all(child.has_ended() for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process:
                child.process.wait()


def _end_with_parent():
    """Runs in the child: have the kernel end it should this process be killed and unable to do so."""
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
