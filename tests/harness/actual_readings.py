"""Where the program reads an indicator otherwise than the independent count, and why.

Each reading is set into `tests/independent/plans/indicators.sql`, piece for piece; with all of them
the two must agree in every number, and each must be needed somewhere (`test_actuals_agree.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """One reading: what stands in the independent queries, and what the program asks instead."""

    name: str
    why: str
    changes: tuple[tuple[str, str], ...]


def set_in(sql: str, readings: Iterable[Reading]) -> str:
    """The queries with these readings. Each piece must stand there."""
    for one in readings:
        for old, new in one.changes:
            assert old in sql, (one.name, old)
            sql = sql.replace(old, new)
    return sql


# Days of what happened in the year, each with what the household was then.
_THEN = """
create temp table was_here as
select w.household from (
    select
        p.household, p.village,
        row_number() over (
            partition by p.household order by p.valid_from desc, p.uid desc
        ) as place
    from household_place p join asked on p.removed = 0 and p.valid_from <= asked.day
        and coalesce(p.valid_to, '9999') >= asked.first
    join household h on h.uid = p.household and h.removed = 0
) w
join own_village o on o.label = 'closing' and o.village = w.village
where w.place = 1;

create temp table happened as
select household, max(valid_from, first) as day from need join asked
union select household, min(coalesce(valid_to, asked.day), asked.day) from need join asked
union select household, supported_on from support
union select s.household, v.value from support s join support_value v on v.support = s.uid
    where v.code = 'contract_on'
union select household, max(asked.first, joined_on) from activity_participant join asked
union select p.household, max(asked.first, min(asked.day, coalesce(a.ends_on, a.starts_on, asked.day)))
    from activity a join activity_participant p on p.activity = a.uid join asked
union select p.household, max(asked.first, coalesce(a.starts_on, asked.day))
    from activity a join activity_participant p on p.activity = a.uid join asked;

create temp table stood as
select * from (
    select
        t.household, t.day, c.household_class, c.average_living,
        row_number() over (
            partition by t.household, t.day order by c.valid_from desc, c.uid desc
        ) as place
    from happened t
    join was_here using (household)
    left join recognised c on c.household = t.household
        and c.valid_from <= t.day and coalesce(c.valid_to, '9999') >= t.day
    where exists (
        select * from household_place p where p.removed = 0 and p.household = t.household
            and p.valid_from <= t.day and coalesce(p.valid_to, '9999') >= t.day
    )
)
where place = 1;

create temp table mine_then as
select distinct household, day from (
    select household, day, household_class as name from stood
    union all
    select household, day, 'average_living' from stood
    where average_living = 1 and coalesce(household_class, 'not_poor') = 'not_poor'
    union all
    select s.household, s.day, e.name from stood s join escaped e on e.household = s.household
    where coalesce(s.household_class, 'not_poor') = 'not_poor'
        and s.day >= e.first and s.day < e.until
)
where name in (select name from asked_group);
"""


def _whose(need: str, policy: str, kind: str) -> str:
    """Persons in need and those of them who got the support, or came to an activity."""
    return f"""
