"""A Word file as the paper it shows: the inverse of `paper_template`, and a reader of the unit's
own files, which know nothing of our marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from giamngheo_desktop import texts
from giamngheo_desktop.domain.lengths import whole_length
from giamngheo_desktop.domain.paper import (
    Head,
    PaperBreak,
    PaperDef,
    PaperPiece,
    PaperRows,
    PaperSigner,
    PaperText,
    canonical,
)
from giamngheo_desktop.domain.paper_facts import KNOWN
from giamngheo_desktop.exports.paper_ends import letterhead, signatures, state_lines
from giamngheo_desktop.exports.paper_marks import Marks, TemplateProblem
from giamngheo_desktop.exports.paper_tables import table_piece
from giamngheo_desktop.exports.paper_template import TITLE_SIZE
from giamngheo_desktop.exports.word_text import Block, Line, WordTable, read_word

_ORIGIN = re.compile(r"bản ([0-9a-f]{16}) ")
_GUIDE = texts.TEMPLATE_GUIDE_TITLE.partition(" (")[0]
_ROOM = 60  # points above a paragraph that empty ones make at most
_SPACER = 8  # an empty paragraph of smaller letters only parts tables


@dataclass(frozen=True, slots=True)
class TemplateRead:
    """`origin` tells of which version of the program's own paper the file was written."""

    paper: PaperDef
    problems: tuple[TemplateProblem, ...]
    warnings: tuple[str, ...]
    origin: str = ""


def read_template(data: bytes, base: PaperDef) -> TemplateRead:
    """What the file prints, as a paper of the kind of `base`; where there are problems it is not to
    be printed. Errors as `read_word`.
    """
    word = read_word(data)
    shown, guide = _parted(word.blocks)
    reader = _Reader(base, word.warnings)
    found = reader.read(shown)
    if not found.body:
        reader.marks.fault("empty")
    origin = _ORIGIN.search("\n".join(line.text for line in guide if isinstance(line, Line)))
    return TemplateRead(
        canonical(replace(found, landscape=word.landscape)),
        tuple(reader.marks.problems),
        tuple(word.warnings),
        origin[1] if origin else "",
    )


