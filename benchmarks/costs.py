"""What Python code costs in CPU seconds and memory, with all processes that it starts."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MARK = "QUOTES_BENCHMARK"  # in the environment of all processes of one measurement
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
LOOK = 0.3  # seconds between two looks at the processes
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    cpu: float  # seconds, of all its processes
    memory: int  # bytes, the most that one of them had

    def __str__(self) -> str:
        return f"{self.cpu:8.1f} s of CPU {self.memory / 2**20:7,.0f} MiB at most in one process"


def measure(
    code: str,
    *arguments: object,
    during: Callable[[], object] = lambda: None,
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """What some Python code costs, run with these arguments as ``sys.argv[1:]``; ``during`` is called meanwhile."""
    mark = f"{os.getpid()}-{time.monotonic_ns()}"
    command = [
        sys.executable,
        "-c",
        f"if __name__ == '__main__':\n    import sys\n    {code}",
        *map(str, arguments),
    ]
    process = subprocess.Popen(command, env={**os.environ, **ONE_THREAD, **(environment or {}), MARK: mark})
    cpu: dict[int, float] = {}
    memory = 0
    while True:
        for pid, seconds, peak in _processes(mark):
            cpu[pid], memory = seconds, max(memory, peak)
        during()
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        time.sleep(LOOK)
    if os.waitstatus_to_exitcode(status) not in (0, -signal.SIGKILL):
        raise SystemExit(f"{code}: exit code {os.waitstatus_to_exitcode(status)}")
    process.returncode = os.waitstatus_to_exitcode(status)
    counted = usage.ru_utime + usage.ru_stime  # of it and of those that it waited for, to the very end
    return Cost(max(counted, sum(cpu.values())), max(memory, usage.ru_maxrss * 1024))


def _processes(mark: str) -> Iterator[tuple[int, float, int]]:
    """Of each process with this mark: its number, CPU seconds, and the most memory that it had."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() not in (folder / "environ").read_bytes():
                continue
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            peak = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
        except (OSError, ValueError):  # it has ended
            continue
        yield int(folder.name), (int(fields[11]) + int(fields[12])) / TICK, int(peak[1]) * 1024 if peak else 0