with met as (
    select household, person, 1 as known from given where policy = '{policy}'
    union all
    select
        coalesce(p.household, (
            select m.household from membership m join asked
            where m.person = p.person and m.removed = 0 and coalesce(m.valid_to, '9999') >= min(
                max(coalesce(held.starts_on, held.ends_on, asked.day), asked.first), asked.day
            ) and m.valid_from <= min(
                max(coalesce(held.starts_on, held.ends_on, asked.day), asked.first), asked.day
            )
        )), p.person, coalesce(p.attended, 0)
    from held join activity_participant p on p.activity = held.uid and p.removed = 0
    where held.kind = '{kind}' and coalesce(p.attended, 1)
),
named as (
    select distinct person, household from wanted where code = '{need}' and person is not null
)
select coalesce(sum(got), 0), count(*) from (
    select max(
        exists (select * from met where met.person = n.person and known)
        or exists (
            select * from met where met.person is null and met.household = n.household
                and 1 = (
                    select count(distinct o.person) from named o where o.household = n.household
                )
        )
    ) as got
    from named n group by n.person
    union all
    select max(known)
    from (select distinct household from wanted where code = '{need}' and person is null) w
    join met on met.household = w.household and met.person is not null
        and met.person not in (select person from named)
    group by w.household
);
"""


READINGS = (
    Reading(
        "nothing typed, no total",
        "The register holds the households of reviews, not all: where nobody typed how many there "
        "are, official tables have no total, and a rate of it would be wrong.",
        (
            (
                """select o.label, sum(coalesce(p.households, (
    select count(*) from resident r where r.label = o.label and r.village = o.village
))) as total""",
                """select o.label,
    case when count(p.households) = count(*) then sum(p.households) end as total""",
            ),
        ),
    ),
    Reading(
        "who left is recognised",
        "Hộ thoát nghèo are those of the decision (law, part 5): a class that ended is no "
        "recognition, and the 36 months begin with that of leaving. Who was near-poor in between "
        "left as a near-poor household; for how long thoát cận nghèo holds no source says.",
        (
            (
                """create temp table of_group as""",
                """create temp table escaped as
select
    l.household, 'new_escape' as name, min(c.valid_from) as first,
    min(date(min(c.valid_from), '+36 months'), l.last) as until
from (
    select
        household, household_class, valid_from, coalesce(lead(valid_from) over own, '9999-12-31') as last
    from recognised where household_class in ('poor', 'near_poor')
    window own as (partition by household order by valid_from, uid)
) l
join recognised c on c.household = l.household and c.household_class = 'not_poor'
    and c.valid_from > l.valid_from and c.valid_from < l.last
where l.household_class = 'poor'
group by l.household, l.valid_from
union all
select household, 'near_escape', min(valid_from), '9999-12-31' from recognised
where household_class = 'near_poor' group by household;

create temp table of_group as""",
            ),
            (
                """select 'new_escape', household from left_behind join asked
where asked.day < date(last_poor, '+1 day', '+36 months')
union all
select 'near_escape', household from left_behind join asked
where last_near_poor > coalesce(last_poor, '')
    and asked.day < date(last_near_poor, '+1 day', '+36 months');""",
                """select e.name, household from standing s join escaped e using (household) join asked
where s.label = 'closing' and coalesce(s.household_class, 'not_poor') = 'not_poor'
    and asked.day >= e.first and asked.day < e.until;
""",
            ),
        ),
    ),
    Reading(
        "the class of its own day",
        "What a household got counts by its class that day (programme.md 4.3: class at that date), "
        "a need by that of its first or last day in the year; else whoever was helped out of "
        "poverty, or left the commune, would no longer have been helped.",
        (
            (
                """create temp table wanted as
select n.code, n.household, n.person
from need n join asked
where n.removed = 0 and n.valid_from <= asked.day and coalesce(n.valid_to, '9999') >= asked.first;
""",
                _THEN
                + """
create temp table wanted as
select n.code, n.household, n.person
from need n join asked
where n.removed = 0 and n.valid_from <= asked.day and coalesce(n.valid_to, '9999') >= asked.first
    and (n.person is null or n.person in (select uid from person where removed = 0))
    and exists (
        select * from mine_then m where m.household = n.household and m.day in (
            max(n.valid_from, asked.first), min(coalesce(n.valid_to, asked.day), asked.day)
        )
    );
