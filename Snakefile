# From the documents in seeds/ to a verified report, for every folder under templates/reports/.
#
# The only place that knows where files live. Read the rules from top to bottom: it is the order of the work.
# A rule lists the code of the rooms that first enter with it, so that a changed room reruns only what follows:
# a room that an earlier rule lists reaches the later ones through that rule's output.

import hashlib
import os
import re
import sys
from pathlib import Path

from report.choosing import reports_for
from report.sources.seeds import seeds_in

# `python` in the rules is the one that runs Snakemake; caches stay in the checkout's own .snakemake/
os.environ.update(
    PATH=os.pathsep.join([str(Path(sys.executable).parent), *os.get_exec_path()]),
    XDG_CACHE_HOME=str(Path(".snakemake/cache").absolute()),
    MPLCONFIGDIR=str(Path(".snakemake/cache").absolute()),
)

SEEDS = Path(config.get("seeds", "seeds"))
OUT = config.get("out", "output")

# what stages that read all documents are given: folders, for a command with a file for each would grow too long
MADE = {"seeds": str(SEEDS), "documents": f"{OUT}/documents", "observations": f"{OUT}/observations"}

# document id → seed; report → its folder
SEED = {path.stem: str(path) for path in seeds_in(SEEDS)}
CATALOGUE = [str(path) for path in SEEDS.glob("catalogue.yaml")]
CORRECTIONS = [str(path) for path in SEEDS.glob("corrections.yaml")]
# the documents that the catalogue has an entry for: no others are read again when it changes
CATALOGUED = {
    word
    for path in CATALOGUE
    for word in re.findall(r"""^["']?([^\s"'#:{][^"':]*)["']?\s*:""", Path(path).read_text("utf-8-sig", "replace"), re.M)
}
# beginnings of the ids of the documents that corrections name: no others are extracted again when these change
CORRECTED = tuple(
    word
    for path in CORRECTIONS
    for word in re.findall(r"""\bdoc["']?\s*:\s*["']?([^"'\s,}]+)""", Path(path).read_text("utf-8", "replace"))
)
REPORTS = {path.parent.name: path.parent for path in sorted(Path("templates/reports").glob("*/report.yaml"))}
OWN = {name: sorted(str(path) for path in folder.rglob("*") if path.is_file()) for name, folder in REPORTS.items()}
# the digest's template is made, in a folder that it is asked for by
DIGEST = f"{OUT}/template/digest"
MINE = [f"{DIGEST}/{name}" for name in "report.yaml values.yaml charts.yaml sections/摘要.md sections/正文.md".split()]
OWN["digest"] = MINE
TEMPLATE = {name: DIGEST if name == "digest" else name for name in OWN}

# what of a template goes where: the look (themes and their changes, and who extends and chooses which), the words
# (everything else), of these what is asked of the data, and the charts; `told` says which documents and parts
SERIES = sorted(str(path) for path in Path("templates/series").glob("*/*.*"))
THEMES = sorted(str(path) for path in Path("templates/themes").glob("*/*") if path.is_file())
LOOK = ("theme.yaml", "template.docx", "series.yaml", "report.yaml")
THEME = {name: THEMES + [path for path in SERIES + OWN[name] if Path(path).name in LOOK] for name in OWN}
COVER = ("template.docx",)  # a look, and words too
WORDS = {
    name: [path for path in SERIES + OWN[name] if Path(path).name not in LOOK or Path(path).name in COVER or path in MINE]
    for name in OWN
}
ASKED = {name: [path for path in WORDS[name] if Path(path).name == "values.yaml"] for name in OWN}
CHARTS = {name: [path for path in WORDS[name] if Path(path).name == "charts.yaml"] for name in OWN}
ABOUT = {
    name: [path for path in SERIES + OWN[name] if Path(path).name in ("series.yaml", "report.yaml") and path not in MINE]
    for name in OWN
}


