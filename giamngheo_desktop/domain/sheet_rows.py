"""What each row below the head of a list is: a person, a village, a total, a signature …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from giamngheo_desktop.domain.legacy_text import CONVERSIONS
from giamngheo_desktop.domain.sheet_headings import NAMES, Head, is_number_row
from giamngheo_desktop.domain.sheet_table import NO_VALUE, Sheet, letter
from giamngheo_desktop.domain.vietnamese import lower, search_key

_TOTAL = re.compile(r"(?:[ivx\d.)\s]*)(tổng|cộng(?!\s+đồng))(?:\s|:|$)")
# without marks these words may begin a name: only what no name says counts
_PLAIN_TOTAL = re.compile(
    r"(tong|cong)(?:\s*:.*|$)|(tong) (?:cong|so)\b"
    r"|(cong) (?:ca|toan|so|ho|thon|ban|xom|ap|buon|to)\b"
)
_NUMBER_OF = re.compile(r"[\d.]+\s*(?:hộ|người|nhân khẩu|khẩu|nk)\W*")
_SIGNED = re.compile(
    r"người lập|lập biểu|^tm[.\s]|chủ tịch|phó chủ tịch|ký tên|^trưởng (thôn|bản|buôn|ban)|kt\.\s"
    r"|ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm|xác nhận của"
)
_KIND = r"thôn|bon|buôn|bản|ấp|xóm|làng|khối|khu phố|khu dân cư|khu|tổ dân phố|tdp|tổ|phum|sóc"
_VILLAGE = re.compile(rf"(?:[ivx\d]+\s*[.):-]\s*)?((?:{_KIND})\s*:?\s+\S.*)", re.IGNORECASE)
_HOME = re.compile(
    r"(?:[\d]+\s*[.):-]\s*)?hộ\s+(?:ông\s+|bà\s+|anh\s+|chị\s+)?(?P<name>[^(:]+?)\s*"
    r"(?:\((?P<about>[^)]*)\))?\s*:?",
    re.IGNORECASE,
)
_MENTIONED = re.compile(rf"(?<!\w)(?<!nông )(?:{_KIND})\s*:?\s+[^,;:()\[|\n]+", re.IGNORECASE)
_BEHIND = re.compile(r"\s(?:năm|xã|phường|thị trấn|thuộc|của|theo|đến|tính)\s.*|\s[–—-]\s.*")
_LINE = re.compile(r"^[\d.)\s-]+")
_TAIL = re.compile(r"\s*[(\[].*$|\s*[:–-]\s*\d+\s*hộ.*$")
_COUNTED = re.compile(r"(?:[ivxIVX\d]+\s*[.)]\s*)?(\S.*?)\s*[:(–-]\s*\d+\s*hộ\s*\)?")
_FACTS = ("birth", "sex", "id_number", "relation", "ethnicity")
_FEW = 3
_ID_DIGITS = 8  # a number of nine may have lost the nought before it


class RowKind(StrEnum):
    DATA = "data"
    TITLE = "title"  # above the head
    HEADING = "heading"
    NUMBERS = "numbers"
    HEADING_AGAIN = "heading_again"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    VILLAGE = "village"
    HOUSEHOLD = "household"
    SIGNATURE = "signature"
    FOOTER = "footer"
    NAMELESS = "nameless"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`text` is what a village or household row says, else what shows the row."""

    row: int
    kind: RowKind
    text: str = ""
    about: str = ""


def classified(sheet: Sheet, head: Head) -> Iterator[SheetRow]:
    """Each row that says something, in order."""
    signed = False
    for row in sorted(sheet.rows):
        texts = sheet.filled(row)
        if not texts:
            continue
        shown = " | ".join(texts.values())
        if row in head.rows:
            yield SheetRow(row, RowKind.HEADING, shown)
        elif row in head.numbers:
            yield SheetRow(row, RowKind.NUMBERS, shown)
        elif row < min(head.rows):
            yield SheetRow(row, RowKind.TITLE, shown)
        else:
            found = _below(texts, head, row, shown, signed=signed, nameless=_errs(sheet, head, row))
            signed = found.kind is RowKind.SIGNATURE or (signed and found.kind is not RowKind.DATA)
            yield found


def _errs(sheet: Sheet, head: Head, row: int) -> bool:
    """Whether the name is what a formula did not find."""
    columns = (at for at, code in head.fields.items() if code in (*NAMES, "name.first"))
    return any(sheet.marks.get(f"{letter(at)}{row}") in NO_VALUE for at in columns)


