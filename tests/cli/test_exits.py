"""The command as a process: signals, pipes, terminals."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

COMMAND = (sys.executable, "-c", "from realpolitik.sim.cli import main; main()")


def read_until(terminal: int, words: bytes, process: subprocess.Popen[bytes]) -> bytes:
    """What a terminal shows until it shows these words, or the process has ended."""
    shown = b""
    deadline = time.monotonic() + 120
    while words not in shown and time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.1)
        if ready:
            try:
                shown += os.read(terminal, 65536)
            except OSError:  # how a terminal ends under Linux
                break
        elif process.poll() is not None:
            break
    return shown


def test_ctrl_c_in_the_midst_of_a_run_leaves_a_clean_line_and_no_folder(tmp_path: Path) -> None:
    keyboard, terminal = pty.openpty()
    words = ("run", "haniyeh_2024", "--worlds", "1000000", "--out", str(tmp_path / "out"))
    process = subprocess.Popen(
        [*COMMAND, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
        start_new_session=True,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(terminal)
    try:
        shown = read_until(keyboard, b"Simulating", process)
        process.send_signal(signal.SIGINT)
        shown += read_until(keyboard, b"never shown", process)
        assert process.wait(timeout=60) == 130
    finally:
        process.kill()
        os.close(keyboard)
    assert process.stdout is not None
    assert process.stdout.read() == b""
    process.stdout.close()
    assert shown.rstrip().endswith(b"Interrupted.")
    assert b"Traceback" not in shown
    assert b"\x1b[?25h" in shown  # the cursor is back
    assert list(tmp_path.iterdir()) == []


def test_no_bar_is_drawn_where_stderr_is_no_terminal(tmp_path: Path) -> None:
    words = ("run", "no_shock", "--worlds", "2", "--out", str(tmp_path))
    done = subprocess.run(
        [*COMMAND, *words], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stderr.startswith("2 worlds in ")
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_has_gone_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "list", "parameters"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 0


def test_stdout_that_takes_nothing_is_one_line_and_exit_3() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "list", "actors"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 3
    assert done.stderr.startswith("standard output cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_narrow_encoding_spoils_a_sign_and_not_the_run(tmp_path: Path) -> None:
    words = ("run", "no_shock", "--worlds", "2", "--out", str(tmp_path))
    done = subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0, done.stderr
    assert b"Folder" in done.stdout


def test_an_unforeseen_error_is_shown_in_full_under_dev_mode() -> None:
    script = (
        "import sys; from realpolitik.sim.cli.exits import exit_code\n"
        "sys.exit(exit_code(lambda: 1 / 0))"
    )
    quiet = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    loud = subprocess.run(
        [sys.executable, "-X", "dev", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert quiet.returncode == 3
    assert quiet.stderr == "realpolitik failed: ZeroDivisionError: division by zero\n"
    assert "Traceback" in loud.stderr
