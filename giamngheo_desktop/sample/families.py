"""Composes the members of a household by its size: who lives together in a rural commune."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from giamngheo_desktop.sample.chance import pick
from giamngheo_desktop.sample.people import People, Person

COMMON_SIZES = {1: 9, 2: 18, 3: 21, 4: 28, 5: 17, 6: 7}
LARGE_SIZES = {2: 10, 3: 20, 4: 38, 5: 21, 6: 11}
POOR_SIZES = {1: 24, 2: 27, 3: 20, 4: 16, 5: 9, 6: 4}
LARGEST = 6
_OLDEST = 97


class Families:
    """Makes families as they are on one day, the head first."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.random: Random = people.random

    def make(self, size: int, kind: str, day: date) -> list[Person]:
        """`kind` is elder (old people alone), poor or common; `size` from 1 to LARGEST."""
        group = self.people.group()
        if size == 1:
            return [self._alone(kind, day, group)]
        if kind == "elder":
            return self._couple(self._between(64, 80), day, group)
        return self._pair(kind, day, group) if size == 2 else self._several(size, kind, day, group)

    def _between(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def _alone(self, kind: str, day: date, group: str) -> Person:
        woman = self.random.random() < (0.75 if kind == "elder" else 0.6)
        age = self._between(*{"elder": (64, 86), "poor": (44, 82)}.get(kind, (48, 84)))
        return self.people.person("female" if woman else "male", age, day, group=group)

    def _couple(self, wife_age: int, day: date, group: str) -> list[Person]:
        """Husband and wife; sometimes the wife is of another ethnic group."""
        husband_age = max(22, wife_age + self._between(-1, 6))
        hers = group if self.random.random() < 0.95 else "01"
        wife = self.people.person("female", wife_age, day, group=hers)
        husband = self.people.person("male", husband_age, day, group=group, known=[wife])
        husband.spouse, wife.spouse = wife, husband
        return [husband, wife] if self.random.random() < 0.85 else [wife, husband]

    def _pair(self, kind: str, day: date, group: str) -> list[Person]:
        weights = {"old": 40, "mother": 20, "grown": 25, "young": 12, "grandmother": 3}
        if kind == "poor":
            weights = {"old": 28, "mother": 28, "grown": 28, "young": 4, "grandmother": 12}
        shape = pick(self.random, weights)
        if shape == "old":
            return self._couple(self._between(52, 76), day, group)
        if shape == "young":
            return self._couple(self._between(21, 28), day, group)
        if shape == "grandmother":
            return self._grandmother(day, group)
        child_age = self._between(5, 24) if shape == "mother" else self._between(25, 42)
        mother = self.people.person("female", child_age + self._between(20, 34), day, group=group)
        return [mother, *self._children([child_age], None, mother, day, group)]

    def _grandmother(self, day: date, group: str) -> list[Person]:
        child_age = self._between(5, 15)
        grandmother = self.people.person(
            "female", child_age + self._between(44, 58), day, group=group
        )
        # The parent between them works far away and stands in no register here.
        parent = self.people.person(
            "female", child_age + self._between(20, 23), day, group=group, mother=grandmother
        )
        return [grandmother, *self._children([child_age], None, parent, day, group)]

    def _several(self, size: int, kind: str, day: date, group: str) -> list[Person]:
        weights = {"nuclear": 60}
        if size > 3:
            weights["elder"] = 22
        if size > 4:
            weights["three"] = 14
        if size < 5:
            weights["mother"] = 16 if kind == "poor" else 4
        shape = pick(self.random, weights)
        if shape == "three":
            return self._three_generations(size, day, group)
        count = size - {"nuclear": 2, "elder": 3, "mother": 1}[shape]
        ages = self._child_ages(count)
        wife_age = max(ages) + self._between(20, 28)
        if shape == "mother":
            mother = self.people.person("female", wife_age, day, group=group)
            return [mother, *self._children(ages, None, mother, day, group)]
        couple = self._couple(wife_age, day, group)
        husband = next(person for person in couple if person.sex == "male")
        children = self._children(ages, husband, husband.spouse, day, group)
        if shape == "nuclear":
            return [*couple, *children]
        woman = self.random.random() < 0.75
        elder = self.people.person(
            "female" if woman else "male",
            min(_OLDEST, husband.age(day) + self._between(20, 30)),
            day,
            group=group,
            family="" if woman else husband.family,
            known=couple,
        )
        if woman:
            husband.mother = elder
        else:
            husband.father = elder
        return [*couple, *children, elder]

    def _three_generations(self, size: int, day: date, group: str) -> list[Person]:
        """An old head or couple, the married son, his wife and their children."""
        ages = self._child_ages(size - 4 if self.random.random() < 0.5 else size - 3)
        young_age = max(ages) + self._between(20, 26)
        couple = self._couple(young_age, day, group)
        son = next(person for person in couple if person.sex == "male")
        grandchildren = self._children(ages, son, son.spouse, day, group)
        old_age = son.age(day) + self._between(20, 28)
        if size - 2 - len(ages) == 2:
            elders = self._couple(old_age, day, group)
            father = next(person for person in elders if person.sex == "male")
            son.father, son.mother = father, father.spouse
            _rename(son, father.family)
        else:
            elders = [self.people.person("female", old_age, day, group=group, known=couple)]
            son.mother = elders[0]
        for child in grandchildren:
            _rename(child, son.family)
        wife = [son.spouse] if son.spouse is not None else []
        return [*elders, son, *wife, *grandchildren]

    def _child_ages(self, count: int) -> list[int]:
        """Ages of siblings, the eldest first; grown ones may still live at home."""
        ages = [self._between(0, 15)]
        while len(ages) < count:
            ages.append(ages[-1] + self._between(2, 5))
        return ages[::-1]

    def _children(
        self,
        ages: Sequence[int],
        father: Person | None,
        mother: Person | None,
        day: date,
        group: str,
    ) -> list[Person]:
        children: list[Person] = []
        parents = [parent for parent in (father, mother) if parent is not None]
        for age in ages:
            children.append(
                self.people.person(
                    "male" if self.random.random() < 0.52 else "female",
                    age,
                    day,
                    group=father.ethnicity if father else group,
                    family=father.family if father else "",
                    father=father,
                    mother=mother,
                    known=[*parents, *children],
                )
            )
        if father is None:
            # Brothers and sisters share a family name; of a widow's children it is the father's.
            for child in children[1:]:
                _rename(child, children[0].family)
        return children


def _rename(person: Person, family: str) -> None:
    person.full_name = family + person.full_name.removeprefix(person.family)
    person.family = family
