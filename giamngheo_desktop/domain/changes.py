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
    REVIEW = "review"
    REVIEW_STANDARD = "review_standard"
    SURVEYOR = "review_surveyor"
    REVIEW_MARK = "review_mark"
    APPLICATION = "application"
    CASE = "review_case"
    CASE_ANSWERS = "case_answers"
    CASE_RESULT = "case_result"
    INCOME_SOURCE = "income_source"
    MEETING = "meeting"
    VOTE = "meeting_vote"
    POSTING = "posting"
    COMPLAINT = "complaint"
    CERTIFICATE = "certificate"
    CERTIFICATE_YEAR = "certificate_year"
    CORRECTION = "correction"
    MOVEMENT_CORRECTION = "movement_correction"
    OPENING_COUNT = "opening_count"
    ISSUED = "issued"
    BODY = "body"
    OFFICER = "officer"
    PLAN_COMPONENT = "plan_component"
    TASK = "task"
    ACTIVITY = "activity"
    ACTIVITY_VALUE = "activity_value"
    PARTICIPANT = "activity_participant"
    ACTIVITY_ITEM = "activity_item"
    ATTACHMENT = "attachment"
    BUDGET_LINE = "budget_line"
    FUND_ENTRY = "fund_entry"
    NEED = "need"
    SUPPORT_EVENT = "support_event"
    SUPPORT = "support"
    SUPPORT_SHARE = "support_share"
    SUPPORT_VALUE = "support_value"
    PERIOD_LIST = "period_list"
    PERIOD_ROW = "period_row"
    ASSIGNMENT = "assignment"
    VISIT = "visit"
    HOUSEHOLD_PLAN = "household_plan"
    INCIDENT = "incident"
    POLICY_VALUE = "policy_value"
    DOCUMENT = "document"  # a version of a year's plan, or a narrative report
    DOCUMENT_SECTION = "document_section"
    TARGET = "target"
    TARGET_RESULT = "target_result"
    REPORT_SCHEDULE = "report_schedule"
    REPORT_RECEIPT = "report_receipt"
    SETTING = "setting"
    DEFINITION = "definition"
    PACKAGE = "package"


class Op(StrEnum):
    """Every user operation that writes; `texts.OPERATIONS` has its sentence."""

    NEW_COMMUNE = "new_commune"
    SAVE_UNIT = "save_unit"
    SAVE_POPULATION = "save_population"
    CORRECT_POPULATION = "correct_population"
    SAVE_TARGETS = "save_targets"  # of older files: what SAVE_ALLOCATION does
    SAVE_SETTINGS = "save_settings"
    SAVE_LIST = "save_list"
    RENAME_LIST = "rename_list"
    REMOVE_LIST = "remove_list"
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
    BEGIN_REVIEW = "begin_review"
    CHANGE_REVIEW = "change_review"
    WITHDRAW_REVIEW = "withdraw_review"
    MARK_STEP = "mark_step"
    LIST_CASE = "list_case"
    SCREEN_CASE = "screen_case"
    HAND_OUT_FORMS = "hand_out_forms"
    ENTER_ANSWERS = "enter_answers"
    SETTLE_CASE = "settle_case"
    SAVE_MEETING = "save_meeting"
    SAVE_POSTING = "save_posting"
    SAVE_COMPLAINT = "save_complaint"
    RECOGNISE = "recognise"
    ISSUE_CERTIFICATES = "issue_certificates"
    CLOSE_REVIEW = "close_review"
    SAVE_APPLICATION = "save_application"
    ANSWER_APPLICATION = "answer_application"
    CORRECT_RESULT = "correct_result"
    CORRECT_MOVEMENT = "correct_movement"
    SAVE_OPENING_COUNTS = "save_opening_counts"
    ISSUE = "issue"
    NUMBER_ISSUED = "number_issued"
    CANCEL_ISSUED = "cancel_issued"
    IMPORT_ANSWERS = "import_answers"
    IMPORT_POINTS = "import_points"
    IMPORT_LIST = "import_list"
    KEEP_MAPPING = "keep_mapping"  # how the columns of a sender's lists are read
    USE_PAPER_TEMPLATE = "use_paper_template"
    CONFIRM_PAPER_TEMPLATE = "confirm_paper_template"
    RESET_PAPER_TEMPLATE = "reset_paper_template"
    SAVE_TABLE_TEMPLATE = "save_table_template"
    REMOVE_TABLE_TEMPLATE = "remove_table_template"
    TAKE_WORK = "take_work"  # into an empty file
    MERGE_WORK = "merge_work"
    SETTLE_CLASH = "settle_clash"
    TAKE_SHEET = "take_sheet"  # of a village head
    DECIDE_PLACE = "decide_place"
    DECIDE_OUTSIDE = "decide_outside"  # of what copies said of an issued version
    JOIN_TWINS = "join_twins"
    SEND_WORK = "send_work"
    SEND_SHEETS = "send_sheets"  # to village heads
    KEEP_APART = "keep_apart"
    SEND_PACKAGE = "send_package"
    RECEIVE_PACKAGE = "receive_package"
    COMMENT_FIGURE = "comment_figure"
    SEND_COMMENTS = "send_comments"  # to the commune they are about
    RECEIVE_COMMENTS = "receive_comments"
    SETTLE_COMMENT = "settle_comment"
    SETTLE_FORK = "settle_fork"  # of the packages of a commune
    TAKE_FORMER = "take_former"
    SAVE_RECORD = "save_record"  # of a record form: a body, an activity, a support …
    REMOVE_RECORD = "remove_record"
    TAKE_COMPONENTS = "take_components"  # of a programme, into the plan of a year
    SUPPORT_MANY = "support_many"  # one event for all
    CHANGE_AMOUNTS = "change_amounts"  # of an event that is written
    IMPORT_SUPPORTS = "import_supports"
    ISSUE_PERIOD_LIST = "issue_period_list"
    BEGIN_DOCUMENT = "begin_document"  # a plan, its next version, or a narrative report
    SAVE_DOCUMENT = "save_document"  # its head, sections, their order
    ISSUE_DOCUMENT = "issue_document"
    SAVE_ALLOCATION = "save_allocation"  # of a target, over the villages
    TAKE_SCHEDULES = "take_schedules"
    TAKE_TARGETS = "take_targets"  # of the year before
    RECORD_RECEIPT = "record_receipt"
    LOAD_SAMPLE = "load_sample"
    RECORD_DEFINITIONS = "record_definitions"  # by the program itself
    UNDO = "undo"


# Without them the file would have no commune: the way back is another file.
FOUNDING = frozenset({Op.RECORD_DEFINITIONS, Op.LOAD_SAMPLE, Op.NEW_COMMUNE, Op.TAKE_WORK})
# Their changes say what a merge made of edits that are kept elsewhere: they never travel.
MERGING = frozenset({Op.TAKE_WORK, Op.MERGE_WORK, Op.TAKE_SHEET, Op.DECIDE_PLACE})


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
