"""A register of a few rows whose every figure of 2026 was worked out on paper."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import make_register
from tests.harness.tables import insert
from tests.independent.sums.money import Figures

YEAR = 2026
HP1, NDTP03, DA5 = ("2026", "HP1"), ("2026", "HP1-NDTP03"), ("2021", "DA5")
LARGE = 1_000_000_000_000


def make_small(database: Database) -> tuple[UUID, Figures]:
    """The commune, and its figures of 2026."""
    register = make_register(database, "AB")
    commune, first = register.commune, date(2025, 1, 1)
    a, b = register.villages["A"], register.villages["B"]

    def add(kind: Kind, /, **values: object) -> UUID:
        return insert(register, kind, **values)

    moved, gone = add(Kind.HOUSEHOLD), add(Kind.HOUSEHOLD)
    for household, village, start, end in (
        (moved, a, first, date(2026, 6, 30)),
        (moved, b, date(2026, 7, 1), None),
        (gone, a, first, date(2026, 3, 31)),
    ):
        add(Kind.PLACE, household=household, village=village, valid_from=start, valid_to=end)
    person = add(
        Kind.PERSON, full_name="Đinh An", given_name="An", search_key="dinh an", sort_key="an",
        key_version=1,
    )  # fmt: skip
    body = add(Kind.BODY, area=commune, name="Hội Nông dân", valid_from=first)

    event = add(
        Kind.SUPPORT_EVENT, area=commune, year=YEAR, policy="health", name="Cấp thẻ",
        programme="2026", component="HP1", supported_on=date(2026, 6, 30),
    )  # fmt: skip
    card = add(
        Kind.SUPPORT, household=moved, person=person, support_event=event, policy="health",
        supported_on=date(2026, 6, 30),
    )  # fmt: skip
    above = add(
        Kind.PLAN_COMPONENT, area=commune, year=YEAR, position=0, body=body, printed_number="1",
        printed_name="Sinh kế", programme="2026", component="HP1-NDTP03",
    )  # fmt: skip
    own = add(
        Kind.PLAN_COMPONENT, area=commune, year=YEAR, position=1, body=body, printed_number="1.1",
        printed_name="Chợ xã", programme="2026", parent=above,
    )  # fmt: skip
    market = add(
        Kind.SUPPORT_EVENT, area=commune, year=YEAR, policy="production", name="Dựng quầy",
        programme="2026", plan_component=own, supported_on=date(2026, 8, 1),
    )  # fmt: skip
    stall = add(
        Kind.SUPPORT, household=moved, support_event=market, policy="production",
        supported_on=date(2026, 8, 1),
    )  # fmt: skip
    wrong = {"household": moved, "policy": "health", "supported_on": date(2026, 7, 1)}
    former = {"household": gone, "policy": "health", "supported_on": date(2025, 12, 31)}
    seeds = add(
        Kind.SUPPORT, household=moved, policy="production", supported_on=date(2026, 7, 1),
        programme="2026", component="HP1-NDTP03",
    )  # fmt: skip
    house = add(
        Kind.SUPPORT, household=gone, policy="housing", supported_on=date(2026, 12, 31),
        programme="2021", component="DA5",
    )  # fmt: skip
    for support, source, amount, removed in (
        (card, "central", 70, False),
        (card, "province", 25, False),
        (card, "commune", 5, True),
        (seeds, "central", 3, False),
        (stall, "province", 4, False),
        (house, "people", LARGE - 1, False),
        (house, "people", 1, False),
        (add(Kind.SUPPORT, **former), "central", 8, False),
        (add(Kind.SUPPORT, **wrong, removed=True), "central", 1000, False),
    ):
        add(Kind.SUPPORT_SHARE, support=support, source=source, amount=amount, removed=removed)

    for year, stage, source, (programme, component), part, amount, place, by in (
        (2026, "assigned", "central", HP1, None, 100, a, body),
        (2026, "disbursed", "central", NDTP03, None, 3, None, None),
        (2026, "disbursed", "province", ("2021", None), own, 40, b, None),
        (2026, "settled", "commune", (None, None), None, 1, None, None),
        (2025, "assigned", "central", HP1, None, 50, a, body),
    ):
        add(
            Kind.BUDGET_LINE, area=commune, year=year, stage=stage, source=source, body=by,
            programme=programme, component=component, plan_component=part, amount=amount,
            village=place,
        )  # fmt: skip
    for day, direction, form, amount, helped, removed in (
        (date(2025, 12, 31), "in", "money", 500, None, False),
        (date(2026, 1, 1), "in", "goods", 200, gone, False),
        (date(2026, 5, 1), "out", "money", 300, moved, False),
        (date(2026, 12, 31), "out", "goods", 50, moved, False),
        (date(2026, 5, 2), "out", "money", 7, gone, True),
    ):
        add(
            Kind.FUND_ENTRY, area=commune, fund="poor_fund", booked_on=day, direction=direction,
            form=form, amount=amount, household=helped, removed=removed,
        )  # fmt: skip

    return commune, {
        "supports in all": {(): LARGE + 102},
        "supports by source": {("central",): 73, ("province",): 29, ("people",): LARGE},
        "supports by programme": {("2026",): 98, ("2021",): LARGE, (None,): 4},
        "supports by component": {HP1: 95, NDTP03: 3, DA5: LARGE, (None, None): 4},
        "supports within component": {HP1: 102, NDTP03: 7, DA5: LARGE},
        "supports by village": {(a,): 95, (b,): 7, (None,): LARGE},
        "supports by household": {(moved,): 102, (gone,): LARGE},
        "supports by person": {(person,): 95},
        "supports by policy": {("health",): 95, ("production",): 7, ("housing",): LARGE},
        "budget by stage": {("assigned",): 100, ("disbursed",): 43, ("settled",): 1},
        "budget by source": {
            ("central", "assigned"): 100,
            ("central", "disbursed"): 3,
            ("province", "disbursed"): 40,
            ("commune", "settled"): 1,
        },
        "budget by programme": {
            ("2026", "assigned"): 100,
            ("2026", "disbursed"): 3,
            (None, "disbursed"): 40,
            (None, "settled"): 1,
        },
        "budget by component": {
            (*HP1, "assigned"): 100,
            (*NDTP03, "disbursed"): 3,
            (None, None, "disbursed"): 40,
            (None, None, "settled"): 1,
        },
        "budget within component": {
            (*HP1, "assigned"): 100,
            (*HP1, "disbursed"): 43,
            (*NDTP03, "disbursed"): 43,
        },
        "budget by village": {
            (a, "assigned"): 100,
            (None, "disbursed"): 3,
            (b, "disbursed"): 40,
            (None, "settled"): 1,
        },
        "budget by body": {(body, "assigned"): 100, (None, "disbursed"): 43, (None, "settled"): 1},
        "disbursed of assigned": {(): (43, 100)},
        "disbursed of assigned by source": {("central",): (3, 100), ("province",): (40, 0)},
        "disbursed of assigned by component": {
            HP1: (0, 100),
            NDTP03: (3, 0),
            (None, None): (40, 0),
        },
        "disbursed of assigned within component": {HP1: (43, 100), NDTP03: (43, 0)},
        "funds": {("poor_fund",): (500, 200, 350, 350)},
        "funds by form": {
            ("poor_fund", "money"): (500, 0, 300, 200),
            ("poor_fund", "goods"): (0, 200, 50, 150),
        },
        "households helped by fund": {("poor_fund",): 1},
        "households helped by fund and form": {
            ("poor_fund", "money"): 1,
            ("poor_fund", "goods"): 1,
        },
    }