def _parted(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    for at, block in enumerate(blocks):
        if isinstance(block, Line) and block.text.strip().startswith(_GUIDE):
            return blocks[:at], blocks[at:]
    return blocks, []


class _Reader:
    def __init__(self, base: PaperDef, warnings: dict[str, None]) -> None:
        self._base, self._warnings = base, warnings
        self.marks = Marks(KNOWN[base.subject])
        self._size = base.size

    def read(self, blocks: list[Block]) -> PaperDef:
        blocks = _trimmed(blocks)
        head: dict[str, object] = {
            "head": Head.NONE, "kind": "", "series": "", "superior": (), "issuer": (),
        }  # fmt: skip
        if blocks and isinstance(blocks[0], WordTable):
            told = letterhead(blocks[0], self._base, self.marks)
            if told is not None:
                head |= told
                blocks = _trimmed(blocks[1:])
        elif lines := state_lines(blocks):
            head["head"] = Head.STATE
            blocks = _trimmed(blocks[lines:])
        corner, blocks = _taken(blocks, lambda line: line.align == "right")
        blocks = _trimmed(blocks)
        title, blocks = _taken(blocks, lambda line: line.align == "center" and line.all_are("bold"))
        if not title:
            blocks = [*corner, *blocks]
            corner = []
        subtitle, blocks = (
            _taken(blocks, lambda line: line.align == "center") if title else ([], blocks)
        )
        blocks, ends = self._ends(_trimmed(blocks))
        self._size = self._usual_size(blocks)
        body = _without_last_break([*self._pieces(blocks), *ends.body])
        return replace(
            self._base,
            **head,  # type: ignore[arg-type]  # each of the type of its field
            corner="\n".join(self.marks.plain(line) for line in corner),
            title=tuple(self.marks.plain(line) for line in title),
            subtitle=tuple(self.marks.plain(line) for line in subtitle),
            size=self._size,
            body=tuple(body),
            signers=ends.signers,
            recipients=ends.recipients,
        )

    def _ends(self, blocks: list[Block]) -> tuple[list[Block], _Ends]:
        """The signatures, if the last thing is a table of them."""
        if blocks and isinstance(blocks[-1], WordTable):
            found = signatures(blocks[-1], self.marks)
            if found is not None:
                return blocks[:-1], _Ends(*found)
        return blocks, _Ends()

    def _usual_size(self, blocks: list[Block]) -> float:
        sizes = Counter(
            whole_length(block.size)
            for block, following in zip(blocks, [*blocks[1:], None], strict=True)
            if isinstance(block, Line) and not block.is_empty and "{{!" not in block.text
            if not (isinstance(following, WordTable) and _is_title(block, following))
        )
        if not sizes or sizes[whole_length(self._base.size)]:
            return self._base.size
        return sizes.most_common(1)[0][0]

    def _pieces(self, blocks: list[Block]) -> list[PaperPiece]:
        found: list[PaperPiece] = []
        gap = 0  # of empty paragraphs
        title: Line | None = None  # of the table that follows
        condition = ""  # of the page that follows
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            if isinstance(block, WordTable):
                found += self._table(block, title)
                gap, title = 0, None
                continue
            if block.breaks:
                found.append(PaperBreak(when=condition))
                gap, condition = 0, ""
            if block.is_empty:
                gap += whole_length(block.size) if block.size > _SPACER and not block.breaks else 0
            elif isinstance(following, WordTable) and _is_title(block, following):
                title = block
            elif "{{!" in block.text:
                self._instead(block, found)
            else:
                piece = self._text(block, min(gap, _ROOM))
                gap = block.below
                if piece.text.strip():
                    found.append(piece)
                else:
                    condition = piece.when
        return found

    def _instead(self, line: Line, found: list[PaperPiece]) -> None:
        """`{{!list}}`: what is printed instead of the table above it."""
        said = self.marks.line(line, faces=False)
        last = found[-1] if found else None
        if isinstance(last, PaperRows) and last.rows == said.empty_of:
            found[-1] = replace(last, empty=said.text.strip())
        else:
            self.marks.fault("no_table_above", line.text)

    def _text(self, line: Line, gap: int) -> PaperText:
        found = self.marks.line(line)
        return PaperText(
            text=found.text,
            align=line.align,
            size=whole_length(line.size) if whole_length(line.size) != self._size else 0,
            first_line=line.first_line,
            left=line.left,
            above=line.above + gap,
            each=found.each.name if found.each else "",
            when=found.when,
            with_next=line.with_next,
        )

    def _table(self, table: WordTable, title: Line | None) -> Iterable[PaperPiece]:
        if table.bordered:
            found = table_piece(table, title, self.marks, self._base, self._warnings)
            return [found] if found is not None else []
        self._warnings["side_by_side"] = None
        lines = [line for row in table.rows for cell in row for line in cell.lines]
        said = [] if title is None else [title]
        return [self._text(line, 0) for line in (*said, *lines) if not line.is_empty]


@dataclass(frozen=True, slots=True)
class _Ends:
    body: tuple[PaperText, ...] = ()
    signers: tuple[PaperSigner, ...] = ()
    recipients: tuple[str, ...] = ()


def _is_title(line: Line, table: WordTable) -> bool:
    """Whether a line is the title of the table below it, as `paper_template` writes one."""
    if "{{*" in line.text:
        return True
    looks = (line.align, whole_length(line.size), line.left, line.first_line, line.above)
    return table.bordered and line.all_are("bold") and looks == ("left", TITLE_SIZE, 0, 0, 0)


def _taken(blocks: list[Block], belongs: Callable[[Line], bool]) -> tuple[list[Line], list[Block]]:
    """The lines at the beginning that belong to it, and the rest."""
    found: list[Line] = []
    for block in blocks:
        if not isinstance(block, Line) or block.is_empty or not belongs(block):
            break
        found.append(block)
    return found, blocks[len(found) :]


def _trimmed(blocks: list[Block]) -> list[Block]:
    """Without what is empty at both ends."""

    def is_empty(block: Block) -> bool:
        return isinstance(block, Line) and block.is_empty

    first = next((at for at, block in enumerate(blocks) if not is_empty(block)), len(blocks))
    last = len(blocks)
    while last > first and is_empty(blocks[last - 1]):
        last -= 1
    return blocks[first:last]


def _without_last_break(pieces: list[PaperPiece]) -> list[PaperPiece]:
    while pieces and isinstance(pieces[-1], PaperBreak):
        pieces.pop()
    return pieces
