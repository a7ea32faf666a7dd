"""Lists of what could meet a need, who got nothing, how long a household stands on the list."""

from __future__ import annotations

from collections.abc import Iterator

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.matching import WARN_YEARS, Component, OnList
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.reports.help_table import (
    SAID,
    Asked,
    HelpList,
    Line,
    columns,
    day_text,
    ordered,
)
from giamngheo_desktop.services.programme import matching
from giamngheo_desktop.services.programme.matching import Match


def component_label(definitions: Definitions, component: Component) -> str:
    """What the tree calls it, with its code."""
    tree = definitions.programmes.get(component.programme)
    part = tree[-1].by_code.get(component.code) if tree else None
    return f"{component.code} {part.name}" if part else component.code


def years_text(stands: OnList) -> str:
    return SAID["years_at_least" if stands.at_least else "years_of"].format(years=stands.years)


def matching_list(asked: Asked) -> HelpList:
    found = matching.matches(asked.database, asked.definitions, unit=asked.unit, day=asked.day)
    by_need: dict[str, list[Match]] = {}
    for one in found:
        by_need.setdefault(one.code, []).append(one)
    groups = [
        (
            asked.label("support_needs", code),
            [
                (
                    one.home,
                    one.home.head,
                    (
                        one.home.village,
                        asked.class_of(one.home),
                        one.person or SAID["whole_home"],
                        "; ".join(_policies(asked, one)) or SAID["no_policy"],
                        "; ".join(dict.fromkeys(_money(asked, one))) or SAID["no_money_known"],
                    ),
                )
                for one in lines
            ],
        )
        for code, lines in ordered(asked, by_need).items()
    ]
    said = ("household", "village", "class", "who", "policies", "money")
    return HelpList(columns=columns(said, (18, 14, 10, 14, 30, 30)), groups=groups)


def _policies(asked: Asked, one: Match) -> Iterator[str]:
    for offer in one.offers:
        label = asked.definitions.supports[offer.policy].label
        sure = offer.entitled is not None
        yield label if sure else SAID["for_whom_unknown"].format(policy=label)


def _money(asked: Asked, one: Match) -> Iterator[str]:
    for offer in one.offers:
        for component, money in offer.money.items():
            label = component_label(asked.definitions, component)
            if money is None:
                yield SAID["money_unknown"].format(component=label)
            else:
                left = format_integer(money.left)
                yield SAID["money_of"].format(component=label, left=left)


def nothing_list(asked: Asked) -> HelpList:
    found = matching.without_support(
        asked.database, asked.definitions, unit=asked.unit, day=asked.day
    )
    years = [
        SAID["year_from"].format(first=format_date(one.first), last=format_date(one.last))
        for one in found.years
    ]
    groups: dict[bool, list[Line]] = {True: [], False: []}
    for one in found.households:
        told = (texts.GOT[got] for got in one.years)
        known = day_text(one.known_from, SAID["no_records"])
        line = (one.home, one.home.head, (one.home.village, *told, known))
        groups[one.is_sure].append(line)
    named = [(SAID["sure" if sure else "unsure"], lines) for sure, lines in groups.items()]
    said = columns(("household", "village"), (22, 16))
    shown = [*said, *((label, 10) for label in years), (SAID["known_from"], 10)]
    return HelpList(
        columns=shown,
        groups=[(name, lines) for name, lines in named if lines],
        landscape=False,
        has_total=False,
    )


def years_list(asked: Asked) -> HelpList:
    found = matching.years_on_list(
        asked.database, asked.definitions, unit=asked.unit, day=asked.day
    )
    warned = SAID["warns"].format(years=WARN_YEARS)
    lines: list[Line] = [
        (
            one.home,
            one.home.head,
            (
                one.home.village,
                asked.class_of(one.home),
                years_text(one.stands),
                warned if one.stands.warns else "",
            ),
        )
        for one in sorted(found, key=lambda one: -one.stands.years)
    ]
    said = ("household", "village", "class", "years", "warning")
    return HelpList(
        columns=columns(said, (22, 18, 12, 14, 14)), groups=[("", lines)], landscape=False
    )
