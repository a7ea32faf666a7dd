"""What is said of piles of forms: how far one is, whether it adds up, who was not met."""

from __future__ import annotations

from collections.abc import Sequence

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.texts.review_steps import CASE_OUTCOMES

PILE: dict[str, str] = {
    "progress": "{taken}/{forms} phiếu",
    "unfinished": "còn {count} hộ chưa xong",
    "finished": "cả xấp đã xong",
    "forms": "{count} phiếu",
    "persons": "{count} khẩu",
    "less": "máy thiếu {what}",
    "more": "máy thừa {what}",
    "equal": "Khớp: {paper}.",
    "unequal": "Xấp giấy {paper}; đã nhập {entered}: {difference}.",
    "not_entered": "Đã thu mà chưa nhập xong: {names}.",
    "and_others": "{names} và {count} phiếu khác",
    "and_homes": "{name} và {count} hộ khác",
    "closed": "Đã kết thúc {done} hộ.",
    "closed_not": "Đã kết thúc {done} hộ; {open} hộ còn câu chờ: mở phiếu xem.",
    "not_met": "{number}. {head}, {persons} khẩu: {outcome} – {note}",
    "not_met_bare": "{number}. {head}, {persons} khẩu: {outcome}.",
}

_NAMED = 5  # forms a sentence names


def progress_text(forms: int, taken: int, unfinished: int) -> str:
    """ "17/42 phiếu, còn 3 hộ chưa xong"."""
    said = [PILE["progress"].format(taken=format_integer(taken), forms=format_integer(forms))]
    if unfinished:
        said.append(PILE["unfinished"].format(count=format_integer(unfinished)))
    elif forms and taken == forms:
        said.append(PILE["finished"])
    return ", ".join(said)


def and_others_text(name: str, others: int) -> str:
    """One household and how many more."""
    return PILE["and_homes"].format(name=name, count=format_integer(others)) if others > 0 else name


def closed_text(done: int, left: int) -> str:
    """How many households were closed at once."""
    text = PILE["closed_not" if left else "closed"]
    return text.format(done=format_integer(done), open=format_integer(left))


def compare_text(
    paper: tuple[int | None, int | None], entered: tuple[int, int], missing: Sequence[str] = ()
) -> str:
    """Whether forms and persons counted on paper are those entered; what was not counted is not
    compared. `missing` names the forms that are here and not entered.
    """
    names = ("forms", "persons")
    counted = [
        (name, on_paper, typed)
        for name, on_paper, typed in zip(names, paper, entered, strict=True)
        if on_paper is not None
    ]
    if not counted:
        return ""
    words = ", ".join(_count(name, on_paper) for name, on_paper, _ in counted)
    differences = [
        PILE["less" if typed < on_paper else "more"].format(
            what=_count(name, abs(on_paper - typed))
        )
        for name, on_paper, typed in counted
        if typed != on_paper
    ]
    if not differences:
        return PILE["equal"].format(paper=words)
    said = PILE["unequal"].format(
        paper=words,
        entered=", ".join(_count(name, typed) for name, _, typed in counted),
        difference=", ".join(differences),
    )
    return f"{said} {_missing_text(missing)}" if missing else said


def not_met_text(number: int, head: str, persons: int, outcome: Outcome, note: str) -> str:
    """The line of a household in the minutes that nobody could review."""
    words = CASE_OUTCOMES[outcome]
    words = f"{words[:1].lower()}{words[1:]}"
    text = PILE["not_met" if note else "not_met_bare"]
    said = note if note.endswith((".", "!", "?")) else f"{note}."
    return text.format(
        number=number,
        head=head,
        persons=format_integer(persons),
        outcome=f"{words[:1].lower()}{words[1:]}",
        note=said,
    )


def _count(name: str, count: int) -> str:
    return PILE[name].format(count=format_integer(count))


def _missing_text(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_NAMED])
    if len(names) > _NAMED:
        shown = PILE["and_others"].format(names=shown, count=len(names) - _NAMED)
    return PILE["not_entered"].format(names=shown)
