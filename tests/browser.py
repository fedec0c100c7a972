"""Opens a page in headless Chromium with the network off, and says what it saw.

It speaks the DevTools protocol over a pipe, so that it needs nothing but Python and Chromium. Load
it by path, or through the fixture `browser` of `conftest.py`:

    assert browser.find_chromium() is None or browser.faults_of(path) == []
"""

import base64
import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND"),
    "--remote-debugging-pipe",
)
WIDTHS = (1280, 390)
PROBE = Path(__file__).with_name("probe.js")
PATIENCE = 60.0  # seconds to wait for an answer
LAUNCH = (  # puts the pipes where Chromium looks for them, and becomes Chromium
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); "
    "os.execv(sys.argv[3], sys.argv[3:])"
)


@dataclass
class Sight:
    """What a page showed at one width."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    seen: dict[str, Any] = field(default_factory=dict)

    def faults(self) -> list[str]:
        """Everything that is wrong with the page; empty if all is well."""
        found = [f"console: {error}" for error in self.errors]
        found += [f"request: {address}" for address in self.requests]
        if self.seen["scrollWidth"] > self.seen["innerWidth"]:
            found.append(f"{self.seen['scrollWidth']} px wide: {self.seen['wide']}")
        for fault in ("undrawn", "clipped", "overlapping"):
            found += [f"{fault}: {where}" for where in self.seen[fault]]
        return found


def find_chromium() -> str | None:
    """Path of the browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def faults_of(path: Path) -> list[str]:
    """Everything that is wrong with a page, on a desk and on a telephone."""
    with Chromium.started() as chromium:
        sights = {width: chromium.look(path, width) for width in WIDTHS}
    return [f"{width}: {fault}" for width, sight in sights.items() for fault in sight.faults()]


class Chromium:
    """A running browser with one page."""

    def __init__(self, into: IO[bytes], out: int) -> None:
        self._into, self._out = into, out
        self._buffer, self._number = b"", 0
        self._session: str | None = None
        self._sight = Sight()

    @classmethod
    @contextlib.contextmanager
    def started(cls) -> Iterator[Self]:
        """The browser, ended when the block is left."""
        command = find_chromium()
        if command is None:
            raise FileNotFoundError(f"none of {', '.join(NAMES)} is on PATH")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            to_read, to_write = os.pipe()
            from_read, from_write = os.pipe()
            words = [command, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
            process = subprocess.Popen(
                [sys.executable, "-c", LAUNCH, str(to_read), str(from_write), *words],
                pass_fds=(to_read, from_write),
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            os.close(to_read)
            os.close(from_write)
            try:
                with os.fdopen(to_write, "wb", buffering=0) as into:
                    chromium = cls(into, from_read)
                    chromium._open()
                    yield chromium
                    chromium.send("Browser.close", page=False)
            finally:
                os.close(from_read)
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def look(self, path: Path, width: int) -> Sight:
        """Loads a file at a width [px] and probes what is drawn."""
        self._sight = Sight()
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.send("Emulation.setDeviceMetricsOverride", screen)
        self.send("Page.navigate", {"url": path.resolve().as_uri()})
        if not any(told.get("method") == "Page.loadEventFired" for told in self._messages()):
            raise TimeoutError(f"{path} did not load")
        self._sight.seen = self.evaluate(PROBE.read_text(encoding="utf-8"))
        return self._sight

    def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression, a promise being awaited."""
        wanted = {"expression": script, "returnByValue": True, "awaitPromise": True}
        answer = self.send("Runtime.evaluate", wanted)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def picture(self, selector: str = "html") -> bytes:
        """A PNG of an element of the page that was loaded last."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect().toJSON()"
        clip = self.evaluate(f"(b => ({{...b, y: b.y + scrollY, scale: 1}}))({box})")
        shot = self.send("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
        return base64.b64decode(shot["data"])

    def send(
        self, method: str, parameters: dict[str, Any] | None = None, *, page: bool = True
    ) -> dict[str, Any]:
        """Sends a command of the protocol and gives its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters or {}}
        if page and self._session:
            message["sessionId"] = self._session
        self._into.write(json.dumps(message).encode() + b"\0")
        for answer in self._messages():
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
        raise TimeoutError(f"Chromium did not answer {method}")

    def _open(self) -> None:
        targets = self.send("Target.getTargets", page=False)["targetInfos"]
        target = next(each["targetId"] for each in targets if each["type"] == "page")
        wanted = {"targetId": target, "flatten": True}
        self._session = self.send("Target.attachToTarget", wanted, page=False)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.send("Network.emulateNetworkConditions", offline)

    def _messages(self) -> Iterator[dict[str, Any]]:
        """Messages as they come, until patience ends; what they report is noted."""
        deadline = time.monotonic() + PATIENCE
        with selectors.DefaultSelector() as selector:
            selector.register(self._out, selectors.EVENT_READ)
            while time.monotonic() < deadline:
                while b"\0" in self._buffer:
                    text, self._buffer = self._buffer.split(b"\0", 1)
                    message: dict[str, Any] = json.loads(text)
                    self._note(message)
                    yield message
                if selector.select(timeout=1.0):
                    chunk = os.read(self._out, 1 << 20)
                    if not chunk:
                        raise ConnectionError("Chromium ended")
                    self._buffer += chunk

    def _note(self, message: dict[str, Any]) -> None:
        """Keeps errors of the console and requests beyond the file itself."""
        told = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                details = told["exceptionDetails"]
                self._sight.errors.append(json.dumps(details)[:2000])
            case "Runtime.consoleAPICalled" if told["type"] in {"error", "warning", "assert"}:
                self._sight.errors.append(json.dumps(told["args"])[:500])
            case "Log.entryAdded" if told["entry"]["level"] in {"error", "warning"}:
                self._sight.errors.append(told["entry"]["text"])
            case "Network.requestWillBeSent":
                address = told["request"]["url"]
                if not address.startswith(("file:", "data:", "blob:", "about:")):
                    self._sight.requests.append(address)
