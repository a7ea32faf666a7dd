"""The pages of help: read from the bundle, in the order of the contents page; knows no widget."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from giamngheo_desktop import paths
from giamngheo_desktop.domain.vietnamese import search_key

CONTENTS = "index"
_LINK = re.compile(r"\]\(([a-z_]+)\.md\)")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page: its first line is its title."""

    code: str
    title: str
    text: str

    @property
    def links(self) -> list[str]:
        """The codes of the pages it leads to."""
        return _LINK.findall(self.text)


def folder() -> Path:
    return paths.resources() / "help"


@cache
def topics() -> dict[str, Topic]:
    """All pages: the contents first, then in its order."""
    found = {path.stem: _read(path) for path in folder().glob("*.md")}
    order = [CONTENTS, *found[CONTENTS].links]
    return {code: found[code] for code in dict.fromkeys([*order, *sorted(found)])}


def search(text: str) -> list[Topic]:
    """The pages that hold every word, those with it in their title first; marks do not matter."""
    words = search_key(text).split()
    hits = [t for t in topics().values() if _holds(f"{t.title} {t.text}", words)]
    return sorted(hits, key=lambda topic: not _holds(topic.title, words))


def _holds(text: str, words: list[str]) -> bool:
    key = search_key(text)
    return all(word in key for word in words)


def _read(path: Path) -> Topic:
    text = path.read_text(encoding="utf-8")
    return Topic(path.stem, text.splitlines()[0].removeprefix("# ").strip(), text)
