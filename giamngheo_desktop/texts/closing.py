"""What closing a review has to say: what is not done yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giamngheo_desktop.domain.numbers import format_integer

_NAMED = 10  # names that a sentence still bears

CLOSING: dict[str, str] = {
    "step_villages": "{label} ({count} thôn)",
    "unlike": "{count} hộ công nhận khác kết quả rà soát",
    "unclassed": "{count} hộ chưa có kết quả theo {standard}: {names}.",
    "unclassed_many": "{count} hộ chưa có kết quả theo {standard}: {names} và {more} hộ khác.",
    "month": "đợt tháng {month}/{year} còn {count} giấy đề nghị chưa trả lời",
    "month_closed": "Đợt tháng {month}/{year} còn mở, được khóa cùng lúc.",
    "month_unfinished": "Đợt tháng {month}/{year} còn mở, được khóa cùng lúc; chưa xong: {steps}.",
    "unanswered": "{count} giấy đề nghị khác của năm chưa ghi trả lời.",
    "nameless": "{count} hộ đầu kỳ mới có số theo thôn, chưa có tên và kết quả",
}


def unfinished_text(steps: Mapping[str, int], unlike: int, nameless: int) -> str:
    """The steps not done, each with the number of its villages; the households recognised otherwise
    than found, and those of the opening that are known by number only.
    """
    parts = _steps(steps)
    parts += [
        CLOSING[code].format(count=format_integer(count))
        for code, count in (("unlike", unlike), ("nameless", nameless))
        if count
    ]
    return "; ".join(parts)


def month_text(month: int, year: int, steps: Mapping[str, int]) -> str:
    """A month that is closed with the year, and what it lacks."""
    said = CLOSING["month_unfinished" if steps else "month_closed"]
    return said.format(month=month, year=year, steps=", ".join(_steps(steps)))


def unanswered_text(count: int) -> str:
    """Applications of the year that no open month has taken; empty where each has its answer."""
    return CLOSING["unanswered"].format(count=format_integer(count)) if count else ""


def _steps(steps: Mapping[str, int]) -> list[str]:
    return [
        CLOSING["step_villages"].format(label=label, count=count) if count else label
        for label, count in steps.items()
    ]


def months_text(waiting: Mapping[int, int], year: int) -> str:
    """The months of a year whose applications wait for an answer, with how many."""
    return "; ".join(
        CLOSING["month"].format(month=month, year=year, count=format_integer(count))
        for month, count in waiting.items()
    )


def unclassed_text(standard: str, names: Sequence[str]) -> str:
    """The households of whom a decision says nothing; empty where it says something of all."""
    if not names:
        return ""
    more = len(names) - _NAMED
    return CLOSING["unclassed_many" if more > 0 else "unclassed"].format(
        standard=standard,
        count=format_integer(len(names)),
        names=", ".join(names[:_NAMED]),
        more=format_integer(more),
    )
