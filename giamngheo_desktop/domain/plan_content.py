"""What may be filled into a section from the data, by code.

A code that `branches` makes headings of its own below the section (components, bodies); any other
becomes paragraphs and tables below its text (`reports/plan_contents.py`).
"""

from __future__ import annotations

from enum import StrEnum


class Content(StrEnum):
    """The codes of `document_section.content`; `texts.CONTENTS` has their labels."""

    TARGETS = "targets"  # their sentences, those of a dimension under its name
    TARGETS_DIMENSIONS = "targets_dimensions"  # apart from the others
    TARGETS_ASSIGNED = "targets_assigned"  # what the level above gave
    VILLAGE_TABLE = "village_table"
    COMPONENTS = "components"  # every component of the plan
    COMPONENT = "component"  # the one that the section names
    BODIES = "bodies"  # who does what, by body
    BODY = "body"  # the tasks of the body that the section names
    SOLUTIONS = "tasks_solution"
    POLICIES = "tasks_policy"
    REPORTING = "tasks_reporting"
    BUDGET = "budget"
    BUDGET_LINES = "budget_lines"  # bảng kê
    ANALYSIS = "analysis"  # of the poor households
    SCHEDULES = "schedules"  # chế độ báo cáo
    ACTIVITIES = "activities"
    SUPPORTS = "supports"
    HELPING = "helping"  # who helps whom, visits, household plans, incidents
    FUND = "fund"
    PROGRESS = "progress"  # of targets
    CHANGES = "changes"  # since the last report
    # Of narrative reports alone (`reports/report_contents.py`).
    SITUATION = "situation"  # households, persons, both lists at the start and now
    MOVEMENT = "movement"
    BY_VILLAGE = "by_village"
    BY_GROUP = "by_group"  # DTTS, women as heads, BTXH, labour, indicators
    DISBURSEMENT = "disbursement"  # giao, giải ngân, tỷ lệ
    INCIDENTS = "incidents"
    WORKS = "works"
    DIALOGUES = "dialogues"  # and supervision, with what was answered
    TASK_RESULTS = "task_results"
    RECORDS = "records"  # supports, needs, help, funds, bodies of the year
    OPEN_ITEMS = "open_items"
    NEXT_PERIOD = "next_period"

    @property
    def branches(self) -> bool:
        return self in _BRANCHING

    @property
    def is_of_reports(self) -> bool:
        """Whether a plan has nothing to say of it."""
        return self in _OF_REPORTS


_OF_REPORTS = frozenset(
    {
        Content.PROGRESS,
        Content.CHANGES,
        Content.SITUATION,
        Content.MOVEMENT,
        Content.BY_VILLAGE,
        Content.BY_GROUP,
        Content.DISBURSEMENT,
        Content.INCIDENTS,
        Content.WORKS,
        Content.DIALOGUES,
        Content.TASK_RESULTS,
        Content.RECORDS,
        Content.OPEN_ITEMS,
        Content.NEXT_PERIOD,
    }
)
_BRANCHING = frozenset({Content.COMPONENTS, Content.COMPONENT, Content.BODIES})


class ComponentPart(StrEnum):
    """What a plan says of a component, in its order; the values are columns of the record."""

    GOAL = "goal"
    TARGET_GROUP = "target_group"
    CONTENT = "content"
    OUTPUTS = "outputs"
    LEAD = "lead"  # cơ quan chủ trì, and who works with it
