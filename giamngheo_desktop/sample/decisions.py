"""The decisions of the sample: numbered through the year, one paper for each list and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from giamngheo_desktop.sample.book import Decision


class DecisionBook:
    """Hands out decisions; the same list on the same day is one paper."""

    def __init__(
        self, random: Random, words: Mapping[str, str], signer: str, elsewhere: tuple[str, ...]
    ) -> None:
        self.words = words
        self.elsewhere = elsewhere
        self._random = random
        self._signer = signer
        self._papers: dict[tuple[str, date], Decision] = {}
        self._numbers: set[tuple[int, int]] = set()

    def take(self, list_name: str, day: date, **values: int) -> Decision:
        """The decision about a list (recognised, left, average, general, monthly) of a day."""
        key = (list_name, day)
        if key not in self._papers:
            note = self.words[f"decision_{list_name}"].format(**values)
            self._papers[key] = Decision(self._number(day), day, self._signer, note)
        return self._papers[key]

    def of_other_commune(self, commune: str, day: date) -> Decision:
        note = self.words["decision_elsewhere"].format(commune=commune)
        number = self.words["decision_number"].format(number=self._random.randint(150, 400))
        return self._papers.setdefault((commune, day), Decision(number, day, None, note))

    def _number(self, day: date) -> str:
        """Numbers grow with the day of the year, as in the register of outgoing papers."""
        number = day.timetuple().tm_yday * 2 // 3
        while (day.year, number) in self._numbers:
            number += 1
        self._numbers.add((day.year, number))
        return self.words["decision_number"].format(number=number)
