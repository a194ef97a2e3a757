"""How a command is run: what it did is told or logged, a mistake of the user's told in lines. Catches ReportError."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from report.errors import ReportError
from report.files import log_issues


def run_stage(work: Callable[[], str], log: Path | None, verbose: bool) -> None:
    """Run a stage, which returns what it did: told on standard output, or in the file `log` where that is given."""
    if log is not None:
        log.unlink(missing_ok=True)  # an earlier run's words must not be taken for this one's
    with telling(verbose):
        try:
            done = work()
        except ReportError as error:
            log_issues(log, error.issues)
            raise
    log_issues(log, [done])
    if log is None:
        print(done)


@contextmanager
def telling(verbose: bool) -> Iterator[None]:
    """Tells a mistake of the user's, a line for each, after its stack if `verbose`; the process ends with 1."""
    try:
        yield
    except ReportError as error:
        if verbose:
            import traceback  # here: what it imports takes long

            traceback.print_exc()
        for issue in error.issues:
            print(issue, file=sys.stderr)
        sys.exit(1)
