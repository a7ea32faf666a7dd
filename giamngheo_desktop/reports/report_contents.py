"""What a narrative report is filled with, by code: each filler makes the pieces of its section.

A filler of which nothing was recorded says so in one sentence; a number nobody knows is no nought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.reports import (
    report_changes,
    report_deeds,
    report_outlook,
    report_records,
    report_situation,
    report_work,
)
from giamngheo_desktop.reports.document import Piece
from giamngheo_desktop.reports.report_ask import ReportAsk

Filler = Callable[[ReportAsk], list[Piece]]

FILLERS: Mapping[Content, Filler] = {
    Content.CHANGES: report_changes.changes,
    Content.SITUATION: report_situation.general,
    Content.MOVEMENT: report_situation.movement,
    Content.BY_VILLAGE: report_situation.villages,
    Content.BY_GROUP: report_situation.groups,
    Content.ANALYSIS: report_situation.analysis,
    Content.PROGRESS: report_deeds.progress,
    Content.ACTIVITIES: report_work.activities,
    Content.SUPPORTS: report_work.policies,
    Content.DISBURSEMENT: report_work.money,
    Content.FUND: report_deeds.funds,
    Content.HELPING: report_deeds.help_given,
    Content.INCIDENTS: report_deeds.incidents,
    Content.WORKS: report_deeds.works,
    Content.DIALOGUES: report_deeds.dialogues,
    Content.TASK_RESULTS: report_deeds.tasks,
    Content.OPEN_ITEMS: report_outlook.open_now,
    Content.NEXT_PERIOD: report_outlook.next_period,
    Content.RECORDS: report_records.everything,
}
