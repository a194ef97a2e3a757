"""The press: makes a PDF of a finished layout, here or in a process beside the one that lays out.

That process imports the engine (ReportLab, a fifth of the time of twenty pages) while pages are set, and paints while
their fonts are cut down.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO, TypeVar

from msgspec import Struct, msgpack

from report.errors import Issue, ReportError
from report.writers.pdf.job import FontProgram, Job

# Gives a job to a press; what comes back waits for the file.
# That is PDF/UA-1 and PDF/A-2a; ReportError where a colour is missing.
Printing = Callable[[Job, Iterable[FontProgram]], Callable[[], bytes]]
M = TypeVar("M", bound=Struct)
LENGTH = 8  # bytes that tell how many follow


class _Result(Struct, array_like=True):
    """The file, or what stood against it."""

    data: bytes = b""
    issues: tuple[Issue, ...] = ()


def print_here(job: Job, programs: Iterable[FontProgram]) -> Callable[[], bytes]:
    """Print in this process, when it is asked for."""
    return partial(_printed, job, programs)


def _printed(job: Job, programs: Iterable[FontProgram]) -> bytes:
    from report.writers.pdf.finish import finish  # here: who only lays out must not wait for the engine
    from report.writers.pdf.paint import Painter

    canvas, marks = Painter(job).paint()
    return finish(canvas, marks, job, programs)


class Press:
    """A process that prints one job after the other; it ends when this one does. To be begun early: what has been
    imported by then is there twice without taking twice the room, and no thread may run yet."""

    def __init__(self) -> None:
        jobs, results = os.pipe(), os.pipe()
        if os.fork() == 0:
            os.close(jobs[1])
            os.close(results[0])
            _work(os.fdopen(jobs[0], "rb"), os.fdopen(results[1], "wb"))
        os.close(jobs[0])
        os.close(results[1])
        self._jobs, self._results = os.fdopen(jobs[1], "wb"), os.fdopen(results[0], "rb")

    def __call__(self, job: Job, programs: Iterable[FontProgram]) -> Callable[[], bytes]:
        """Print there, meanwhile."""
        _send(self._jobs, job)
        for program in programs:
            _send(self._jobs, program)
        return self._result

    def _result(self) -> bytes:
        result = _received(self._results, _Result)
        if result is None:
            raise RuntimeError("the press has stopped; what it says of it stands above")
        if result.issues:
            raise ReportError.all_of(result.issues)
        return result.data


def _work(jobs: BinaryIO, results: BinaryIO) -> None:
    """Print until there are no more jobs, then end the process, whatever happens: the program goes on in the other."""
    code = 1
    try:
        import report.writers.pdf.finish
        import report.writers.pdf.paint  # noqa: F401

        while job := _received(jobs, Job):
            _send(results, _result(job, _programs(jobs, len(job.fonts))))
        code = 0
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _result(job: Job, programs: Iterator[FontProgram]) -> _Result:
    try:
        return _Result(_printed(job, programs))
    except ReportError as error:
        for _ in programs:  # they come all the same
            pass
        return _Result(issues=error.issues)


def _programs(jobs: BinaryIO, count: int) -> Iterator[FontProgram]:
    for _ in range(count):
        program = _received(jobs, FontProgram)
        assert program, "the fonts of a job must follow it"
        yield program


def _send(file: BinaryIO, message: Struct) -> None:
    data = msgpack.encode(message)
    file.write(len(data).to_bytes(LENGTH, "big"))
    file.write(data)
    file.flush()


def _received(file: BinaryIO, kind: type[M]) -> M | None:
    """The next message; None where there is none any more."""
    decoder = msgpack.Decoder(kind)  # before the wait: it takes as long as a page
    length = file.read(LENGTH)
    return decoder.decode(file.read(int.from_bytes(length, "big"))) if length else None