""",
            ),
            (
                "select s.uid, s.policy, s.household, s.person\nfrom support",
                "select s.uid, s.policy, s.household, s.person, s.supported_on as day\nfrom support",
            ),
            (
                " and person in (select person from people)",
                " and person in (select uid from person where removed = 0)",
            ),
            ("code = 'telecom' and household in (select household from mine)", "code = 'telecom'"),
            (
                "exists (select * from aged a where a.home = w.household and a.uses_internet = 1)",
                """exists (
        select * from membership m join person p on p.uid = m.person and p.removed = 0 join asked
        where m.removed = 0 and m.household = w.household and p.uses_internet = 1
            and m.valid_from <= asked.day and coalesce(m.valid_to, '9999') >= asked.day
    )""",
            ),
            ("code = 'credit' and household in (select household from mine)", "code = 'credit'"),
            (
                "asked.day\n    and person is not null and household in (select household from mine);",
                "asked.day and person is not null\n"
                "    and (household, value) in (select household, day from mine_then);",
            ),
            (
                "select g.person, g.household from given g",
                "select g.person, g.household, g.day from given g",
            ),
            (
                "select l.person, l.household from learner l join asked",
                """select
        l.person, l.household, max(asked.first, coalesce(l.ends_on, l.starts_on, asked.day)) as day
    from learner l join asked""",
            ),
            ("held.state, held.ends_on,\n", "held.state, held.ends_on, held.starts_on,\n"),
            (
                ")\nwhere household in (select household from mine);\n\n-- indicator: XKLD",
                ")\nwhere (household, day) in (select household, day from mine_then);\n\n"
                "-- indicator: XKLD",
            ),
            (
                "'work_abroad' and person is not null and household in (select household from mine);",
                "'work_abroad' and person is not null\n"
                "    and (household, day) in (select household, day from mine_then);",
            ),
            (
                "policy = 'housing' and household in (select household from mine)",
                "policy = 'housing' and (household, day) in (select household, day from mine_then)",
            ),
            (
                "    select household from given where policy = 'production'\n    union\n"
                "    select p.household from held",
                "    select household, day from given where policy = 'production'\n    union\n"
                "    select p.household, max(asked.first, coalesce(p.joined_on, held.starts_on, "
                "asked.day))\n    from asked join held",
            ),
            (
                "\n)\nwhere household in (select household from mine);\n\n-- indicator: CB-TAPHUAN",
                "\n)\nwhere day <= (select day from asked)\n"
                "    and (household, day) in (select household, day from mine_then);\n\n"
                "-- indicator: CB-TAPHUAN",
            ),
        ),
    ),
    Reading(
        "the close is the opening",
        "A year opens with what the one before was closed with, as in BC2 and BC3; a class of "
        "1 January is one of the new year.",
        (("'opening', first from asked", "'opening', date(first, '-1 day') from asked"),),
    ),
    Reading(
        "lacking is asked of the whole list",
        "The share of those that lack something is of the poor and near-poor households, not of "
        "those alone that have a result.",
        (
            (
                "(select count(*) from mine join result using (household))",
                "(select count(*) from mine join standing using (household) where label = 'closing'\n"
                "    and household_class in ('poor', 'near_poor'))",
            ),
            (
                "join mine on mine.household = r.household;",
                "join mine on mine.household = r.household\n"
                "join standing s on s.household = r.household and s.label = 'closing'\n"
                "    and s.household_class in ('poor', 'near_poor');",
            ),
        ),
    ),
    Reading(
        "lacking by the last review",
        "What a household lacked at a review before the last one says nothing of today.",
        (
            (
                "join review_round on review_round.uid = r.round and review_round.removed = 0",
                """join review_round on review_round.uid = r.round and review_round.removed = 0
        and review_round.review_year = (
            select max(q.review_year) from review_round q join asked on q.closed_on <= asked.day
            where q.removed = 0
        )""",
            ),
        ),
    ),
    Reading(
        "whose need it is",
        "A need of which nobody says whose it is is that of the first of the household who is "
        "helped; what a household got for nobody named was for the one who needed it. Who came to "
        "a class, a fair or a day of legal aid was helped.",
        (
            (
                """select
    coalesce(sum(exists (
        select * from given where policy = 'job' and given.person = w.person
    )), 0), count(*)
