"""Time and memory to the first frame, and the start of the commands, each beside its baseline of the same run.

`python -m tests.benchmarks.bench_start [RUNS]`; medians of 5 by default. The baseline of the screen is a bare Textual
app with a list and a Static; that of the commands is `python -c pass`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[2]
BARE = Path(__file__).with_name("bare.py")


def first_frame(command: list[str], wanted: str, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from a command's start until its terminal shows `wanted`, and its memory then, in MB."""
    began = time.perf_counter()
    child = pexpect.spawn(command[0], command[1:], env=environment, dimensions=(40, 140), timeout=30)
    child.delaybeforesend = None
    try:
        if child.expect_exact([b"\x1b[6n", wanted.encode()]) == 0:
            child.send(b"\x1b[1;2R")  # as a terminal answers that draws marks of ambiguous width in one cell
            child.expect_exact(wanted.encode())
        seconds = time.perf_counter() - began
        memory = subprocess.run(["ps", "-o", "rss=", "-p", str(child.pid)], capture_output=True, text=True, check=True)
        return seconds, int(memory.stdout) / 1024
    finally:
        child.close(force=True)


def whole(command: list[str], environment: dict[str, str]) -> float:
    """Seconds that a command takes from start to end."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, capture_output=True, check=False)
    return time.perf_counter() - began


def main() -> None:
    """Print the figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        home = {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        outside = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**outside, **home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        sample = Path(folder) / "sample"
        shutil.copytree(ROOT / "corpus", sample)
        program = [sys.executable, "-m", "tui"]
        bare = [sys.executable, str(BARE)]
        subprocess.run([*program, "index", str(sample)], env=environment, capture_output=True, check=True)
        headline = "乌桕渡的最后一班船"

        def cold() -> tuple[float, float]:
            shutil.rmtree(sample / ".jianbao", ignore_errors=True)
            return first_frame([*program, str(sample)], headline, environment)

        rows: dict[str, list[tuple[float, float]]] = {"bare": [], "sample": [], "sample, first opening": []}
        for _ in range(runs):
            rows["bare"].append(first_frame(bare, "row 1", environment))
            rows["sample"].append(first_frame([*program, str(sample)], headline, environment))
        for _ in range(runs):
            rows["sample, first opening"].append(cold())
        base = [statistics.median(column) for column in zip(*rows["bare"], strict=True)]
        print(f"first frame, medians of {runs}")
        for name, measured in rows.items():
            seconds, memory = (statistics.median(column) for column in zip(*measured, strict=True))
            print(
                f"  {name:24} {seconds:6.3f} s  ×{seconds / base[0]:.2f}  {memory:6.1f} MB  {memory - base[1]:+.1f} MB"
            )

        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "jianbao --version": [*program, "--version"],
            "jianbao search": [*program, "search", str(sample), "渡口"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(whole(command, environment))
        floor = statistics.median(times["python -c pass"])
        print(f"commands, medians of {runs}")
        for name, measured_times in times.items():
            seconds = statistics.median(measured_times)
            print(f"  {name:24} {seconds:6.3f} s  {seconds - floor:+.3f} s")


if __name__ == "__main__":
    main()