def _below(
    texts: Mapping[int, str], head: Head, row: int, shown: str, *, signed: bool, nameless: bool
) -> SheetRow:
    if _is_heading(texts, head) or is_number_row(texts):
        return SheetRow(row, RowKind.HEADING_AGAIN, shown)
    by_field = {head.fields[at]: text for at, text in texts.items() if at in head.fields}
    facts = [code for code in by_field if code.partition(".")[0] in _FACTS]
    named = any(any(map(str.isalpha, by_field.get(code, ""))) for code in (*NAMES, "name.first"))
    if total := _total_of_name(by_field):
        return SheetRow(row, total, shown)
    low = [lower(text) for text in texts.values()]
    if "relation" not in by_field and "id_number" not in by_field:
        totals = [found for text in texts.values() if (found := _total(text))]
        if totals and len(facts) < _FEW:
            whole = any(found[1] == "tổng" for found in totals)
            return SheetRow(row, RowKind.TOTAL if whole else RowKind.SUBTOTAL, shown)
    if len(facts) < 2 and any(_SIGNED.search(text) for text in low):
        return SheetRow(row, RowKind.SIGNATURE, shown)
    if signed and len(facts) < 2:
        return SheetRow(row, RowKind.SIGNATURE, shown)
    if len(facts) <= 1 and any(text.startswith("ghi chú") for text in low):
        return SheetRow(row, RowKind.FOOTER, shown)
    if not facts and len(texts) <= _FEW:
        longest = max(texts.values(), key=len)
        if found := _HOME.fullmatch(longest):
            return SheetRow(row, RowKind.HOUSEHOLD, found["name"], found["about"] or "")
        if "village" not in by_field:
            counted = _COUNTED.fullmatch(longest)
            if village := village_in(longest) or (counted[1] if counted else ""):
                return SheetRow(row, RowKind.VILLAGE, village)
    if named or (facts and nameless):
        return SheetRow(row, RowKind.DATA, shown)
    return SheetRow(row, RowKind.NAMELESS if facts else RowKind.WORDS, shown)


def _total(text: str) -> re.Match[str] | None:
    """Whether it says Tổng or Cộng, in an old font too: `Céng` alone may be a word of Unicode."""
    spellings = [text] if text.isascii() else [text, *(read(text) for read in CONVERSIONS.values())]
    return next(filter(None, (_TOTAL.match(lower(each)) for each in spellings)), None)


def _total_of_name(by_field: Mapping[str, str]) -> RowKind | None:
    """What a row is whose name is `Cộng thôn …`, `Tổng số …`, whatever else it counts."""
    for code in NAMES:
        text = lower(by_field.get(code, ""))
        plain = text if search_key(text) == text else ""
        found = _total(by_field.get(code, "")) or _PLAIN_TOTAL.match(plain)
        if found and not any(_is_of_person(each, by_field[each]) for each in by_field):
            whole = next(filter(None, found.groups())) in ("tổng", "tong")
            return RowKind.TOTAL if whole else RowKind.SUBTOTAL
    return None


def _is_of_person(code: str, text: str) -> bool:
    """Whether only a person's row says this."""
    if code == "id_number":
        return sum(map(str.isdigit, text)) >= _ID_DIGITS
    named = code.partition(".")[0] in ("birth", "sex", "relation")
    return named and not _NUMBER_OF.fullmatch(lower(text))


def _is_heading(texts: Mapping[int, str], head: Head) -> bool:
    same = sum(text in head.paths.get(at, ()) for at, text in texts.items())
    return same >= 2 and same * 2 >= len(texts)


def village_in(text: str) -> str:
    """`II. Bon Đăk Rung (3 hộ)` → Bon Đăk Rung; "" where no village is named first."""
    found = _VILLAGE.fullmatch(text.strip())
    if found is None:
        return ""
    name = _TAIL.sub("", found[1]).strip(" :.-–")
    kind, colon, rest = name.partition(":")
    # `Thôn: Bon Đăk Rung` names a village of another kind
    return village_in(rest) or f"{kind.strip()} {rest.strip()}" if colon else name


def village_of_title(text: str) -> str:
    """The village that a title names: at its beginning, or behind a dash."""
    for part in re.split(r"\s+[–—-]\s+|\n", text):
        if found := village_in(part):
            return re.split(r"[,;]", found)[0].strip()
    return ""


def villages_mentioned(titles: Iterable[str], sheet: str) -> Iterator[str]:
    """What may be the name of the village of a whole list, for who knows the villages: behind the
    kind anywhere in a title, `BIỂU TỔNG HỢP HỘ CẬN NGHÈO THÔN HỒ SEN NĂM 2026`, or the whole name
    of the sheet, if it is more than a number.
    """
    for title in titles:
        for found in _MENTIONED.finditer(title):
            yield _BEHIND.sub("", lower(found[0])).strip(" .-–")
    if any(map(str.isalpha, sheet)):
        yield _LINE.sub("", sheet)
