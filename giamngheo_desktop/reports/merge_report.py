"""What a merge changed, line by line: the report kept of a work package or a village's sheet."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.kept import keep
from giamngheo_desktop.reports.lined import lined
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import MergeReport
from giamngheo_desktop.storage.engine import Database

CODE = "GOP"


def keep_merge(
    database: Database,
    definitions: Definitions,
    changes: ChangeSet,
    report: MergeReport,
    file: str,
    day: date,
    *,
    of_sheet: bool = False,
) -> None:
    """Right after the merge; one that took nothing leaves none."""
    if report.taken:
        words = MergeWords(database, definitions, report.differences, of_sheet=of_sheet)
        summary = texts.SHEET_MERGE_SUMMARY if of_sheet else texts.MERGE_SUMMARY
        keep(database, changes, merge_report(report, words, file, day, summary))


def merge_report(
    report: MergeReport, words: MergeWords, file: str, day: date, summary: str
) -> ReportDoc:
    said = texts.MERGE_REPORT
    counts = {state: report.count(state) for state in texts.MERGE_STATES}
    rows = [(texts.MERGE_STATES[item.state], words.line(item)) for item in report.differences] + [
        (said["finding"], texts.MERGE_FINDINGS[one.code].format(**one.params))
        for one in report.findings
    ]
    return lined(
        CODE,
        said["title"],
        [
            said["file"].format(name=file),
            summary.format(taken=report.taken, **counts),
        ],
        ((said["state"], 8), (said["what"], 60)),
        rows,
        day=day,
        empty=said["empty"],
    )
