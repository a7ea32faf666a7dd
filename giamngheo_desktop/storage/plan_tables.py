"""The tables of targets, of the plan and its reports as written papers, and of what is due when.

A number of a target is hundredths of its unit (2,06 % is 206, 16 hộ are 1600). What goes from one
version of a plan into the next keeps its `key`, so that results and receipts stand for all of them.
"""

from __future__ import annotations

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.columns import (
    day,
    flag,
    integer,
    recorded,
    reference,
    same_kind,
    text,
)
from giamngheo_desktop.storage.types import Codes

# Kế hoạch of a year, each version one record, or a narrative report of a period.
document = recorded(
    Kind.DOCUMENT,
    reference(Kind.AREA),
    integer("year", required=True),
    text("type", required=True),  # plan report
    text("period"),  # of a report, a code of `domain/report_periods.py`
    text("layout"),  # the definition its sections began with
    integer("version", required=True),  # of a plan: 1, 2 …
    text("change"),  # how it stands to `before`: adjusts replaces, or nothing
    same_kind(Kind.DOCUMENT, "before"),
    day("issued_on"),  # NULL: a draft
    text("number"),
    day("signed_on"),
    text("place"),
    text("title"),  # KẾ HOẠCH
    text("summary"),  # trích yếu
    text("addressee"),  # Kính gửi
    text("grounds"),  # căn cứ, a line each
    text("opening"),
    text("closing"),
    text("recipients"),  # nơi nhận, a line each
    text("authority"),  # TM. ỦY BAN NHÂN DÂN
    text("signer_title"),
    text("signer_name"),
    text("note"),
    sa.Index(None, "area", "year"),
)

document_section = recorded(
    Kind.DOCUMENT_SECTION,
    reference(Kind.DOCUMENT),
    same_kind(Kind.DOCUMENT_SECTION, "parent"),
    integer("position", required=True),
    flag("included", required=True),
    flag("annex", required=True),  # stands behind the signature, as phụ lục
    text("style"),  # how it is numbered: roman arabic dotted letter star none; NULL: by its depth
    text("number"),  # printed instead of the one it would have
    text("title"),
    text("code"),  # what it is for, the same in all years: the key of the library of texts
    text("text"),
    text("content"),  # what is filled in below the text: a code of `domain/plan_content.py`
    reference(Kind.PLAN_COMPONENT, nullable=True),  # whose content it is
    reference(Kind.BODY, nullable=True),
    sa.Index(None, "document"),
)

target = recorded(
    Kind.TARGET,
    reference(Kind.DOCUMENT),
    text("key", required=True),
    integer("position"),
    text("indicator", required=True),  # a code of `definitions/indicators`
    sa.Column("groups", Codes),  # classes of households, as a set
    text("dimension"),  # of TH-CHISO, or under which it is printed
    text("basis"),  # target policy output
    text("comparator"),  # at_least more at_most equal about
    integer("assigned"),
    text("assigned_by"),  # the document, as printed
    day("assigned_on"),
    integer("pursued"),
    integer("baseline"),
    integer("baseline_numerator"),
    integer("baseline_denominator"),
    text("baseline_standard"),
    day("due_on"),
    text("programme"),
    text("component"),
    reference(Kind.PLAN_COMPONENT, nullable=True),
    reference(Kind.BODY, nullable=True),
    text("content"),  # of one without a number, what shall be reached
    text("addition"),  # words behind the printed sentence
    text("note"),
    sa.Index(None, "document"),
)

# How many households shall leave, how many of the poor ones become near-poor; what is expected to
# come back or to fall; of a version of the plan, or of the year alone while it has none.
village_target = recorded(
    Kind.VILLAGE_TARGET,
    reference(Kind.AREA),
    integer("year", required=True),
    reference(Kind.DOCUMENT, nullable=True),
    integer("poor_decrease"),
    integer("near_poor_decrease"),
    integer("poor_to_near_poor"),
    integer("poor_again"),
    integer("poor_new"),
    integer("near_poor_again"),
    integer("near_poor_new"),
    integer("expected_households"),
    text("note"),
    sa.Index(
        "uq_village_target_area_year",
        "area",
        "year",
        unique=True,
        sqlite_where=sa.text("removed = 0 AND document IS NULL"),
        postgresql_where=sa.text("NOT removed AND document IS NULL"),
    ),
    sa.Index(
        "uq_village_target_area_document",
        "area",
        "document",
        unique=True,
        sqlite_where=sa.text("removed = 0"),
        postgresql_where=sa.text("NOT removed"),
    ),
)

# What was reached where the program cannot count it, as of a day.
target_result = recorded(
    Kind.TARGET_RESULT,
    reference(Kind.AREA),
    integer("year", required=True),
    text("key", required=True),  # of its target
    day("measured_on", required=True),
    integer("numerator"),
    integer("denominator"),
    integer("value"),
    flag("reached"),  # of one without a number
    text("source"),
    text("note"),
    sa.Index(None, "area", "year"),
)

# Chế độ báo cáo of a plan: who reports to whom, when.
report_schedule = recorded(
    Kind.REPORT_SCHEDULE,
    reference(Kind.DOCUMENT),
    text("key", required=True),
    integer("position"),
    text("direction", required=True),  # outgoing incoming
    text("period", required=True),  # month quarter half nine_months year once
    text("content", required=True),  # what is reported
    integer("due_month"),  # of the year; NULL: the last month of the period
    integer("due_day"),
    day("due_on"),  # of one that comes once
    flag("before"),  # the day itself is too late
    integer("cutoff_month"),
    integer("cutoff_day"),  # data up to the end of this day; NULL: to the end of the period
    text("senders"),  # unit village_heads committee bodies one
    reference(Kind.BODY, nullable=True),
    text("sender"),  # as printed
    text("via"),
    text("recipient"),
    flag("confirmed"),  # the officer said that it holds here
    text("note"),
    sa.Index(None, "document"),
)

# One report of one sender for one period, once it was handed in or sent.
report_receipt = recorded(
    Kind.REPORT_RECEIPT,
    reference(Kind.AREA),
    integer("year", required=True),
    text("key", required=True),  # of its schedule
    text("period", required=True),  # a code of `domain/report_periods.py`
    reference(Kind.AREA, "village", nullable=True),
    reference(Kind.BODY, nullable=True),
    reference(Kind.OFFICER, nullable=True),
    day("submitted_on", required=True),
    text("number"),
    reference(Kind.ISSUED, nullable=True),  # the paper that was sent
    text("note"),
    sa.Index(None, "area", "year"),
)