from (
    select distinct person from wanted where code = 'job' """
                """and person in (select uid from person where removed = 0)
) w;
""",
                _whose("job", "job", "job_fair"),
            ),
            (
                """select coalesce(sum(
    exists (
        select * from given where policy = 'vocational_training' and given.person = w.person
    )
    or exists (select * from learner where learner.person = w.person)
), 0), count(*)
from (
    select distinct person from wanted
    where code = 'training' and person in (select uid from person where removed = 0)
) w;
""",
                _whose("training", "vocational_training", "vocational_class"),
            ),
            (
                """select coalesce(sum(exists (
    select * from given g where g.policy = 'legal_aid' and g.person = w.person
)), 0), count(*)
from (
    select distinct person from wanted
    where code = 'legal_aid' and person in (select uid from person where removed = 0)
) w;
""",
                _whose("legal_aid", "legal_aid", "mobile_legal_aid"),
            ),
        ),
    ),
    Reading(
        "nobody lives there",
        "Of a household without a living member nothing is known.",
        tuple(
            (
                f"0)), 0), count(*)\nfrom mine join household on household.uid = mine.household;\n{end}",
                f"0) and household in (select home from aged)), 0), count(*)\n"
                f"from mine join household on household.uid = mine.household;\n{end}",
            )
            for end in ("\n-- indicator: VS-NHATIEU", "\n-- indicator: TT-DVVT")
        ),
    ),
    Reading(
        "housing of the opening",
        "Who lacks housing is looked for on the list that the year began with: who was housed in "
        "it may no longer lack it at its end.",
        (
            (
                """        select count(distinct household) from lacking
        where code in ('housing_quality', 'housing_area')""",
                """        select case when count(*) then count(distinct case when r.deprived_bits >> d.bit & 1
            then r.household end) end
        from review_result r
        join asked on r.review_year = asked.year - 1
        join deprivation d on d.standard = r.standard
        join own_village o on o.label = 'closing' and o.village = r.village
        where r.removed = 0 and r.edition_to is null
            and d.code in ('housing_quality', 'housing_area')
            and r.household_class in ('poor', 'near_poor')
            and r.household_class in (select name from asked_group)""",
            ),
        ),
    ),
    Reading(
        "work of one's own does not tell",
        "No source says what lasting work is: a contract is, of work without wage it is not known.",
        (("in ('contract', 'not_wage')", "in ('contract')"),),
    ),
    Reading(
        "a level is at school",
        "Of whom the level is typed nobody asks whether it is attended.",
        (
            (
                "a.attending_school = 1 and reached.place >= due.place",
                "coalesce(a.attending_school, 1) = 1 and reached.place >= due.place",
            ),
        ),
    ),
    Reading(
        "a card ends",
        "A card without days is of its year, one without a last day ends with the year it begins "
        "in, none holds before it was given. Whose last one is over is not known to have one, "
        "whatever the register says without a day.",
        (
            (
                """max(a.health_insurance is 1 or exists (
            select * from support s join asked
            where s.removed = 0 and s.policy = 'health_insurance' and s.person = a.uid
                and s.period_from <= asked.day and coalesce(s.period_to, '9999') >= asked.day
        )) as insured""",
                """max(case when exists (
            select * from support s join household h on h.uid = s.household and h.removed = 0
            join asked
            where s.removed = 0 and s.policy = 'health_insurance' and s.person = a.uid
                and s.supported_on <= asked.day
        ) then exists (
            select * from support s join household h on h.uid = s.household and h.removed = 0
            join asked
            where s.removed = 0 and s.policy = 'health_insurance' and s.person = a.uid
                and s.supported_on <= asked.day
                and case
                    when s.period_from is not null then s.period_from
                    when s.period_to is not null then min(s.supported_on, s.period_to)
                    else substr(s.supported_on, 1, 4) || '-01-01'
                end <= asked.day
                and coalesce(
                    s.period_to, substr(coalesce(s.period_from, s.supported_on), 1, 4) || '-12-31'
                ) >= asked.day
        ) else a.health_insurance is 1 end) as insured""",
            ),
        ),
    ),
    Reading(
        "an allowance of the day",
        "Who is entitled is so on the day: a need that is over is none. An allowance without days "
        "is of its year.",
        (
            (
                """                and coalesce(s.period_from, s.supported_on) <= asked.day
                and coalesce(s.period_to, '9999') >= asked.day""",
                """                and s.supported_on <= asked.day
                and coalesce(s.period_from, substr(s.supported_on, 1, 4) || '-01-01') <= asked.day
                and coalesce(s.period_to, case when s.period_from is null
                    then substr(s.supported_on, 1, 4) || '-12-31' else '9999' end) >= asked.day""",
            ),
            (
                """            select * from wanted w where w.code = 'social_assistance' and w.person = a.uid""",
                """            select * from need n join asked
            where n.removed = 0 and n.code = 'social_assistance' and n.person = a.uid
                and n.valid_from <= asked.day and coalesce(n.valid_to, '9999') >= asked.day""",
            ),
        ),
    ),
    Reading(
        "held by its days",
        "An activity counts in the years of its days, one without days in that of its plan; one "
        "of which nobody says that it is under way or done is not known to be held.",
        (
            (
                """from activity a join asked on a.area = asked.commune and a.year = asked.year
