"""What is said of the movement of a year and of corrections, on papers and behind numbers."""

from __future__ import annotations

from collections.abc import Sequence

from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.movement_bridge import Bridge, Count, Passage
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.texts.corrections import household_words

LIST_NAMES = {HouseholdClass.POOR: "hộ nghèo", HouseholdClass.NEAR_POOR: "hộ cận nghèo"}

FLOWS: dict[tuple[HouseholdClass, Flow], str] = {
    (HouseholdClass.POOR, Flow.OPENING): "hộ nghèo đầu kỳ",
    (HouseholdClass.POOR, Flow.TO_OTHER): "trở thành hộ cận nghèo",
    (HouseholdClass.POOR, Flow.ABOVE): "vượt chuẩn cận nghèo",
    (HouseholdClass.POOR, Flow.OTHER_DECREASE): "khác giảm",
    (HouseholdClass.POOR, Flow.FROM_OTHER): "hộ cận nghèo trở thành hộ nghèo",
    (HouseholdClass.POOR, Flow.AGAIN): "tái nghèo",
    (HouseholdClass.POOR, Flow.NEW): "phát sinh mới",
    (HouseholdClass.POOR, Flow.OTHER_INCREASE): "khác tăng",
    (HouseholdClass.POOR, Flow.CLOSING): "hộ nghèo cuối kỳ",
    (HouseholdClass.NEAR_POOR, Flow.OPENING): "hộ cận nghèo đầu kỳ",
    (HouseholdClass.NEAR_POOR, Flow.TO_OTHER): "trở thành hộ nghèo",
    (HouseholdClass.NEAR_POOR, Flow.ABOVE): "vượt chuẩn cận nghèo",
    (HouseholdClass.NEAR_POOR, Flow.OTHER_DECREASE): "khác giảm",
    (HouseholdClass.NEAR_POOR, Flow.FROM_OTHER): "hộ nghèo trở thành hộ cận nghèo",
    (HouseholdClass.NEAR_POOR, Flow.AGAIN): "tái cận nghèo",
    (HouseholdClass.NEAR_POOR, Flow.NEW): "phát sinh mới",
    (HouseholdClass.NEAR_POOR, Flow.OTHER_INCREASE): "khác tăng",
    (HouseholdClass.NEAR_POOR, Flow.CLOSING): "hộ cận nghèo cuối kỳ",
}

MOVEMENT: dict[str, str] = {
    "flow": "{list}, {flow}:",
    "by_hand": "Tính theo lý do ghi trong sổ, khác với máy tính – {households}.",
    "by_hand_one": "{household}: {flow} thay cho {computed}, vì {reason}",
    "between": "Không thể hiện ở hai đầu kỳ của danh sách {list}, đã vào, ra trong năm – "
    "{households}.",
    "between_one": "{household}: {passages}",
    "entered": "vào {day}",
    "left": "ra {day}",
    "entered_otherwise": "vào vì biến động hộ",
    "left_otherwise": "ra vì biến động hộ",
    "by_paper": "{passage} theo QĐ {number}",
    "more": "và {count} hộ khác",
    "bridge": "Từ các quyết định trong năm: đầu kỳ {opening} hộ; thường xuyên {in_year}; định kỳ "
    "cuối năm {periodic}; biến động hộ {other}; cuối kỳ {closing} hộ.",
    "bridge_count": "+{entered} −{left}",
}

_LISTED = 20  # households that a note names


def by_hand_note(households: Sequence[tuple[str, str, HouseholdClass, Flow, Flow, str]]) -> str:
    """(head, village, list, computed flow, flow, reason) of each, in one note."""
    said = [
        MOVEMENT["by_hand_one"].format(
            household=household_words(head, village),
            flow=FLOWS[table, flow],
            computed=FLOWS[table, computed],
            reason=reason.strip().rstrip("."),
        )
        for head, village, table, computed, flow, reason in households
    ]
    return MOVEMENT["by_hand"].format(households=_joined(said))


def between_note(
    table: HouseholdClass, households: Sequence[tuple[str, str, Sequence[Passage]]]
) -> str:
    """(head, village, passages) of each that stands at both ends alike, in one note."""
    said = [
        MOVEMENT["between_one"].format(
            household=household_words(head, village),
            passages=", ".join(map(passage_text, passages)),
        )
        for head, village, passages in households
    ]
    return MOVEMENT["between"].format(list=LIST_NAMES[table], households=_joined(said))


def passage_text(passage: Passage) -> str:
    """vào 15/03/2026 theo QĐ 12/QĐ-UBND."""
    word = "entered" if passage.entered else "left"
    if passage.ruling is None:
        return MOVEMENT[f"{word}_otherwise"]
    said = MOVEMENT[word].format(day=passage.ruling.day.strftime("%d/%m/%Y"))
    if passage.ruling.number:
        return MOVEMENT["by_paper"].format(passage=said, number=passage.ruling.number)
    return said


def bridge_note(bridge: Bridge) -> str:
    """How the decisions of the year lead from its opening to its closing."""
    return MOVEMENT["bridge"].format(
        opening=format_integer(bridge.opening),
        in_year=_count(bridge.in_year),
        periodic=_count(bridge.periodic),
        other=_count(bridge.other),
        closing=format_integer(bridge.closing),
    )


def _count(count: Count) -> str:
    return MOVEMENT["bridge_count"].format(
        entered=format_integer(count.entered), left=format_integer(count.left)
    )


def _joined(said: Sequence[str]) -> str:
    more = len(said) - _LISTED
    shown = list(said[:_LISTED])
    return "; ".join(
        [*shown, MOVEMENT["more"].format(count=format_integer(more))] if more > 0 else shown
    )
