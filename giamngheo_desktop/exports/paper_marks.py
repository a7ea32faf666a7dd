"""The marks of a template, as they stand in the words of a line: found whole, however Word parted
them, and turned into the fields of a definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from giamngheo_desktop import texts
from giamngheo_desktop.domain.paper import Span, marked, spans
from giamngheo_desktop.domain.paper_facts import Known
from giamngheo_desktop.exports.word_text import Line, Stretch

_MARK = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
_LINES = re.compile(r"(.*?)(?::(\d{1,3})(?:\+(\d{1,2}))?(!)?)?")
_DOTS = re.compile(r"(.*?):\s*(\d{1,3})")
_FORMATS = {label: code for code, label in texts.TEMPLATE_FORMATS.items()}
_SHOWN = 40  # letters of a line that say where a fault is


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What cannot be printed; sentence by `texts.template_problem_text`."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListMark:
    """`{{*poor:3+2}}`: a list, its least lines, its spare lines, and whether it is final."""

    name: str
    lines: int = 0
    spare: int = 0
    final: bool = False


@dataclass(slots=True)
class Marked:
    """A line in the words of a definition, without the marks that stand for themselves."""

    text: str = ""
    when: str = ""
    each: ListMark | None = None
    empty_of: str = ""  # `{{!poor}}`: what is printed instead of this list


class Marks:
    """Knows the names of one subject; collects what is wrong."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems: list[TemplateProblem] = []

    def line(self, line: Line, *, faces: bool = True) -> Marked:
        """`faces`: with the marks of bold and italic."""
        found, told = Marked(), list(_parts(line.stretches))
        for part in told:
            if part.mark.startswith("*"):
                found.each = self.list_mark(part.mark[1:], line.text)
        row = self.known.rows.get(found.each.name, {}) if found.each else {}
        parts: list[Span] = []
        for part in told:
            bold, italic = (part.bold, part.italic) if faces else (False, False)
            if not part.is_mark:
                parts.append(Span(self._literal(part.text, line.text), bold=bold, italic=italic))
            elif part.mark.startswith("?"):
                found.when = self._condition(part.mark[1:], line.text)
            elif part.mark.startswith("!"):
                found.empty_of = self.list_name(part.mark[1:], line.text)
            elif not part.mark.startswith("*"):
                name, dots = _dotted(part.mark)
                known = {**self.known.fields, **row}
                name = self.field(name, known, line.text)
                parts.append(next(iter(spans(f"{{{name}:{dots}}}" if dots else f"{{{name}}}"))))
                parts[-1] = Span("", parts[-1].field, parts[-1].dots, bold, italic)
        found.text = _sound(parts)
        return found

    def plain(self, line: Line) -> str:
        """A line of which only the words count: titles, labels, signers."""
        return self.line(line, faces=False).text.strip()

    def cell(self, text: str) -> tuple[str, str] | None:
        """The name and format in a cell of the row of fields; None where it is not one mark."""
        match = _MARK.fullmatch(text.strip())
        if match is None:
            return None
        name, _, shape = match[1].rpartition(":")
        if texts.template_key(shape) in _FORMATS and name:
            return name.strip(), _FORMATS[texts.template_key(shape)]
        return _dotted(match[1])[0], "text"

    def field(self, name: str, known: Mapping[str, str], place: str) -> str:
        """A name or its meaning as the name of a field."""
        return self._resolved(name, known, place, "unknown_field")

    @staticmethod
    def knows(name: str, known: Mapping[str, str]) -> bool:
        """Whether a name, or a meaning, is one of these."""
        key = texts.template_key(name)
        return name in known or any(texts.template_key(label) == key for label in known.values())

    def list_name(self, name: str, place: str) -> str:
        return self._resolved(name, self.known.lists, place, "unknown_list")

    def list_mark(self, text: str, place: str) -> ListMark:
        match = _LINES.fullmatch(text.strip())
        assert match is not None  # it matches every text
        name = self.list_name(match[1].strip(), place)
        return ListMark(name, int(match[2] or 0), int(match[3] or 0), match[4] is not None)

    def fault(self, code: str, place: str = "", **params: str) -> None:
        shown = " ".join(place.split())
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        problem = TemplateProblem(code, {**params, "place": shown})
        if problem not in self.problems:
            self.problems.append(problem)

    def _condition(self, text: str, place: str) -> str:
        name = text.removeprefix("!").strip()
        found = self.field(name, self.known.conditions, place)
        return f"!{found}" if text.startswith("!") else found

    def _resolved(self, name: str, known: Mapping[str, str], place: str, code: str) -> str:
        if name in known:
            return name
        key = texts.template_key(name)
        meant = [one for one, label in known.items() if key and texts.template_key(label) == key]
        if len(meant) == 1:
            return meant[0]
        near = get_close_matches(name, [*known, *known.values()], 1, 0.5)
        self.fault(code, place, name=name, nearest=known.get(near[0], near[0]) if near else "")
        return next(iter(known), "")  # the fault is what counts: nothing is printed from it

    def _literal(self, text: str, place: str) -> str:
        """Words that must not read as marks of a definition."""
        if "{{" in text or "}}" in text:
            self.fault("open_mark", place)
        text = text.translate({ord("{"): "(", ord("}"): ")"})
        text = re.sub(r"_{2,}", lambda match: "." * len(match[0]), text)
        return re.sub(r"\*{2,}", lambda match: "•" * len(match[0]), text)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    mark: str
    is_mark: bool
    bold: bool
    italic: bool


def _parts(stretches: tuple[Stretch, ...]) -> Iterator[_Part]:
    """Words and whole marks in order; a mark has the face of its first letter."""
    text = "".join(one.text for one in stretches)
    faces = [(one.bold, one.italic) for one in stretches for _ in one.text]
    end = 0
    for match in _MARK.finditer(text):
        yield from _words(text, faces, end, match.start())
        yield _Part(match[0], match[1], True, *faces[match.start()])
        end = match.end()
    yield from _words(text, faces, end, len(text))


def _words(text: str, faces: list[tuple[bool, bool]], start: int, end: int) -> Iterator[_Part]:
    while start < end:
        stop = start
        while stop < end and faces[stop] == faces[start]:
            stop += 1
        yield _Part(text[start:stop], "", False, *faces[start])
        start = stop


def _dotted(text: str) -> tuple[str, str]:
    """A name and how many dots, "" where it does not say."""
    match = _DOTS.fullmatch(text)
    return (match[1].strip(), match[2]) if match else (text.strip(), "")


def _sound(parts: list[Span]) -> str:
    """As text of a definition; stars that would be read as marks go."""
    text = marked(parts)
    try:
        if _written(spans(text)) == _written(parts):
            return text
    except ValueError:  # an odd number of marks
        pass
    return marked([Span(p.text.translate({42: "•", 95: "."}), p.field, p.dots, p.bold, p.italic)
                   for p in parts])  # fmt: skip


def _written(parts: Iterable[Span]) -> str:
    return "".join(part.written for part in parts)