where a.removed = 0 and coalesce(a.state, 'running') in ('running', 'done')
    and coalesce(a.starts_on, asked.day) <= asked.day;""",
                """from activity a join asked on a.area = asked.commune
where a.removed = 0 and a.state in ('running', 'done') and case
    when coalesce(a.starts_on, a.ends_on) is null then a.year = asked.year
    else coalesce(a.starts_on, a.ends_on) <= asked.day
        and coalesce(a.ends_on, a.starts_on) >= asked.first
    end;""",
            ),
        ),
    ),
    Reading(
        "measured in the year",
        "A child is as the newest record of the year has it, else as the register; who came to a "
        "day on which micronutrients are given got them.",
        (
            (
                "create temp table child as\nselect aged.* from",
                """create temp table child as
select
    aged.uid,
    coalesce((
        select v.value <> 'normal'
        from support s join household h on h.uid = s.household and h.removed = 0
        join support_value v on v.support = s.uid and v.removed = 0 and v.value is not null
            and v.code = 'nutrition_state'
        where s.removed = 0 and s.policy = 'nutrition' and s.person = aged.uid
            and s.supported_on between asked.first and asked.day
        order by s.supported_on desc, s.uid desc limit 1
    ), aged.malnourished) as malnourished
from""",
            ),
            (
                "        and v.person = c.uid\n)), 0), count(*)",
                """        and v.person = c.uid
) or exists (
    select * from held
    join activity_value v on v.activity = held.uid and v.removed = 0
        and v.code = 'nutrition_actions' and v.value like '%micronutrients%'
    join activity_participant p on p.activity = held.uid and p.removed = 0 and p.attended
    where held.kind = 'nutrition' and p.person = c.uid
)), 0), count(*)""",
            ),
        ),
    ),
    Reading(
        "households of models",
        "Of those in a group nobody says that it was supported; the catalogue counts supports and "
        "models.",
        (("held.kind in ('model', 'producer_group')", "held.kind in ('model')"),),
    ),
    Reading(
        "a level that nobody said",
        "A training of which the level is not known may be one of those counted: it is told, and "
        "not counted.",
        (
            (
                """and not exists (
            select * from value_given v
            where v.support = g.uid and v.code = 'training_level' and v.value = 'higher'
        )""",
                """and exists (
            select * from value_given v
            where v.support = g.uid and v.code = 'training_level'
                and v.value in ('short', 'elementary')
        )""",
            ),
            (
                """and not exists (
            select * from activity_value v
            where v.activity = l.activity and v.removed = 0
                and v.code = 'training_level' and v.value = 'higher'
        )""",
                """and exists (
            select * from activity_value v
            where v.activity = l.activity and v.removed = 0
                and v.code = 'training_level' and v.value in ('short', 'elementary')
        )""",
            ),
        ),
    ),
    Reading(
        "nothing booked is not nought",
        "Without a line of a stage nobody said how much it is.",
        (
            (
                "coalesce(sum(case stage when 'disbursed' then amount end), 0)",
                "sum(case stage when 'disbursed' then amount end)",
            ),
            (
                "coalesce(sum(case stage when 'assigned' then amount end), 0)",
                "sum(case stage when 'assigned' then amount end)",
            ),
        ),
    ),
)
