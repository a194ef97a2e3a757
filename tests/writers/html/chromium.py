"""A small client of headless Chromium: opens a page, presses real keys and buttons, asks what is to be seen.

Speaks the DevTools protocol over two pipes (--remote-debugging-pipe: JSON messages that end in NUL); nothing listens
on a port, and no host is resolved.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--host-resolver-rules=MAP * ~NOTFOUND",
    "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}
PATIENCE = 60.0  # seconds for one answer


def find_chromium() -> str | None:
    """The browser's program, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def open_browser(program: str, profile: Path) -> Iterator[Browser]:
    """A browser with a fresh profile, closed at the end; its own process is the only one that is ended."""
    ours, theirs = _pipes()
    process = subprocess.Popen(
        [program, *FLAGS, f"--user-data-dir={profile}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(3, 4),
        preexec_fn=lambda: (os.dup2(theirs[0], 3), os.dup2(theirs[1], 4)),
    )  # fmt: skip
    for end in theirs:
        os.close(end)
    try:
        browser = Browser(*ours)
        yield browser
        browser.ask("Browser.close")
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
        for end in ours:
            os.close(end)


def _pipes() -> tuple[tuple[int, int], tuple[int, int]]:
    """Ours (read, write) and theirs (read, write), all above the two numbers that the browser expects."""
    read_theirs, write_ours = (_high(end) for end in os.pipe())
    read_ours, write_theirs = (_high(end) for end in os.pipe())
    return (read_ours, write_ours), (read_theirs, write_theirs)


def _high(end: int) -> int:
    copy = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(end)
    return copy


class Browser:
    """One tab of a browser."""

    def __init__(self, read: int, write: int) -> None:
        self._read = read
        self._write = write
        self._rest = b""
        self._count = 0
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.ask(f"{domain}.enable")
        self.requests: list[str] = []

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Sends a command and waits for its answer; RuntimeError where the browser refuses."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            chunk = os.read(self._read, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser is gone")
            self._rest += chunk
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def open(self, page: Path, width: int, height: int) -> None:
        """Loads a local page in a window of that many CSS pixels."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.still(True)
        self.ask("Page.navigate", url=page.resolve().as_uri())
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'")

    def still(self, reduce: bool) -> None:
        """Tells the page that its reader wants no motion, or does not mind."""
        wish = {"name": "prefers-reduced-motion", "value": "reduce" if reduce else "no-preference"}
        self.ask("Emulation.setEmulatedMedia", features=[wish])

    def look(self, expression: str) -> Any:
        """The value of a JavaScript expression, read by the tester beside the page (its policy does not apply)."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Until the expression is true; TimeoutError after a minute."""
        end = time.monotonic() + PATIENCE
        while not self.look(expression):
            if time.monotonic() > end:
                raise TimeoutError(expression)
            time.sleep(0.02)

    def click(self, selector: str) -> None:
        """Moves the mouse to the middle of the first element that matches, scrolled into view, and clicks."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.look(f"{found}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        self.draw()
        box = self.look(
            f"(() => {{const e = {found};"
            "const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]})()"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = "none" if kind == "mouseMoved" else "left"
            self.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button=button, clickCount=1)
        self.draw()

    def draw(self) -> None:
        """Waits for two frames: a card finds its place beside its value in the first."""
        script = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        self.ask("Runtime.evaluate", expression=script, awaitPromise=True)

    def press(self, key: str) -> None:
        """One key, down and up."""
        text = {"Enter": "\r", " ": " "}.get(key, "")
        code = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key]}
        self.ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **code)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **code)
        self.draw()
