"""Identity papers and telephone numbers that have the right structure and belong to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from giamngheo_desktop.domain.identity_numbers import make_personal_number
from giamngheo_desktop.sample.chance import day_between, pick
from giamngheo_desktop.sample.people import Person

_PROVINCES = {"042": 92, "040": 5, "044": 2, "038": 1}  # Hà Tĩnh, Nghệ An, Quảng Bình, Thanh Hóa
# Real numbers of a year and province are given out from the bottom; these stay far above.
_FIRST_SERIAL, _SERIALS = 900_000, 100_000
_PHONE_PREFIX = "0160"  # given back in 2018, since then nobody's
_FIRST_CARDS = date(2016, 6, 1)
_CHIP_CARDS = date(2021, 3, 1)
_NUMBERS_AT_BIRTH = 2016  # children registered since then have a personal number
_CARD_AGE = 14


class Papers:
    """Gives every person at most one paper; no number twice."""

    def __init__(self, random: Random, words: Mapping[str, str]) -> None:
        self._random = random
        self._words = words
        self._taken: set[str] = set()

    def phone(self) -> str:
        return f"{_PHONE_PREFIX}{self._random.randrange(1_000_000):06d}"

    def columns(self, person: Person, day: date) -> dict[str, Any]:
        """The id columns of a person as a survey on `day` finds them."""
        age, drawn = person.age(day), self._random.random()
        if age < _CARD_AGE:
            chance = 0.85 if person.born.year >= _NUMBERS_AT_BIRTH else 0.6
            if drawn < chance and (age > 0 or drawn < 0.5):
                return self._numbered("personal_number", person, None)
            return self._none("no_id_newborn" if age == 0 else "no_id_child")
        if person.born.year <= 1965 and drawn < 0.15:
            return self._old_card()
        if drawn > 0.985:
            return self._none("no_id_elder" if age >= 75 else "no_id_lost")
        earliest = max(_FIRST_CARDS, person.born.replace(year=person.born.year + 14, day=1))
        if earliest < _CHIP_CARDS < day and self._random.random() < 0.8:
            earliest = _CHIP_CARDS
        if earliest > day:
            return self._numbered("personal_number", person, None)
        return self._numbered("cccd", person, day_between(self._random, earliest, day))

    def _numbered(self, kind: str, person: Person, issued: date | None) -> dict[str, Any]:
        number = ""
        while not number or number in self._taken:
            province = pick(self._random, _PROVINCES)
            serial = _FIRST_SERIAL + self._random.randrange(_SERIALS)
            number = make_personal_number(province, person.sex, person.born.year, serial)
        self._taken.add(number)
        return _columns(kind, number, issued, None)

    def _old_card(self) -> dict[str, Any]:
        number = ""
        while not number or number in self._taken:
            number = f"1839{self._random.randrange(100_000):05d}"
        self._taken.add(number)
        issued = day_between(self._random, date(2006, 1, 5), date(2015, 12, 20))
        return _columns("cmnd", number, issued, None)

    def _none(self, reason: str) -> dict[str, Any]:
        return _columns("none", None, None, self._words[reason])


def _columns(
    kind: str, number: str | None, issued: date | None, reason: str | None
) -> dict[str, Any]:
    return {
        "id_kind": kind,
        "id_number": number,
        "id_missing_reason": reason,
        "id_issued_on": issued,
    }
