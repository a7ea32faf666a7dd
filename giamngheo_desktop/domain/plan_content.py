"""What may be filled into a section from the data, by code.

A code that `branches` makes headings of its own below the section (components, bodies); any other
becomes paragraphs and tables below its text (`reports/plan_contents.py`).
"""

from __future__ import annotations

from enum import StrEnum


class Content(StrEnum):
    """The codes of `document_section.content`; `texts.CONTENTS` has their labels."""

    TARGETS = "targets"  # their sentences, those of a dimension under its name
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

    @property
    def branches(self) -> bool:
        return self in _BRANCHING


_BRANCHING = frozenset({Content.COMPONENTS, Content.COMPONENT, Content.BODIES})


class ComponentPart(StrEnum):
    """What a plan says of a component, in its order; the values are columns of the record."""

    GOAL = "goal"
    TARGET_GROUP = "target_group"
    CONTENT = "content"
    OUTPUTS = "outputs"
    LEAD = "lead"  # cơ quan chủ trì, and who works with it
