"""The words of printed targets: comparators, groups, dimensions."""

from __future__ import annotations

from functools import partial

from giamngheo_desktop.domain.indicator_catalogue import (
    Comparator,
    Group,
    IndicatorType,
)
from giamngheo_desktop.domain.target_sentence import Words, sentence

_COUNTED = {
    Comparator.AT_LEAST: "tối thiểu {}",
    Comparator.MORE: "trên {}",
    Comparator.AT_MOST: "không quá {}",
    Comparator.EQUAL: "{}",
    Comparator.ABOUT: "khoảng {}",
}
_COVERED = _COUNTED | {Comparator.AT_LEAST: "ít nhất {}"}
_RATES = {
    Comparator.AT_LEAST: "đạt từ {} trở lên",
    Comparator.MORE: "đạt trên {}",
    Comparator.AT_MOST: "còn {}",
    Comparator.EQUAL: "là {}",
    Comparator.ABOUT: "khoảng {}",
}

WORDS = Words(
    comparators={
        IndicatorType.COUNT: _COUNTED,
        IndicatorType.POINTS: _COUNTED,
        IndicatorType.COVERAGE: _COVERED,
        IndicatorType.NEED: _COVERED,
        IndicatorType.RATE: _RATES,
    },
    groups={
        Group.POOR: "hộ nghèo",
        Group.NEAR_POOR: "hộ cận nghèo",
        Group.NEW_ESCAPE: "hộ mới thoát nghèo",
        Group.NEAR_ESCAPE: "hộ thoát cận nghèo",
        Group.AVERAGE_LIVING: "hộ có mức sống trung bình",
        Group.LOW_INCOME: "hộ của người lao động có thu nhập thấp",
    },
    workers="người lao động thuộc {}",
    low_income="người lao động có thu nhập thấp",
    dimensions={
        "employment": "việc làm",
        "health": "y tế",
        "education": "giáo dục, đào tạo",
        "housing": "nhà ở",
        "water": "nước sinh hoạt và vệ sinh",
        "information": "thông tin",
    },
)

# The sentence of a target as `domain/target_sentence.sentence` says it, in these words.
target_sentence = partial(sentence, words=WORDS, unit_word="toàn xã")
