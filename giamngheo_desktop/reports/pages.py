"""The pages of a paper before they are drawn: blocks with their places, so that a layout can be
tried and thrown away."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from giamngheo_desktop.reports.blocks import Block
from giamngheo_desktop.reports.imprint import Footer

_MM: float = mm
LEFT, RIGHT, TOP, BOTTOM = 30 * _MM, 15 * _MM, 20 * _MM, 20 * _MM  # NĐ 30/2020: 30–35, 15–20, 20–25

_PORTRAIT: tuple[float, float] = A4
_LANDSCAPE = _PORTRAIT[1], _PORTRAIT[0]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page carries in its margins, and the facts in the file's properties."""

    title: str
    author: str
    footer: Footer = field(default_factory=Footer)


@dataclass(frozen=True, slots=True)
class Laid:
    """A block `y` points below the top margin; `table` counts the tables of its paper."""

    y: float
    block: Block
    table: int


@dataclass(slots=True)
class Pages:
    """A growing paper. `y` is the room used on the present page; blocks are put below it."""

    furniture: Furniture
    is_landscape: bool
    left: float = LEFT
    y: float = 0.0
    pages: list[list[Laid]] = field(default_factory=lambda: [[]])

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return _LANDSCAPE if self.is_landscape else _PORTRAIT

    @property
    def width(self) -> float:
        return self.size[0] - LEFT - RIGHT

    @property
    def height(self) -> float:
        return self.size[1] - TOP - BOTTOM

    @property
    def room(self) -> float:
        """Height that is left on the present page."""
        return self.height - self.y

    def put(self, block: Block, table: int = 0) -> None:
        """A block below the last one; the caller has asked for `room`."""
        self.pages[-1].append(Laid(self.y, block, table))
        self.y += block.height

    def skip(self, height: float) -> None:
        """Leaves room below the last block, none at the top of a page."""
        if self.y:
            self.y += height

    def new_page(self) -> None:
        self.pages.append([])
        self.y = 0.0

    def ensure(self, height: float) -> None:
        """A new page where the present one has begun and has not that much room."""
        if height > self.room and self.y:
            self.new_page()
