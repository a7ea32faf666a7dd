"""The colours of both themes, by what they are for, and how far two of them stand apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A label with a meaning: told apart by text, lightness and frame, not by hue alone."""

    fill: str
    text: str
    frame: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one theme, by what they are for."""

    name: str
    window: str
    surface: str  # pages, tables, inputs
    raised: str  # headers, second rows, menus
    border: str  # lines between things
    border_strong: str  # frames of inputs
    text: str
    text_soft: str
    text_faint: str  # placeholders and disabled things
    accent: str  # one accent: main action, focus, links
    accent_hover: str
    on_accent: str
    accent_soft: str  # current row, chosen option
    selection: str  # selected cells and text
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    rail: str
    rail_hover: str
    rail_chosen: str
    rail_text: str
    rail_text_chosen: str
    rail_badge: str
    on_rail_badge: str
    notice: str
    on_notice: str
    notice_link: str
    grid: str  # lines of charts
    series: tuple[str, ...]  # fills of charts, each told apart from its neighbour in grey
    on_series: tuple[str, ...]
    chips: Mapping[str, Chip]


LIGHT = Tokens(
    name="light",
    window="#F2F5F4",
    surface="#FFFFFF",
    raised="#F7F9F9",
    border="#D9E0DE",
    border_strong="#7D8B88",
    text="#15211F",
    text_soft="#43514E",
    text_faint="#66736F",
    accent="#0B665C",
    accent_hover="#084F47",
    on_accent="#FFFFFF",
    accent_soft="#E1F0ED",
    selection="#C6E4DE",
    danger="#A3211A",
    danger_soft="#FDECEA",
    warning="#7A4700",
    warning_soft="#FFF3DC",
    good="#17602F",
    good_soft="#E4F3E7",
    rail="#12302D",
    rail_hover="#1B413D",
    rail_chosen="#235650",
    rail_text="#D3E2DF",
    rail_text_chosen="#FFFFFF",
    rail_badge="#F3C969",
    on_rail_badge="#2B2000",
    notice="#20302E",
    on_notice="#F3F7F6",
    notice_link="#8FE0D2",
    grid="#DDE4E2",
    series=("#7C2D12", "#E8A33D", "#0B665C", "#9CCFC6", "#5B6B9A", "#C9CFDF"),
    on_series=("#FFFFFF", "#2B1B00", "#FFFFFF", "#0A2B27", "#FFFFFF", "#1B2236"),
    chips={
        "poor": Chip(fill="#7C2D12", text="#FFFFFF", frame="#7C2D12"),
        "near_poor": Chip(fill="#F6CE86", text="#3D2600", frame="#B9791B"),
        "average": Chip(fill="#E6EEF8", text="#1D3557", frame="#8AA3C4"),
        "escaped": Chip(fill="#FFFFFF", text="#0F5427", frame="#2B7A45"),
        "not_poor": Chip(fill="#FFFFFF", text="#3B4744", frame="#A7B2AF"),
        "unknown": Chip(fill="#F1F3F3", text="#3B4744", frame="#A7B2AF"),
        "done": Chip(fill="#E4F3E7", text="#0F5427", frame="#7FB98F"),
        "open": Chip(fill="#FFF3DC", text="#5C3500", frame="#D9A94F"),
        "wrong": Chip(fill="#FDECEA", text="#7E130D", frame="#D98880"),
    },
)

DARK = Tokens(
    name="dark",
    window="#121817",
    surface="#1A2221",
    raised="#212B29",
    border="#323E3C",
    border_strong="#72827E",
    text="#ECF2F0",
    text_soft="#BFCBC8",
    text_faint="#94A29E",
    accent="#57CBB8",
    accent_hover="#7BDCCC",
    on_accent="#06231F",
    accent_soft="#20413C",
    selection="#24504A",
    danger="#FF9A91",
    danger_soft="#3F1E1B",
    warning="#F5C26B",
    warning_soft="#3A2C10",
    good="#86D69B",
    good_soft="#173220",
    rail="#0D1312",
    rail_hover="#182221",
    rail_chosen="#1F3532",
    rail_text="#BBC9C6",
    rail_text_chosen="#FFFFFF",
    rail_badge="#F3C969",
    on_rail_badge="#2B2000",
    notice="#E6EDEB",
    on_notice="#15211F",
    notice_link="#0B5A51",
    grid="#323E3C",
    series=("#E58A6B", "#8A5A12", "#57CBB8", "#23605A", "#A9B6DF", "#4A5577"),
    on_series=("#2A0D03", "#FFFFFF", "#06231F", "#FFFFFF", "#131A30", "#FFFFFF"),
    chips={
        "poor": Chip(fill="#F0A184", text="#2A0D03", frame="#F0A184"),
        "near_poor": Chip(fill="#5C3F0E", text="#FFE7BC", frame="#B98A33"),
        "average": Chip(fill="#22304A", text="#D5E3FA", frame="#5F7BA8"),
        "escaped": Chip(fill="#1A2221", text="#A5E3B5", frame="#4E9A66"),
        "not_poor": Chip(fill="#1A2221", text="#CBD6D3", frame="#5E6D69"),
        "unknown": Chip(fill="#27312F", text="#CBD6D3", frame="#5E6D69"),
        "done": Chip(fill="#173220", text="#B4E8C1", frame="#4E9A66"),
        "open": Chip(fill="#3A2C10", text="#FFE0A3", frame="#A17B2C"),
        "wrong": Chip(fill="#3F1E1B", text="#FFCBC6", frame="#A9554D"),
    },
)


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.1)."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
