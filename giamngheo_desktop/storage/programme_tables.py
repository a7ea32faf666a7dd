"""The tables of projects, activities and money: who does what, for which component, from what.

Amounts are whole đồng; quantities are hundredths of their unit. A column that names a component
holds the code of the tree (`definitions/programmes`), so that a plan may print it otherwise.
"""

from __future__ import annotations

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.columns import (
    day,
    flag,
    integer,
    money,
    recorded,
    reference,
    same_kind,
    text,
    validity,
)

# Cơ quan, ban, ngành, đoàn thể, and who works or helps there.
body = recorded(
    Kind.BODY,
    reference(Kind.AREA),
    text("name", required=True),
    text("kind"),  # list body_kinds
    text("phone"),
    text("note"),
    *validity(),
)

officer = recorded(
    Kind.OFFICER,
    reference(Kind.AREA),
    reference(Kind.BODY, nullable=True),
    reference(Kind.AREA, "village", nullable=True),  # of a village head
    text("full_name", required=True),
    text("title"),
    text("sex"),
    flag("party_member"),
    flag("poverty_officer"),  # does poverty work: counts in the coverage of trainings
    flag("information_officer"),  # the same of thông tin, truyền thông
    text("phone"),
    text("note"),
    *validity(),
)

# A component as one year's plan prints it; without `component` it is the plan's own.
plan_component = recorded(
    Kind.PLAN_COMPONENT,
    reference(Kind.AREA),
    integer("year", required=True),
    text("programme"),
    text("component"),
    same_kind(Kind.PLAN_COMPONENT, "parent"),
    integer("position"),
    text("printed_number"),
    text("printed_name", required=True),
    text("goal"),
    text("target_group"),
    text("content"),
    text("outputs"),
    reference(Kind.BODY, nullable=True),  # cơ quan chủ trì
    text("partners"),
    text("period"),
    text("note"),
    sa.Index(None, "area", "year"),
)

# Tổ chức thực hiện: what a body has to do, and a report that is due.
task = recorded(
    Kind.TASK,
    reference(Kind.AREA),
    integer("year", required=True),
    text("section"),  # organisation solution policy reporting
    text("programme"),
    text("component"),
    reference(Kind.PLAN_COMPONENT, nullable=True),
    reference(Kind.BODY, nullable=True),
    reference(Kind.AREA, "village", nullable=True),
    text("role"),  # leads takes_part is_asked carries_out
    text("content", required=True),
    text("recipient"),  # of a report
    day("due_on"),
    text("state"),  # planned running done dropped
    day("done_on"),
    text("result"),
    text("note"),
    sa.Index(None, "area", "year"),
)

activity = recorded(
    Kind.ACTIVITY,
    reference(Kind.AREA),
    integer("year", required=True),
    text("kind", required=True),  # a definition of activities
    text("name", required=True),
    text("programme"),
    text("component"),
    reference(Kind.PLAN_COMPONENT, nullable=True),
    reference(Kind.AREA, "village", nullable=True),
    text("place"),
    day("starts_on"),
    day("ends_on"),
    reference(Kind.BODY, nullable=True),
    reference(Kind.OFFICER, nullable=True),
    text("partners"),
    text("state"),  # planned running done dropped
    text("result"),
    text("note"),
    sa.Index(None, "area", "year"),
)

# What its kind asks besides, one row an answer, as audit texts.
activity_value = recorded(
    Kind.ACTIVITY_VALUE,
    reference(Kind.ACTIVITY),
    text("code", required=True),
    text("value"),
    sa.Index(None, "activity", "code"),
)

# Who took part: a household of a model, a person or officer of a course, anybody by name. What is
# to be given on to the next household (thu hồi, luân chuyển) points at whom it came from.
participant = recorded(
    Kind.PARTICIPANT,
    reference(Kind.ACTIVITY),
    reference(Kind.HOUSEHOLD, nullable=True),
    reference(Kind.PERSON, nullable=True),
    reference(Kind.OFFICER, nullable=True),
    text("name"),
    text("role"),
    day("joined_on"),
    day("left_on"),
    flag("attended"),
    text("received"),
    integer("to_return"),  # hundredths of `unit`
    integer("returned"),
    text("unit"),
    day("returned_on"),
    same_kind(Kind.PARTICIPANT, "received_from"),
    text("result"),
    text("note"),
    sa.Index(None, "activity"),
    sa.Index(None, "household"),
)

# Kiến nghị – trả lời of a dialogue, findings of a supervision, upkeep of works.
activity_item = recorded(
    Kind.ACTIVITY_ITEM,
    reference(Kind.ACTIVITY),
    text("content", required=True),
    text("raised_by"),
    reference(Kind.BODY, nullable=True),
    day("due_on"),
    text("answer"),
    day("answered_on"),
    sa.Index(None, "activity"),
)

# A paper copied into the folder of the data, known by its hash.
attachment = recorded(
    Kind.ATTACHMENT,
    reference(Kind.ACTIVITY, nullable=True),
    reference(Kind.SUPPORT_EVENT, nullable=True),
    text("title", required=True),
    text("file", required=True),  # its name in that folder
    text("sha256", required=True),
    integer("size", required=True),
    day("added_on", required=True),
    sa.Index(None, "activity"),
    sa.Index(None, "support_event"),
)

budget_line = recorded(
    Kind.BUDGET_LINE,
    reference(Kind.AREA),
    integer("year", required=True),
    text("programme"),
    text("component"),
    reference(Kind.PLAN_COMPONENT, nullable=True),
    reference(Kind.ACTIVITY, nullable=True),
    reference(Kind.AREA, "village", nullable=True),
    reference(Kind.BODY, nullable=True),
    text("source", required=True),  # list funding_sources
    text("capital"),  # investment recurrent
    text("stage", required=True),  # planned assigned allocated disbursed settled
    money("amount", required=True),
    day("booked_on"),
    text("document"),
    text("note"),
    sa.Index(None, "area", "year"),
)

fund_entry = recorded(
    Kind.FUND_ENTRY,
    reference(Kind.AREA),
    text("fund", required=True),  # list funds
    text("direction", required=True),  # in out
    day("booked_on", required=True),
    text("form"),  # money goods labour
    money("amount", required=True),  # of goods and days of work: what they are worth
    text("item"),
    integer("quantity"),  # hundredths
    text("unit"),
    text("other_party"),
    reference(Kind.HOUSEHOLD, nullable=True),
    reference(Kind.BODY, nullable=True),
    reference(Kind.ACTIVITY, nullable=True),
    text("document"),
    text("note"),
    sa.Index(None, "area", "booked_on"),
    sa.Index(None, "household"),
)
