"""The same figures from what the maker of a random register noted, without its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from tests.independent.sums.money import Figures, Key, Sums, components
from tests.independent.sums.random_money import Entry, Line, Made, Paid
from tests.independent.sums.random_plan import Component


def counted(made: Made, year: int) -> Figures:
    paid = [one for one in made.paid if one.day.year == year]
    lines = [line for line in made.lines if line.year == year]
    return {**_supports(paid), **_budget(lines), **_funds(made.entries, year)}


def _supports(paid: list[Paid]) -> Figures:
    def by(keys: Callable[[Paid], Iterable[Key]]) -> dict[Key, Sums]:
        found: dict[Key, int] = defaultdict(int)
        for one in paid:
            for key in keys(one):
                found[key] += one.amount
        return {**found}

    return {
        "supports in all": by(lambda one: [()]),
        "supports by source": by(lambda one: [(one.source,)]),
        "supports by programme": by(lambda one: [(one.place.component[0],)]),
        "supports by component": by(lambda one: [one.place.component]),
        "supports within component": by(lambda one: _around(one.place.within)),
        "supports by village": by(lambda one: [(one.village,)]),
        "supports by household": by(lambda one: [(one.household,)]),
        "supports by person": by(lambda one: [(one.person,)] if one.person else []),
        "supports by policy": by(lambda one: [(one.policy,)]),
    }


def _budget(lines: list[Line]) -> Figures:
    ways: dict[str, Callable[[Line], Iterable[Key]]] = {
        "by source": lambda line: [(line.source,)],
        "by programme": lambda line: [(line.place.component[0],)],
        "by component": lambda line: [line.place.component],
        "within component": lambda line: _around(line.place.within),
        "by village": lambda line: [(line.village,)],
        "by body": lambda line: [(line.body,)],
        "by stage": lambda line: [()],
    }
    figures: Figures = {}
    staged: dict[str, dict[Key, dict[str, int]]] = {}
    for name, keys in ways.items():
        found: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for line in lines:
            for key in keys(line):
                found[key][line.stage] += line.amount
        staged[name] = found
        figures[f"budget {name}"] = {
            (*key, stage): amount
            for key, stages in found.items()
            for stage, amount in stages.items()
        }
    for name in ("by stage", "by source", "by component", "within component"):
        rate = "disbursed of assigned" if name == "by stage" else f"disbursed of assigned {name}"
        figures[rate] = {
            key: (stages.get("disbursed", 0), stages.get("assigned", 0))
            for key, stages in staged[name].items()
        }
    return figures


def _funds(entries: list[Entry], year: int) -> Figures:
    figures: Figures = {}
    ways: dict[tuple[str, str], Callable[[Entry], Key]] = {
        ("funds", "households helped by fund"): lambda entry: (entry.fund,),
        ("funds by form", "households helped by fund and form"): lambda entry: (
            entry.fund,
            entry.form,
        ),
    }
    for (money, households), key in ways.items():
        balances: dict[Key, Sums] = {}
        helped: dict[Key, Sums] = {}
        for one in {key(entry) for entry in entries}:
            of_it = [entry for entry in entries if key(entry) == one]
            this_year = [entry for entry in of_it if entry.day.year == year]
            before = [entry for entry in of_it if entry.day.year < year]
            opening = _sum(before, "in") - _sum(before, "out")
            came, went = _sum(this_year, "in"), _sum(this_year, "out")
            balances[one] = (opening, came, went, opening + came - went)
            outgoing = (entry for entry in this_year if entry.direction == "out")
            helped[one] = len({entry.household for entry in outgoing} - {None})
        figures[money], figures[households] = balances, helped
    return figures


def _sum(entries: list[Entry], direction: str) -> int:
    return sum(entry.amount for entry in entries if entry.direction == direction)


def _around(component: Component) -> list[Key]:
    """The component and those it is within, from the bottom up."""
    above = {(programme, code): parent for programme, code, parent in components()}
    programme, code = component
    found: list[Key] = []
    while programme is not None and code is not None:
        found.append((programme, code))
        code = above[programme, code]
    return found
