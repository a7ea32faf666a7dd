"""A household and its members on one day, as values; names equal the codes of the forms.

None means "not known" everywhere: an unknown never counts as a no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.partial_date import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """A fact with the days it held: `valid_to` is the last day, None while it still holds."""

    uid: UUID
    code: str
    value: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person as a member of one household on the day asked for.

    `uid` is the person's id for life, `membership` that of the stay in this household.
    Choice fields hold the codes of `resources/definitions/forms/member.toml`.
    """

    uid: UUID
    membership: UUID
    full_name: str
    given_name: str = ""  # the part that sorts first; guessed from full_name where empty
    relation: str | None = None  # head wife husband child father mother … other
    is_head: bool = False
    joined_on: date | None = None
    sex: str | None = None  # male | female
    birth: PartialDate | None = None
    ethnicity: str | None = None  # "01" … "55", codes of QĐ 121-TCTK/PPCĐ
    id_kind: str | None = None  # cccd | cmnd | personal_number | none
    id_number: str | None = None
    id_missing_reason: str | None = None
    id_issued_on: date | None = None
    phone: str | None = None
    height: int | None = None  # cm × 10
    weight: int | None = None  # kg × 10
    malnourished: bool | None = None  # stunted or underweight by the health station
    attending_school: bool | None = None
    school_level: str | None = None  # preschool primary lower_secondary upper_secondary …
    education: str | None = None  # none primary lower_secondary upper_secondary (highest completed)
    training: str | None = None  # none elementary intermediate college university postgraduate
    trained_on_job: bool | None = None  # recruited and trained by an enterprise, under 3 months
    health_insurance: bool | None = None
    uses_internet: bool | None = None
    uses_phone: bool | None = None
    social_allowance: tuple[str, ...] | None = None  # elderly disabled orphan other; () = none
    job_status: str | None = None  # working unemployed unable student unwilling retired
    job_kind: str | None = None  # civil_servant enterprise household_hire other
    job_contract: str | None = None  # contract no_contract not_wage
    pension: tuple[str, ...] | None = None  # pension insurance_allowance merit_allowance
    serious_illness: bool | None = None
    sick_untreated: bool | None = None  # so ill as to lie in bed or stay away, and saw no doctor
    disability_kind: str | None = None  # dated: movement hearing_speech vision mental …
    disability_level: str | None = None  # dated: very_severe severe light
    merit: str | None = None  # dated: yes (người có công)
    pregnant_or_nursing: str | None = None  # dated: pregnant nursing
    labour_capacity: str | None = None  # dated: able unable
    stable_livelihood: str | None = None  # dated: yes no


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A household on one day, with the members of that day.

    Areas are scaled by 10 (m² × 10), money is whole đồng per month unless named otherwise.
    """

    uid: UUID
    code: str | None = None  # mã hộ, a label that may repeat
    list_number: int | None = None  # STT in the village list
    village: UUID | None = None
    members: tuple[Member, ...] = ()
    address: str | None = None
    permanent_residence: str | None = None
    current_residence: str | None = None
    residence: str | None = None  # dated: permanent temporary
    minority: str | None = None  # dated: yes no; from the head's ethnic group where None
    local_minority: str | None = None  # dated: yes no
    no_labour_capacity: str | None = None  # dated: yes no
    merit_household: str | None = None  # dated: yes no; from the members where None
    social_protection: str | None = None  # dated: yes no (hộ nghèo thuộc chính sách BTXH)
    land_recovered: str | None = None  # dated: yes
    house_wall: str | None = None  # durable not_durable
    house_column: str | None = None
    house_roof: str | None = None
    house_grade: str | None = None  # permanent semi_permanent weak simple (2016–2021)
    house_area: int | None = None  # m² × 10
    electricity_source: str | None = None
    electricity_kwh: int | None = None  # average a month
    water_source: str | None = None  # piped drilled_well protected_well protected_spring …
    toilet: str | None = None  # septic pour_flush ventilated_pit pit_with_seat double_vault …
    shared_assets: tuple[str, ...] | None = None  # tv radio desktop phone; () = none
    personal_assets: tuple[str, ...] | None = None  # desktop laptop tablet smartphone
    hears_loudspeaker: bool | None = None
    causes: tuple[str, ...] | None = None
    policies_received: tuple[str, ...] | None = None
    support_needs: tuple[str, ...] | None = None
    quick_screen: bool | None = None  # result of Phiếu A
    quick_screen_by: str | None = None
    score_income: int | None = None  # điểm B1 (điểm A)
    income: int | None = None  # đồng a person a month
    surveyor: str | None = None
    surveyed_on: date | None = None
    certificate_number: str | None = None
    note: str | None = None
    facts: Mapping[UUID, tuple[DatedFact, ...]] = field(default_factory=dict)  # by record

    @property
    def size(self) -> int:
        """Số nhân khẩu."""
        return len(self.members)

    @property
    def head(self) -> Member | None:
        return next((member for member in self.members if member.is_head), None)

    @property
    def is_minority(self) -> bool | None:
        """Hộ DTTS: as ticked, else by the head's ethnic group (not Kinh, not a foreigner)."""
        if self.minority is not None:
            return self.minority == "yes"
        if self.head is None or self.head.ethnicity is None:
            return None
        return self.head.ethnicity not in {"01", "55"}

    @property
    def has_merit_person(self) -> bool:
        if self.merit_household is not None:
            return self.merit_household == "yes"
        return any(member.merit == "yes" for member in self.members)

    @property
    def female_head(self) -> bool | None:
        return None if self.head is None or self.head.sex is None else self.head.sex == "female"
