"""The answers a field offers, and which of them a typed text means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from giamngheo_desktop.domain.choices import resolve_choice
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.vietnamese import clean, compare_key, lower, search_key

Keys = tuple[str, tuple[str, ...], str]
PLACES = 20  # answers that are still counted at a glance


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the value it stands for, its label, other spellings, its depth in a tree; whoever
    has a name is looked for by the `given` one.
    """

    value: object
    label: str
    aliases: tuple[str, ...] = ()
    depth: int = 0
    given: str = ""


class Options(tuple[Option, ...]):
    """Thousands of answers that several fields share: what is searched in is worked out once."""

    @cached_property
    def keys(self) -> list[Keys]:
        """The search keys of each label, of its aliases and of the given name."""
        return [
            (search_key(one.label), tuple(map(search_key, one.aliases)), search_key(one.given))
            for one in self
        ]

    @cached_property
    def by_value(self) -> dict[object, Option]:
        return {one.value: one for one in self}

    def meant(self, text: str) -> Option | None:
        """The one whose label or alias is the text, else the one that alone fits (`_fitting`)."""
        wanted = clean(text)
        found = [one for one in self if wanted == one.label or wanted in one.aliases]
        return (found[0] if len(found) == 1 else None) if found else _fitting(self, wanted)


def options_of(field: FieldDef) -> tuple[Option, ...]:
    """The options of a field with a closed list."""
    return tuple(Option(choice.code, choice.label, choice.aliases) for choice in field.choices)


def resolve(options: Sequence[Option], text: str, field: FieldDef | None = None) -> Option | None:
    """The one option that the text means, None where it means none or may mean several.

    In this order: the label, the spellings the field's list knows, a number as the place in a list
    of up to nine (of a field's choices: `PLACES`), the same word without marks, the only label or
    alias that begins so, the only one that has it anywhere.
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
    """The options that contain the text: given names first, then what begins so, then words that
    do, then the rest; of those alike the ones with the marks of the text. Where none do, those of
    which an alias has it within.
    """
    key = search_key(text)
    if not key:
        return list(options)
    known = options if isinstance(options, Options) else Options(options)
    marked = lower(clean(text))
    ranked = [
        (rank, marked not in lower(option.label), option)
        for option, keys in zip(known, known.keys, strict=True)
        if (rank := _rank(*keys, key)) is not None
    ]
    if not ranked:
        words = f" {key}"
        return [
            option
            for option, (_, aliases, _) in zip(known, known.keys, strict=True)
            if any(words in alias for alias in aliases)
        ]
    return [option for *_, option in sorted(ranked, key=lambda one: one[:2])]


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

    def equals(option: Option) -> bool:
        return key in map(search_key, (option.label, *option.aliases))

    if not _is_marked(wanted):
        same = [option for option in options if equals(option)]
        if same:
            return same[0] if len(same) == 1 else None
    return _fitting(Options(options), wanted)


def _fitting(options: Options, wanted: str) -> Option | None:
    """The only one that has a text of two letters or more, else the only one that begins with it;
    marks that are typed count. One word that begins a full name is a family name: many have it.
    """
    key = search_key(wanted)
    if len(key) < 2:
        return None
    typed = lower(wanted) if _is_marked(wanted) else ""
    found = matching(options, wanted)
    if len(found) == 1 and any(typed in lower(name) for name in _names(found[0])):
        return found[0]

    def begins(option: Option) -> bool:
        return (" " in key or not option.given) and any(
            search_key(name).startswith(key) and lower(name).startswith(typed)
            for name in _names(option)
        )

    return _only(found, begins)


def _is_marked(wanted: str) -> bool:
    return any(letter.isalpha() and not letter.isascii() for letter in wanted)


def _names(option: Option) -> tuple[str, ...]:
    return (option.label, *option.aliases)


def _only(options: Sequence[Option], fits: Callable[[Option], bool]) -> Option | None:
    found = [option for option in options if fits(option)]
    return found[0] if len(found) == 1 else None


def _rank(label: str, aliases: tuple[str, ...], given: str, key: str) -> int | None:
    if given == key:
        return 0
    if given.startswith(key) or (label.startswith(key) and (" " in key or not given)):
        return 1
    if f" {key}" in f" {label.replace('-', ' ')}":
        return 2
    if any(alias.startswith(key) for alias in aliases):
        return 3
    return 4 if key in label else None
