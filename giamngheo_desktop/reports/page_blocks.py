"""What stands around the tables of an official paper: letterhead, title, notes, signatures.

Sizes and places follow NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from dataclasses import dataclass

from giamngheo_desktop import texts
from giamngheo_desktop.reports.blocks import LEADING, Block, Stack
from giamngheo_desktop.reports.document import Align, Letterhead, ReportDoc, Signature, Table
from giamngheo_desktop.reports.fonts import Face, balanced, printable, text_width, wrap

_GAP = 12.0  # between the columns of letterhead and signatures
RULE = 0.4  # a line below the title: a third to a half of its width (NĐ 30/2020/NĐ-CP)


@dataclass(frozen=True, slots=True)
class Frame:
    """Sizes and gaps around the table, in points; the law leaves a choice for most of them."""

    title: float = 14
    subtitle: float = 13
    note: float = 11
    hint: float = 12
    signing_room: float = 58  # for signature and seal
    below_letterhead: float = 10
    below_title: float = 6
    above_table: float = 5  # below a paragraph
    below_table: float = 8
    above_signatures: float = 10
    unit_beside: bool = False  # the unit of measure on the line of the subtitle, where it fits


USUAL = Frame()
CLOSE = Frame(
    title=13,
    subtitle=12,
    note=10,
    hint=11,
    signing_room=42,
    below_letterhead=4,
    below_title=3,
    below_table=4,
    above_signatures=3,
    unit_beside=True,
)


def letterhead(head: Letterhead, left: float, width: float) -> Block:
    """Issuer at the left, state and motto at the right, number and date on one line below; of what
    a citizen writes the state in the middle.
    """
    nation, motto = texts.PAPER["nation"], texts.PAPER["motto"]
    right_width = text_width(nation, Face.BOLD, 12) + 6
    # On a landscape page the state's name stands over the right half, not in its corner.
    right_width = max(right_width, width * 0.45)
    left_width = width - right_width - _GAP
    if head.is_citizens:
        right_width, left_width = width, 0.0
    issuer, state = Stack(), Stack()
    centre = left + left_width / 2
    for line in head.superior:
        issuer.add(centre, wrap(printable(line), Face.REGULAR, 12, left_width), Face.REGULAR, 12)
    for line in head.issuer:
        issuer.add(centre, wrap(printable(line), Face.BOLD, 12, left_width), Face.BOLD, 12)
    if head.issuer:
        issuer.underline(centre, text_width(printable(head.issuer[-1]), Face.BOLD, 12) / 2)
    centre = left + width - right_width / 2
    state.add(centre, (nation,), Face.BOLD, 12)
    state.add(centre, (motto,), Face.BOLD, 13)
    state.underline(centre, text_width(motto, Face.BOLD, 13))
    issuer.y += 3
    state.y += 3
    if head.number:  # number and date stand on one line
        issuer.y = state.y = max(issuer.y, state.y)
        lines = wrap(printable(head.number), Face.REGULAR, 13, left_width)
        issuer.add(left + left_width / 2, lines, Face.REGULAR, 13)
    if head.place_date:
        lines = wrap(printable(head.place_date), Face.ITALIC, 13, right_width)
        state.add(centre, lines, Face.ITALIC, 13)
    return Block(
        max(issuer.y, state.y),
        (*issuer.texts, *state.texts),
        (*issuer.rules, *state.rules),
    )


def heading(doc: ReportDoc, left: float, width: float, frame: Frame = USUAL) -> Block:
    """The form's number, the title and the lines below it."""
    stack = Stack()
    if doc.form_number:
        lines = wrap(printable(doc.form_number), Face.BOLD, 12, width)
        stack.add(left + width, lines, Face.BOLD, 12, Align.RIGHT)
        stack.y += 2
    for line in doc.title:
        lines = balanced(printable(line), Face.BOLD, frame.title, width)
        stack.add(left + width / 2, lines, Face.BOLD, frame.title)
    if doc.rule and doc.title:
        last = balanced(printable(doc.title[-1]), Face.BOLD, frame.title, width)[-1]
        stack.underline(left + width / 2, text_width(last, Face.BOLD, frame.title) * RULE)
    for line in doc.subtitle:
        lines = balanced(printable(line), Face.REGULAR, frame.subtitle, width)
        stack.add(left + width / 2, lines, Face.REGULAR, frame.subtitle)
    if stands_beside(doc, width, frame):
        stack.y -= frame.subtitle * LEADING
        unit = (printable(doc.tables[0].unit),)  # the table stands_beside speaks of
        stack.add(left + width, unit, Face.ITALIC, frame.subtitle, Align.RIGHT)
    return stack.block()


