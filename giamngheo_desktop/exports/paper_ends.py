"""Both ends of a paper in Word, which stand side by side in tables without lines: who issues it,
and who signs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giamngheo_desktop import texts
from giamngheo_desktop.domain.paper import Head, PaperDef, PaperSigner, PaperText, Subject
from giamngheo_desktop.domain.paper_facts import KNOWN
from giamngheo_desktop.exports.paper_marks import Marks
from giamngheo_desktop.exports.paper_template import ISSUER, SUPERIOR, number_tail
from giamngheo_desktop.exports.word_text import Block, Line, WordTable

_RULE = re.compile(r"[\s_\-–—=*o.]*")  # what stands below a heading
_NUMBER = re.compile(r"số\s*:(?P<number>[^/]*)/?(?P<tail>.*)", re.IGNORECASE)
_DAY_MARK = "paper.place_date"
_DAY_MEANS = KNOWN[Subject.DECISION].fields[_DAY_MARK]  # as of every subject
_DAY = re.compile(
    rf"ngày.*tháng.*năm|\{{\{{\s*({re.escape(_DAY_MARK)}|{re.escape(_DAY_MEANS)})",
    re.IGNORECASE,
)
_HINT = re.compile(r"\(.*\)")
_VILLAGES = ("{village.full}", "{village.name}")  # templates of before have the short name
_SIGNERS = 4  # side by side at most
_ROOM = 30  # points of an empty paragraph that is there to sign in

Ends = tuple[tuple[PaperText, ...], tuple[PaperSigner, ...], tuple[str, ...]]


def letterhead(table: WordTable, base: PaperDef, marks: Marks) -> dict[str, object] | None:
    """The fields of a definition that say what stands on top; None where it is no letterhead."""
    columns = _columns(table)
    state = next((at for at, lines in enumerate(columns) if _names_state(lines)), None)
    if table.bordered or state is None or len(columns) > 3:
        return None
    left = [line for at, lines in enumerate(columns) if at != state for line in lines]
    found: dict[str, object] = {"head": Head.OFFICE}
    said: list[Line] = []
    for line in left:
        match = _NUMBER.match(line.text.strip())
        if match:
            found |= _number(match["tail"].strip(), base)
        elif not _RULE.fullmatch(line.text) and not _DAY.search(line.text):
            said.append(line)
    shown = tuple(marks.plain(line) for line in said)
    if shown[-1:] in [(one,) for one in _VILLAGES] and shown[:-1] in (ISSUER, base.issuer):
        return found | {"head": Head.VILLAGE, "issuer": base.issuer}
    if shown == (*SUPERIOR, *ISSUER):
        return found
    bold = [line.all_are("bold") for line in said]
    if not any(bold):
        bold[-1:] = [True] * bool(bold)
    sides = list(zip(shown, bold, strict=True))
    return found | {
        "superior": tuple(text for text, is_bold in sides if not is_bold),
        "issuer": tuple(text for text, is_bold in sides if is_bold),
    }


def state_lines(blocks: Sequence[Block]) -> int:
    """How many blocks at the beginning are the state and its motto alone."""
    count = 0
    for block in blocks:
        if not isinstance(block, Line):
            break
        if not (_is_state(block.text) or _RULE.fullmatch(block.text) or _is_motto(block.text)):
            break
        count += 1
    return count if any(_is_state(block.text) for block in blocks[:count]
                        if isinstance(block, Line)) else 0  # fmt: skip


def signatures(table: WordTable, marks: Marks) -> Ends | None:
    """Place and day above a signer, the signers, the recipients; None where the table is another
    thing.
    """
    columns = _columns(table)
    sure = any(_is_hint(line) or _is_recipients(line) for lines in columns for line in lines)
    loud = all(_first_text(lines).isupper() for lines in columns if _first_text(lines))
    room = any(line.is_empty and line.size >= _ROOM for lines in columns for line in lines)
    if table.bordered or len(columns) > _SIGNERS or not (sure or loud or room):
        return None
    signers: list[PaperSigner] = []
    recipients: tuple[str, ...] = ()
    days: list[PaperText] = []
    for lines in columns:
        while lines and lines[0].is_empty:
            lines = lines[1:]
        if lines and _is_recipients(lines[0]):
            recipients = tuple(marks.plain(line) for line in lines[1:] if not line.is_empty)
            continue
        if lines and _DAY.search(lines[0].text):
            day = marks.line(lines[0])
            days.append(PaperText(text=day.text, align="right", above=8))
            lines = lines[1:]
        if signer := _signer(lines, marks):
            signers.append(signer)
    return tuple(days), tuple(signers), recipients


def _signer(lines: Sequence[Line], marks: Marks) -> PaperSigner | None:
    titles: list[str] = []
    hint = name = ""
    for line in lines:
        text = marks.plain(line)
        if not text:
            titles_end = bool(titles)
            if titles_end and not hint:
                hint = hint or " "  # what follows a gap is the name
        elif _is_hint(line) and not hint.strip():
            hint = text
        elif not hint:
            titles.append(text)
        else:
            name = f"{name} {text}".strip()
    if not titles and not name:
        return None
    return PaperSigner(titles=tuple(titles), hint=hint.strip(), name=name)


def _columns(table: WordTable) -> list[list[Line]]:
    """The lines of each column, the rows one below the other with a gap between them."""
    if not table.rows:
        return []
    starts = [cell.left for cell in table.rows[0]]
    found: list[list[Line]] = [[] for _ in starts]
    for number, row in enumerate(table.rows):
        for cell in row:
            at = max((index for index, left in enumerate(starts) if left <= cell.left), default=0)
            found[at] += [*([Line()] if number else []), *cell.lines]
    return found


def _number(tail: str, base: PaperDef) -> dict[str, object]:
    if tail == number_tail(base):
        return {"kind": base.kind, "series": base.series}
    return {"kind": "", "series": tail}


def _names_state(lines: Sequence[Line]) -> bool:
    return any(_is_state(line.text) for line in lines)


def _is_state(text: str) -> bool:
    return texts.template_key(texts.PAPER["nation"]) == texts.template_key(text)


def _is_motto(text: str) -> bool:
    def key(motto: str) -> str:
        return re.sub(r"[\s\-–—]+", "", texts.template_key(motto))

    return key(texts.PAPER["motto"]) == key(text)


def _is_recipients(line: Line) -> bool:
    known = texts.template_key(texts.PAPER["recipients"]).rstrip(":")
    return texts.template_key(line.text).startswith(known)


def _is_hint(line: Line) -> bool:
    text = line.text.strip()
    return bool(_HINT.fullmatch(text)) or (bool(text) and line.all_are("italic"))


def _first_text(lines: Sequence[Line]) -> str:
    return next((line.text.strip() for line in lines if not line.is_empty), "")