def told(wildcards):
    """What series.yaml and report.yaml say, as one word, but for the theme: another look changes no data or words."""
    texts = (Path(path).read_text("utf-8-sig", "replace") for path in ABOUT[wildcards.report])
    lines = (line for text in texts for line in text.splitlines() if line and not line.startswith("theme:"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def fonts(wildcards):
    """The files that themes name and the system has: where one more is installed, it serves."""
    from report.theme.fonts import SYSTEM_FONTS  # only where a rule asks: every job reads this file

    files = (Path(path) for path in THEME[wildcards.report] if path.endswith("theme.yaml"))
    texts = (path.read_text("utf-8", "replace") for path in files)
    named = {name for text in texts for name in re.findall(r"\bfile: *([^/,}\s]+\.(?:otf|ttf|ttc))", text)}
    return sorted({path.name for folder in SYSTEM_FONTS for path in folder.rglob("*") if path.name in named})


ROOMS = (
    "sources observations dataset templates theme charts content writers/pdf writers/docx writers/html verify digest".split()
)
CODE = {
    room: sorted(str(path) for path in Path("src/report", room).rglob("*") if path.is_file() and path.suffix != ".pyc")
    for room in ROOMS
}
BASE = [f"src/report/{name}.py" for name in "records models errors names yaml validate files opening stages running commands __main__".split()]


wildcard_constraints:
    doc="|".join(map(re.escape, SEED)),
    report="|".join(map(re.escape, OWN)),


rule all:
    input:
        expand("{out}/{report}/verification.json", out=OUT, report=reports_for(SEEDS)),


rule read_document:
    message:
        "读取 {wildcards.doc}"
    input:
        seed=lambda wildcards: SEED[wildcards.doc],
        catalogue=lambda wildcards: CATALOGUE if wildcards.doc in CATALOGUED else [],
        code=BASE + CODE["sources"],
    output:
        document=f"{OUT}/documents/{{doc}}.json",
    log:
        f"{OUT}/documents/{{doc}}.log",
    shell:
        "python -m report read {input.seed:q} --output {output.document:q} --log {log:q}"


rule extract_observations:
    message:
        "抽取数据 {wildcards.doc}"
    input:
        document=rules.read_document.output.document,
        corrections=lambda wildcards: CORRECTIONS if wildcards.doc.startswith(CORRECTED) else [],
        code=BASE + CODE["observations"],
    output:
        observations=f"{OUT}/observations/{{doc}}.jsonl",
        events=f"{OUT}/observations/{{doc}}.events.jsonl",
    params:
        corrections=lambda wildcards, input: [f"--corrections={path}" for path in input.corrections],
    log:
        f"{OUT}/observations/{{doc}}.log",
    shell:
        "python -m report extract {input.document:q} {params.corrections:q}"
        " --output {output.observations:q} --events {output.events:q} --log {log:q}"


rule outline_digest:
    message:
        "归纳题目"
    input:
        documents=expand(rules.read_document.output.document, doc=SEED),
        observations=expand(rules.extract_observations.output, doc=SEED),
        words=[path for path in SERIES if Path(path).parent.name in ("base", "digest")],
        code=BASE + CODE["dataset"] + CODE["templates"] + CODE["charts"] + CODE["content"] + CODE["digest"],
    output:
        template=MINE,
    params:
        made=MADE,
        template=lambda wildcards: DIGEST,
    log:
        f"{OUT}/template/digest.log",
    shell:
        "python -m report digest --seeds {params.made[seeds]:q} --documents {params.made[documents]:q}"
        " --observations {params.made[observations]:q} --output {params.template:q} --log {log:q}"


rule reconcile_dataset:
    message:
        "核对数据 {wildcards.report}"
    input:
        documents=expand(rules.read_document.output.document, doc=SEED),
        observations=expand(rules.extract_observations.output, doc=SEED),
        corrections=CORRECTIONS,
        template=lambda wildcards: ASKED[wildcards.report],
        code=BASE + CODE["dataset"] + CODE["templates"],
    output:
        dataset=f"{OUT}/{{report}}/dataset.json",
        csv=f"{OUT}/{{report}}/dataset.csv",
        xlsx=f"{OUT}/{{report}}/dataset.xlsx",
        package=f"{OUT}/{{report}}/datapackage.json",
        checks=f"{OUT}/{{report}}/checks.json",
    params:
        made=MADE,
        template=lambda wildcards: TEMPLATE[wildcards.report],
        told=told,
    log:
        f"{OUT}/{{report}}/logs/reconcile.log",
    shell:
        "python -m report reconcile {params.template:q} --seeds {params.made[seeds]:q}"
        " --documents {params.made[documents]:q} --observations {params.made[observations]:q}"
        " --output {output.dataset:q} --log {log:q}"


rule draw_charts:
    message:
        "绘图 {wildcards.report}"
    input:
        dataset=rules.reconcile_dataset.output.dataset,
        template=lambda wildcards: ASKED[wildcards.report] + CHARTS[wildcards.report] + THEME[wildcards.report],
        code=BASE + CODE["theme"] + CODE["charts"],
    output:
        charts=directory(f"{OUT}/{{report}}/charts"),
        theme=f"{OUT}/{{report}}/theme.json",
    params:
        template=lambda wildcards: TEMPLATE[wildcards.report],
        fonts=fonts,
    log:
        f"{OUT}/{{report}}/logs/draw.log",
    shell:
        "python -m report draw {params.template:q} {input.dataset:q} --output {output.charts:q}"
        " --theme {output.theme:q} --log {log:q}"


rule compose_content:
    message:
        "编排内容 {wildcards.report}"
    input:
        dataset=rules.reconcile_dataset.output.dataset,
        template=lambda wildcards: WORDS[wildcards.report],
        code=BASE + CODE["charts"] + CODE["content"],
    output:
        content=f"{OUT}/{{report}}/content.json",
    params:
        template=lambda wildcards: TEMPLATE[wildcards.report],
        told=told,
    log:
        f"{OUT}/{{report}}/logs/compose.log",
    shell:
        "python -m report compose {params.template:q} {input.dataset:q} --output {output.content:q} --log {log:q}"


rule write_pdf:
    message:
        "排版 PDF {wildcards.report}"
    input:
        content=rules.compose_content.output.content,
        charts=rules.draw_charts.output.charts,
        theme=rules.draw_charts.output.theme,
        code=BASE + CODE["writers/pdf"],
    output:
        pdf=f"{OUT}/{{report}}/report.pdf",
        layout=f"{OUT}/{{report}}/layout.json",
    log:
        f"{OUT}/{{report}}/logs/write-pdf.log",
    shell:
        "python -m report write-pdf {input.content:q} --theme {input.theme:q} --charts {input.charts:q}"
        " --output {output.pdf:q} --layout {output.layout:q} --log {log:q}"


rule write_docx:
    message:
        "写 Word {wildcards.report}"
    input:
        content=rules.compose_content.output.content,
        charts=rules.draw_charts.output.charts,
        layout=rules.write_pdf.output.layout,
        theme=rules.draw_charts.output.theme,
        code=BASE + CODE["writers/docx"],
    output:
        docx=f"{OUT}/{{report}}/report.docx",
    log:
        f"{OUT}/{{report}}/logs/write-docx.log",
    shell:
        "python -m report write-docx {input.content:q} --theme {input.theme:q} --charts {input.charts:q}"
        " --layout {input.layout:q} --output {output.docx:q} --log {log:q}"


rule write_html:
    message:
        "写网页 {wildcards.report}"
    input:
        content=rules.compose_content.output.content,
        charts=rules.draw_charts.output.charts,
        theme=rules.draw_charts.output.theme,
        code=BASE + CODE["writers/html"],
    output:
        html=f"{OUT}/{{report}}/report.html",
    log:
        f"{OUT}/{{report}}/logs/write-html.log",
    shell:
        "python -m report write-html {input.content:q} --theme {input.theme:q} --charts {input.charts:q}"
        " --output {output.html:q} --log {log:q}"


rule verify_report:
    message:
        "核验 {wildcards.report}"
    input:
        documents=expand(rules.read_document.output.document, doc=SEED),
        dataset=rules.reconcile_dataset.output,
        charts=rules.draw_charts.output.charts,
        content=rules.compose_content.output.content,
        pdf=rules.write_pdf.output,
        docx=rules.write_docx.output.docx,
        html=rules.write_html.output.html,
        template=lambda wildcards: WORDS[wildcards.report] + THEME[wildcards.report],
        code=BASE + CODE["verify"],
    output:
        verification=f"{OUT}/{{report}}/verification.json",
        release=f"{OUT}/{{report}}/release.md",
        looks=f"{OUT}/{{report}}/style-log.txt",
    params:
        made=MADE,
        template=lambda wildcards: TEMPLATE[wildcards.report],
    log:
        f"{OUT}/{{report}}/logs/verify.log",
    shell:
        "python -m report verify {params.template:q} --seeds {params.made[seeds]:q}"
        " --documents {params.made[documents]:q} --output {output.verification:q} --log {log:q}"
