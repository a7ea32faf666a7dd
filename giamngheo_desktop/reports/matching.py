"""Lists of what could meet a need, who got nothing, how long a household stands on the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.entitlement import LONG, ListedYears
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.reports.help_table import (
    SAID,
    Asked,
    HelpList,
    Line,
    columns,
    day_text,
    groups_of_needs,
)
from giamngheo_desktop.services.programme import matching
from giamngheo_desktop.services.programme.components import Part
from giamngheo_desktop.services.programme.matching import Match


def years_text(years: ListedYears) -> str:
    said = SAID["years_at_least" if years.at_least else "years_of"]
    return said.format(years=len(years.years))


def matching_list(asked: Asked) -> HelpList:
    found = matching.matches(asked.database, asked.definitions, unit=asked.unit, day=asked.day)
    by_need: dict[str, list[Match]] = {}
    for one in found.lines:
        by_need.setdefault(one.need.code, []).append(one)

    def line(one: Match) -> Line:
        policies = "; ".join(_policies(asked, one)) or SAID["no_policy"]
        money = "; ".join(dict.fromkeys(_money(found.parts, one))) or SAID["no_money_known"]
        return asked.line(one.home, one.person or SAID["whole_home"], policies, money)

    groups = groups_of_needs(asked, by_need, line)
    said = ("household", "village", "class", "who", "policies", "money")
    return HelpList(columns=columns(said, (18, 14, 10, 14, 30, 30)), groups=groups)


def _policies(asked: Asked, one: Match) -> Iterator[str]:
    for offer in one.offers:
        label = asked.definitions.supports[offer.policy].label
        sure = offer.entitled is not None
        yield label if sure else SAID["for_whom_unknown"].format(policy=label)


def _money(parts: Mapping[str, Part], one: Match) -> Iterator[str]:
    for offer in one.offers:
        for node, left in offer.left.items():
            label = parts[node].label
            if left is None:
                yield SAID["money_unknown"].format(component=label)
            else:
                yield SAID["money_of"].format(component=label, left=format_integer(left))


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
    warned = SAID["warns"].format(years=LONG)
    lines = [
        asked.line(home, years_text(years), warned if years.is_long else "")
        for home, years in sorted(found, key=lambda one: -len(one[1].years))
    ]
    said = ("household", "village", "class", "years", "warning")
    return HelpList(
        columns=columns(said, (22, 18, 12, 14, 14)), groups=[("", lines)], landscape=False
    )
