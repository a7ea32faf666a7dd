"""The tables of needs, supports and help: what a household lacks, got, and who stands by it.

Amounts are whole đồng and stand in `support_share` alone, one row a source; quantities are
hundredths of their unit.
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
    text,
    validity,
)
from giamngheo_desktop.storage.types import Codes

need = recorded(
    Kind.NEED,
    reference(Kind.HOUSEHOLD),
    reference(Kind.PERSON, nullable=True),
    text("code", required=True),  # list support_needs
    text("note"),
    *validity(),
    sa.Index(None, "household"),
)

# One hand-out to many households: what they have in common.
support_event = recorded(
    Kind.SUPPORT_EVENT,
    reference(Kind.AREA),
    integer("year", required=True),
    text("policy", required=True),  # a definition of supports
    text("name", required=True),
    text("programme"),
    text("component"),
    reference(Kind.PLAN_COMPONENT, nullable=True),
    reference(Kind.ACTIVITY, nullable=True),
    reference(Kind.BODY, nullable=True),
    text("decision_number"),
    day("decision_on"),
    day("supported_on", required=True),
    day("posted_on"),
    text("note"),
    sa.Index(None, "area", "year"),
)

support = recorded(
    Kind.SUPPORT,
    reference(Kind.HOUSEHOLD),
    reference(Kind.PERSON, nullable=True),
    reference(Kind.SUPPORT_EVENT, nullable=True),
    text("policy", required=True),
    text("content"),  # what exactly, where the policy gives more than one thing
    text("class_then"),  # list household_classes, as it stood that day
    day("supported_on", required=True),
    day("period_from"),
    day("period_to"),
    integer("months"),
    text("item"),
    integer("quantity"),  # hundredths
    text("unit"),
    text("specification"),  # thông số, ký hiệu, nhãn mác, đơn vị sản xuất
    text("programme"),
    text("component"),
    reference(Kind.BODY, nullable=True),
    text("decision_number"),
    day("decision_on"),
    text("recipient"),  # who signed, where not the head
    text("receipt"),  # signed fingerprint bank
    text("value_key"),  # of the policy value it was worked out with
    text("value_used"),  # and that value, as printed then
    text("note"),
    sa.Index(None, "household", "supported_on"),
    sa.Index(None, "person"),
    sa.Index(None, "support_event"),
)

support_share = recorded(
    Kind.SUPPORT_SHARE,
    reference(Kind.SUPPORT),
    text("source", required=True),  # list funding_sources
    money("amount", required=True),
    sa.Index(None, "support"),
)

support_value = recorded(
    Kind.SUPPORT_VALUE,
    reference(Kind.SUPPORT),
    text("code", required=True),
    text("value"),
    sa.Index(None, "support", "code"),
)

# A list of who is entitled in a month, quarter or school year, as it was issued.
period_list = recorded(
    Kind.PERIOD_LIST,
    reference(Kind.AREA),
    text("policy", required=True),
    text("period", required=True),  # 2026-11 2026-Q4 2026-2027
    day("first_day", required=True),
    day("last_day", required=True),
    day("issued_on", required=True),
    text("decision_number"),
    text("note"),
    sa.Index(None, "area", "policy"),
)

period_row = recorded(
    Kind.PERIOD_ROW,
    reference(Kind.PERIOD_LIST),
    reference(Kind.HOUSEHOLD),
    reference(Kind.PERSON, nullable=True),
    reference(Kind.AREA, "village", nullable=True),  # as it stood on the list
    text("ground", required=True),  # diện: poor near_poor average_living …
    day("from_day", required=True),
    day("to_day"),
    integer("months"),
    money("amount"),
    sa.Index(None, "period_list"),
    sa.Index(None, "household"),
)

# Who is in charge of a village, or stands by a household.
assignment = recorded(
    Kind.ASSIGNMENT,
    reference(Kind.AREA),
    reference(Kind.AREA, "village", nullable=True),
    reference(Kind.HOUSEHOLD, nullable=True),
    reference(Kind.OFFICER, nullable=True),
    reference(Kind.BODY, nullable=True),
    text("role"),
    text("decision_number"),
    day("decision_on"),
    text("note"),
    *validity(),
    sa.Index(None, "household"),
    sa.Index(None, "village"),
)

visit = recorded(
    Kind.VISIT,
    reference(Kind.HOUSEHOLD),
    reference(Kind.OFFICER, nullable=True),
    reference(Kind.BODY, nullable=True),
    day("visited_on", required=True),
    text("situation"),
    text("need"),
    text("advice"),
    text("next_step"),
    sa.Index(None, "household", "visited_on"),
)

# Kế hoạch giúp hộ thoát nghèo, one a year.
household_plan = recorded(
    Kind.HOUSEHOLD_PLAN,
    reference(Kind.HOUSEHOLD),
    integer("year", required=True),
    text("group"),  # with_labour without_labour housing
    sa.Column("causes", Codes),
    sa.Column("needs", Codes),
    text("measures"),
    reference(Kind.OFFICER, nullable=True),
    reference(Kind.BODY, nullable=True),
    day("deadline"),
    flag("registered"),  # đăng ký thoát nghèo
    text("expected"),  # near_poor above
    text("result"),
    day("result_on"),
    text("note"),
    sa.Index(None, "household", "year"),
)

# Biến cố, rủi ro trong năm; may propose a review in the year.
incident = recorded(
    Kind.INCIDENT,
    reference(Kind.HOUSEHOLD),
    day("happened_on", required=True),
    text("kind", required=True),  # list incident_kinds
    text("description"),
    text("reporter"),
    flag("proposes_review"),
    text("proposal"),
    text("action"),
    day("handled_on"),
    sa.Index(None, "household", "happened_on"),
)

# A value of a policy as this unit set or corrected it; it comes before the program's own.
policy_value = recorded(
    Kind.POLICY_VALUE,
    reference(Kind.AREA),
    text("key"),
    text("group", required=True),
    text("label", required=True),
    text("value", required=True),  # as printed
    text("unit"),
    text("scope", required=True),  # commune province central
    text("basis"),
    text("note"),
    *validity(),
    sa.Index(None, "area", "key"),
)
