"""What a template's author asks for: a new report to begin with."""

from __future__ import annotations

import re
from pathlib import Path

from report.choosing import DIGEST
from report.errors import ReportError
from report.files import write_folder
from report.names import RESERVED, did_you_mean
from report.opening import SERIES, TEMPLATES
from report.templates.bounds import own_file
from report.templates.layers import skeleton_of, template_chain

PLAIN = re.compile(r"[^\W_][\w.-]*")
EXTENDS = re.compile(r"^extends: .*$", re.MULTILINE)


def new(name: str, series: str) -> str:
    """A report under templates/reports that can be built as it is: the skeleton of the series, or of the nearest that
    it extends. ReportError for a name that is none or is taken, and for a series that there is not."""
    folder = TEMPLATES / "reports" / name
    if not PLAIN.fullmatch(name) or name in RESERVED:
        raise ReportError(f"report new {name}", "不能作报告的名字", "用字母、汉字、数字和连字符，如 robot-2026")
    if folder.exists():
        raise ReportError(folder.as_posix(), "已经有这份报告", "换一个名字")
    skeleton = _skeleton(series)
    paths = [own_file(path, skeleton) for path in sorted(skeleton.rglob("*.*"))]
    files = {path.relative_to(skeleton).as_posix(): path.read_text("utf-8") for path in paths}
    files["report.yaml"] = EXTENDS.sub(f"extends: {series}", files["report.yaml"], count=1)
    write_folder(folder, files)
    return f"{folder.as_posix()}：改好 report.yaml 和 sections/，运行 make report"


def _skeleton(series: str) -> Path:
    known = sorted(path.parent.name for path in SERIES.glob("*/series.yaml"))
    if series == DIGEST:
        hint = f"make report SEEDS=… OUT=… 会写出 OUT/template/{DIGEST}/；要改写，把它复制到 templates/reports/ 下"
        raise ReportError(f"report new --series {series}", "摘编由程序编写，没有要填写的骨架", hint)
    if series not in known:
        raise ReportError(f"report new --series {series}", "没有这个系列", did_you_mean(series, known))
    return skeleton_of(template_chain(SERIES / series, SERIES))
