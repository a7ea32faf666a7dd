"""Draws and shares: weighted words, dates, and whole numbers that add up to a given sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pool:
    """Words with weights; written `Văn 30, Đình 14, Bá` (no number: once)."""

    words: tuple[str, ...]
    cumulative: tuple[int, ...]

    @classmethod
    def from_text(cls, text: str) -> Pool:
        words: list[str] = []
        weights: list[int] = []
        for part in text.split(","):
            word, _, number = part.strip().rpartition(" ")
            words.append(word if number.isdecimal() else part.strip())
            weights.append(int(number) if number.isdecimal() else 1)
        return cls(tuple(words), tuple(accumulate(weights)))

    def draw(self, random: Random) -> str:
        return random.choices(self.words, cum_weights=self.cumulative)[0]


def pick(random: Random, weights: Mapping[T, float]) -> T:
    """One key, by its weight."""
    return random.choices(tuple(weights), tuple(weights.values()))[0]


def some(random: Random, items: Sequence[T], count: int) -> list[T]:
    """Up to `count` different items, in random order."""
    return random.sample(items, max(0, min(count, len(items))))


def heaviest(random: Random, items: Sequence[T], weights: Sequence[float], count: int) -> list[T]:
    """Up to `count` different items, each the likelier the greater its weight."""
    keys = [random.random() ** (1 / weight) if weight > 0 else 0.0 for weight in weights]
    order = sorted(range(len(items)), key=keys.__getitem__, reverse=True)
    return [items[place] for place in order[:count] if weights[place] > 0]


def count_of(random: Random, expected: float) -> int:
    """A whole number next to `expected`, the nearer one the likelier."""
    whole = int(expected)
    return whole + (random.random() < expected - whole)


def day_between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days + 1))


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """`total` shared out by `weights`, largest remainders first; all nought without weights."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    rest = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for place in rest[: total - sum(shares)]:
        shares[place] += 1
    return shares


def parts(random: Random, total: int, count: int, highest: int) -> list[int]:
    """`count` sizes from 1 to `highest` that add up to `total`, as near as that can be."""
    sizes = [1] * count
    for _ in range(min(total, count * highest) - count):
        place = random.choice([i for i, size in enumerate(sizes) if size < highest])
        sizes[place] += 1
    return sizes
