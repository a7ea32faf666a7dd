"""A text that brings its own heading, as it is pasted from an earlier plan: "b. Đối tượng: …".

The number stands first, then the words with which such a heading usually begins; a title ends with
its colon, or with its line where more lines follow. A list is no heading though its first line
reads like one ("1. Nội dung tập huấn: …", "2. …"): the number that goes on stands in it, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from giamngheo_desktop.domain.heading_numbers import LETTERS, following
from giamngheo_desktop.domain.vietnamese import lower

_NUMBER = re.compile(rf"((?:[IVXLC]+\.)?\d+(?:\.\d+)*[.)]?|[{LETTERS}][.)])\s*")
_SIGN = re.compile(r"[.)]")  # "03 mô hình" is an amount
_LONGEST = 60  # letters of a title
_WORDS = 2  # "Nội dung thực hiện" heads what others call "Nội dung hỗ trợ"
_ENDS = ".,;"  # of a line that is no title


@dataclass(frozen=True, slots=True)
class OwnHeading:
    """The number and title as typed, colon included, and the text without them."""

    number: str
    title: str
    text: str


def own_heading(text: str, usual: str) -> OwnHeading | None:
    """The heading that a text begins with, where it is one in place of the `usual` title."""
    line, _, below = text.strip().partition("\n")
    found = _NUMBER.match(line)
    if found is None or not _SIGN.search(found[1]):
        return None
    title, colon, behind = line[found.end() :].partition(":")
    title, behind = f"{title.strip()}{colon}", behind.strip()
    is_title = bool(colon) or (bool(below.strip()) and not title.endswith(tuple(_ENDS)))
    if not is_title or len(title) > _LONGEST or not _begins(title, usual):
        return None
    number = found[1]
    rest = "\n".join(filter(None, (behind, below)))
    return None if _goes_on(rest, number) else OwnHeading(number, title, rest)


def _begins(title: str, usual: str) -> bool:
    words, wanted = (lower(one).rstrip(" :.").split() for one in (title, usual))
    return bool(wanted) and words[:_WORDS] == wanted[:_WORDS]


def _goes_on(text: str, number: str) -> bool:
    """Whether the number behind this one stands in the text, as it does in a list."""
    return re.search(rf"(?:^|[\s;]){re.escape(following(number))}(?!\d)", text) is not None
