"""What verification found, as saved in verification.json."""

from __future__ import annotations

from report.models import Model

UNTRIED = "未验"  # how the figure of a check begins that could not be made on this machine


class Finding(Model):
    """One thing that is not as it should be, and where."""

    where: str
    text: str


class CheckResult(Model):
    """One check: what was measured (`figure`), and what it found; ok where it found nothing."""

    name: str
    ok: bool
    figure: str
    findings: tuple[Finding, ...]

    @property
    def untried(self) -> bool:
        """Whether it could not be made on this machine."""
        return self.figure.startswith(UNTRIED)


class Verification(Model):
    """verification.json: the checks, the sha256 of every input, the fonts embedded and the versions that made it."""

    ok: bool
    checks: tuple[CheckResult, ...]
    inputs: dict[str, str]
    fonts: tuple[str, ...]
    versions: dict[str, str]


def result(name: str, figure: str, findings: list[Finding]) -> CheckResult:
    """A check that is ok where nothing was found."""
    return CheckResult(name=name, ok=not findings, figure=figure, findings=tuple(findings))
