"""What an operation changed: the message that refreshes the screens and names the undo step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID


class Kind(StrEnum):
    """The kinds of recorded things; each is one table."""

    AREA = "area"
    AREA_VERSION = "area_version"
    AREA_FACT = "area_fact"
    SUCCESSION = "area_succession"
    POPULATION = "population"
    VILLAGE_TARGET = "village_target"
    HOUSEHOLD = "household"
    PLACE = "household_place"
    HOUSEHOLD_FACT = "household_fact"
    PERSON = "person"
    PERSON_FACT = "person_fact"
    MEMBERSHIP = "membership"
    DECISION = "decision"
    CLASS_RECORD = "class_record"
    INDICATOR_ANSWER = "indicator_answer"
    ROUND = "review_round"
    RESULT = "review_result"
    RESULT_PERSON = "review_result_person"
    SETTING = "setting"
    DEFINITION = "definition"


class Op(StrEnum):
    """Every user operation that writes; `texts.OPERATIONS` has its sentence."""

    NEW_COMMUNE = "new_commune"
    SAVE_UNIT = "save_unit"
    SAVE_POPULATION = "save_population"
    SAVE_TARGETS = "save_targets"
    SAVE_SETTINGS = "save_settings"
    MERGE_UNITS = "merge_units"
    SPLIT_UNIT = "split_unit"
    RENAME_UNIT = "rename_unit"
    RECORD_SUCCESSION = "record_succession"  # any other, and all of older files
    SAVE_HOUSEHOLD = "save_household"
    BIRTH = "birth"
    DEATH = "death"
    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    MOVE_VILLAGE = "move_village"
    MARRIAGE = "marriage"
    SPLIT_HOUSEHOLD = "split_household"
    MERGE_HOUSEHOLDS = "merge_households"
    CHANGE_HEAD = "change_head"
    RECORD_CLASS = "record_class"
    ANSWER_INDICATORS = "answer_indicators"
    CLOSE_YEAR = "close_year"
    REOPEN_YEAR = "reopen_year"
    LOAD_SAMPLE = "load_sample"
    RECORD_DEFINITIONS = "record_definitions"  # by the program itself
    UNDO = "undo"


# Without them the file would have no commune: the way back is another file.
FOUNDING = frozenset({Op.RECORD_DEFINITIONS, Op.LOAD_SAMPLE, Op.NEW_COMMUNE})


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The operation, its group and the records it touched, by kind."""

    op: Op
    group: UUID
    touched: Mapping[Kind, frozenset[UUID]] = field(default_factory=dict)

    def touches(self, *kinds: Kind) -> bool:
        return any(kind in self.touched for kind in kinds)

    def touches_only(self, *kinds: Kind) -> bool:
        return set(self.touched) <= set(kinds)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a writing service returns: its value and what it changed."""

    value: T
    changes: ChangeSet
