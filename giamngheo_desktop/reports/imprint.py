"""The footer of every page: the day of the data, the standard, the program, a short hash."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from giamngheo_desktop import __version__, texts
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.document import ReportDoc

_LETTERS = 8  # of the hash: enough to tell two prints of one table apart


@dataclass(frozen=True, slots=True)
class Footer:
    """`left` tells of the data, `right` which paper this is, `maker` who made it."""

    left: str = ""
    right: str = ""
    maker: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.left, self.right, self.maker) if text)


def program() -> str:
    """What a document keeps of the program that made it: a reprint in years says the same."""
    return texts.PAPER["program"].format(version=__version__)


def footer(doc: ReportDoc) -> Footer:
    """Today's date is in none of it: the same data print the same page."""
    day = doc.data_date
    dated = texts.PAPER["data_of"].format(day=f"{day:%d/%m/%Y}") if day else ""
    between = texts.PAPER["footer_between"]
    left = between.join(filter(None, (dated, doc.standard)))
    right = between.join(filter(None, (doc.mark, doc.footer)))
    if not doc.program:
        return Footer(left, right)
    maker = texts.PAPER["maker"].format(program=doc.program, hash=short_hash(doc))
    return Footer(left, right, maker)


def short_hash(doc: ReportDoc) -> str:
    """Of all the paper says, whichever program and writer say it."""
    return sha256(as_text(doc).encode(errors="surrogatepass")).hexdigest()[:_LETTERS]
