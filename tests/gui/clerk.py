"""A clerk who types paper forms at the real widgets, and has every press of a key counted.

The clerk looks at the screen and at the paper and knows the keys. Letters are pressed as Telex
wants them; a held Ctrl or Shift is a press too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from giamngheo_desktop.domain.answers import AnswerState, Key
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_decimal
from giamngheo_desktop.gui.forms.check_boxes import CheckBoxes
from giamngheo_desktop.gui.forms.options import options_of, resolve
from giamngheo_desktop.gui.review.case_view import CaseView
from tests.gui import hands
from tests.gui.hands import Key as Press
from tests.gui.hands import Modifier
from tests.gui.paper_forms import Paper
from tests.harness import unikey

_PAST = AnswerState.CONFIRMED
_DIGITS = 9  # boxes that a digit ticks


def text_of(field: FieldDef, value: Any) -> str:
    """The shortest that can be typed for a value: digits for answers of a list."""
    match field.kind:
        case _ if value is None:
            return ""
        case FieldKind.YES_NO:
            return "1" if value else "2"
        case FieldKind.CHOICE:
            return min(_spellings(field, value), key=unikey.presses)
        case FieldKind.CHOICES:
            codes = [choice.code for choice in field.choices]
            return "".join(str(codes.index(code) + 1) for code in value) or "0"
        case FieldKind.DATE:
            return f"{value:%d%m%Y}"
        case FieldKind.PARTIAL_DATE:
            return f"{value.day:02d}{value.month:02d}{value.year}" if value.day else str(value.year)
        case FieldKind.DECIMAL:
            return format_decimal(value, scale=field.scale).replace(".", "")
        case FieldKind.MONEY:
            return f"{value // 1000}k" if value % 1000 == 0 else str(value)
    return str(value)


def _spellings(field: FieldDef, code: str) -> Iterator[str]:
    options = options_of(field)
    at = next(at for at, option in enumerate(options) if option.value == code)
    label = options[at].label
    for text in (str(at + 1), *(label[:end].lower() for end in range(1, len(label) + 1))):
        found = resolve(options, text, field)
        if found is not None and found.value == code:
            yield text


class Clerk:
    """Types forms; `presses` counts, `first` those of them for what was never asked before."""

    def __init__(self, view: CaseView) -> None:
        self.view = view
        self.presses = self.first = 0

    def press(self, key: Press, modifier: Modifier = Modifier.NoModifier) -> None:
        held = [m for m in (Modifier.ControlModifier, Modifier.ShiftModifier) if modifier & m]
        self.presses += 1 + len(held)
        hands.press(key, modifier=modifier)

    def write(self, text: str) -> None:
        self.presses += unikey.presses(text)
        for keys in unikey.telex(text):
            unikey.press(hands.focus(), keys)

    def answer_form(self, paper: Paper, most: int = 10_000) -> None:
        """From the first open question to the last one, or to the one after `most` answers."""
        form, states = self.view.form, self.view.answering.answers.states
        if not any(states.get(key) is AnswerState.CARRIED for key in self.other(paper)):
            # all that is grey is as last year: look at it
            while form.unseen():
                self.press(Press.Key_PageDown)
            self.press(Press.Key_Space, Modifier.ControlModifier | Modifier.ShiftModifier)
        while (key := form.current()) is not None:
            if self.view.answering.answers.state(key) is _PAST:
                break  # only what the paper leaves open is left
            if not most:
                break
            self._answer(key, paper)
            most -= 1

    def _answer(self, key: Key, paper: Paper) -> None:
        other = self.other(paper)
        if key in other or key in paper.mended:
            before = self.presses
            self._type(key, {**paper.values, **paper.mended}[key])
            self.press(Press.Key_Return)
            self.first += (self.presses - before) * (key in paper.new)
            return
        states = self.view.answering.answers.states
        section = [k for k in self.view.form.keys_of_section(key) if k in states]
        rest = section[section.index(key) :]
        grey = [k for k in rest if states[k] is AnswerState.CARRIED]
        if len(grey) > 2 and not any(k in other for k in rest):
            self.press(Press.Key_Space, Modifier.ControlModifier)
        else:
            self.press(Press.Key_Space)

    def _type(self, key: Key, value: Any) -> None:
        field = self.view.form.field(key)
        if isinstance(field.input(), CheckBoxes):
            self._tick(field.field, field.value() or (), value)
            return
        text = text_of(field.field, value)
        if field.field.kind is FieldKind.TEXT:
            whole = text.lower() if field.field.capitals else text  # the program writes it large
            self._write_over(str(field.value() or ""), text, whole)
        else:
            self.write(text)

    def _write_over(self, shown: str, text: str, whole: str) -> None:
        """Anew as `whole`, or mended from its end where that is shorter."""
        common = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(shown, text, strict=False))
        )
        rest, back = text[common:], len(shown) - common
        if shown and 1 + back + unikey.presses(rest) < unikey.presses(whole):
            for key in (Press.Key_End, *[Press.Key_Backspace] * back):
                self.press(key)
            self.write(rest)
        else:
            self.write(whole)

    def _tick(self, field: FieldDef, shown: Any, value: Sequence[str]) -> None:
        """Press what stands otherwise; boxes beyond the digits by arrow and Space."""
        if not value:
            self.write("0")
            return
        at = 0
        for number, choice in enumerate(field.choices, start=1):
            if (choice.code in shown) == (choice.code in value):
                continue
            if number <= _DIGITS:
                self.write(str(number))
            else:
                for _ in range(number - max(at, 1)):
                    self.press(Press.Key_Down)
                self.press(Press.Key_Space)
            at = number

    def other(self, paper: Paper) -> set[Key]:
        """Where the screen does not say what the paper says."""
        form = self.view.form
        return {key for key, value in paper.values.items() if form.value(key) != value}
