"""The answers a field offers, and which of them a typed text means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from giamngheo_desktop.domain.choices import resolve_choice
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.vietnamese import clean, compare_key, search_key

PLACES = 20  # answers that are still counted at a glance


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the value it stands for, its label, other spellings, its depth in a tree."""

    value: object
    label: str
    aliases: tuple[str, ...] = ()
    depth: int = 0


class Options(tuple[Option, ...]):
    """Thousands of answers that several fields share: what is searched in is worked out once."""

    @cached_property
    def keys(self) -> list[tuple[str, tuple[str, ...]]]:
        """The search keys of each label and of its aliases."""
        return [(search_key(one.label), tuple(map(search_key, one.aliases))) for one in self]

    @cached_property
    def by_value(self) -> dict[object, Option]:
        return {one.value: one for one in self}

    def meant(self, text: str) -> Option | None:
        """The one whose label or alias is the text, else the only one whose label begins so."""
        wanted = clean(text)
        found = [one for one in self if wanted == one.label or wanted in one.aliases]
        key = search_key(wanted)
        if not found and len(key) > 1:
            marked = any(letter.isalpha() and not letter.isascii() for letter in wanted)
            found = [
                one
                for one, (label, _) in zip(self, self.keys, strict=True)
                if label.startswith(key)
                and (not marked or one.label.lower().startswith(wanted.lower()))
            ]
        return found[0] if len(found) == 1 else None


def options_of(field: FieldDef) -> tuple[Option, ...]:
    """The options of a field with a closed list."""
    return tuple(Option(choice.code, choice.label, choice.aliases) for choice in field.choices)


def resolve(options: Sequence[Option], text: str, field: FieldDef | None = None) -> Option | None:
    """The one option that the text means, None where it means none or may mean several.

    In this order: the label, the spellings the field's list knows, a number as the place in a list
    of up to nine (of a field's choices: `PLACES`), the same word without marks, the only label or
    alias that begins so.
    """
    if isinstance(options, Options):
        return options.meant(text)
    wanted = clean(text)
    exact = _only(options, lambda option: option.label == wanted)
    if exact is not None or not wanted:
        return exact
    if field is not None and (code := resolve_choice(field, wanted)) is not None:
        return next((option for option in options if option.value == code), None)
    if wanted.isdigit():
        return _by_number(options, int(wanted), PLACES if field is not None else 9)
    key = compare_key(wanted)
    same = _only(options, lambda option: key in map(compare_key, (option.label, *option.aliases)))
    return same or _by_search_key(options, wanted)


def matching(options: Sequence[Option], text: str) -> list[Option]:
    """The options that contain the text, those that begin with it first."""
    key = search_key(text)
    if not key:
        return list(options)
    keys = options.keys if isinstance(options, Options) else Options(options).keys
    ranked = [
        (rank, option)
        for option, found in zip(options, keys, strict=True)
        if (rank := _rank(*found, key)) is not None
    ]
    return [option for _, option in sorted(ranked, key=lambda pair: pair[0])]


def _by_number(options: Sequence[Option], number: int, places: int) -> Option | None:
    """Thôn 10 for 10 where labels end in numbers, else the place in a list that is not longer than
    `places`; a list with codes that are numbers goes by those alone.
    """
    if len(options) > 9 and any(str(option.value).isdigit() for option in options):
        return None
    last_words = [option.label.split()[-1] for option in options]
    if any(word.isdigit() for word in last_words):
        return _only(options, lambda option: option.label.split()[-1] == str(number))
    return options[number - 1] if len(options) <= places and 1 <= number <= len(options) else None


def _by_search_key(options: Sequence[Option], wanted: str) -> Option | None:
    key = search_key(wanted)
    marked = key != wanted.lower()

    def begins(option: Option) -> bool:
        for name in (option.label, *option.aliases):
            if search_key(name).startswith(key):
                return not marked or name.lower().startswith(wanted.lower())
        return False

    def equals(option: Option) -> bool:
        return key in map(search_key, (option.label, *option.aliases))

    if not marked and (found := _only(options, equals)) is not None:
        return found
    if not marked and sum(map(equals, options)) > 1:
        return None
    return _only(options, begins) if len(key) > 1 else None


def _only(options: Sequence[Option], fits: Callable[[Option], bool]) -> Option | None:
    found = [option for option in options if fits(option)]
    return found[0] if len(found) == 1 else None


def _rank(label: str, aliases: tuple[str, ...], key: str) -> int | None:
    if label.startswith(key):
        return 0
    if f" {key}" in label.replace("-", " "):
        return 1
    if any(alias.startswith(key) for alias in aliases):
        return 2
    return 3 if key in label else None