def stands_beside(doc: ReportDoc, width: float, frame: Frame) -> bool:
    """Whether the first table's unit has room at the right of the subtitle's last line."""
    table = doc.body[0]
    if not isinstance(table, Table) or table.title or not (frame.unit_beside and table.unit):
        return False
    if not doc.subtitle:
        return False
    line = balanced(printable(doc.subtitle[-1]), Face.REGULAR, frame.subtitle, width)[-1]
    taken = text_width(line, Face.REGULAR, frame.subtitle) / 2 + _GAP
    return taken + text_width(printable(table.unit), Face.ITALIC, frame.subtitle) <= width / 2


def table_title(title: str, unit: str, left: float, width: float) -> Block:
    """A table's own title, and its unit of measure in italics at the right."""
    stack = Stack()
    if title:
        lines = wrap(printable(title), Face.BOLD, 12, width)
        stack.add(left, lines, Face.BOLD, 12, Align.LEFT)
    if unit:
        lines = wrap(printable(unit), Face.ITALIC, 12, width)
        stack.add(left + width, lines, Face.ITALIC, 12, Align.RIGHT)
    stack.y += 3
    return stack.block()


def notes(lines: tuple[str, ...], left: float, width: float, frame: Frame = USUAL) -> list[Block]:
    """One block per printed line, so that long notes can go on to the next page."""
    blocks = []
    for note in lines:
        for line in wrap(printable(note), Face.ITALIC, frame.note, width):
            stack = Stack()
            stack.add(left, (line,), Face.ITALIC, frame.note, Align.LEFT)
            blocks.append(stack.block())
    return blocks


def signatures(doc: ReportDoc, left: float, width: float, frame: Frame = USUAL) -> Block:
    """ "Nơi nhận" at the left where given, then the signers side by side; empty without either."""
    signers = doc.signatures
    columns = len(signers) + bool(doc.recipients)
    if not columns:
        return Block(0.0)
    # A single signer stands at the right, as on a letter.
    column_width = width / max(columns, 2)
    start = left + width - column_width * len(signers)
    stacks = [Stack() for _ in signers]
    inner = column_width - _GAP
    for part in (_places, _titles, _names):
        top = max((stack.y for stack in stacks), default=0.0)
        if part is _names and any(signer.name or signer.titles for signer in signers):
            top += frame.signing_room
        for at, (signer, stack) in enumerate(zip(signers, stacks, strict=True)):
            stack.y = top
            part(stack, signer, start + column_width * (at + 0.5), inner, frame)
    if doc.recipients:
        stacks.append(_recipients(doc.recipients, left, column_width - _GAP))
    return Block(
        max(stack.y for stack in stacks),
        tuple(text for stack in stacks for text in stack.texts),
    )


def _places(stack: Stack, signer: Signature, centre: float, width: float, frame: Frame) -> None:
    if signer.place_date:
        lines = wrap(printable(signer.place_date), Face.ITALIC, 13, width)
        stack.add(centre, lines, Face.ITALIC, 13)


def _titles(stack: Stack, signer: Signature, centre: float, width: float, frame: Frame) -> None:
    for line in signer.titles:
        stack.add(centre, wrap(printable(line), Face.BOLD, 13, width), Face.BOLD, 13)
    if signer.hint:
        lines = wrap(printable(signer.hint), Face.ITALIC, frame.hint, width)
        stack.add(centre, lines, Face.ITALIC, frame.hint)


def _names(stack: Stack, signer: Signature, centre: float, width: float, frame: Frame) -> None:
    if signer.name:
        stack.add(centre, wrap(printable(signer.name), Face.BOLD, 13, width), Face.BOLD, 13)


def _recipients(lines: tuple[str, ...], left: float, width: float) -> Stack:
    stack = Stack()
    stack.add(left, (texts.PAPER["recipients"],), Face.BOLD_ITALIC, 12, Align.LEFT)
    for line in lines:
        stack.add(
            left, wrap(printable(line), Face.REGULAR, 11, width), Face.REGULAR, 11, Align.LEFT
        )
    return stack
