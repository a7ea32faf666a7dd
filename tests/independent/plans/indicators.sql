-- The computed indicators of one commune, one year and one day, for one set of groups, counted from
-- the base tables. Below each line that names an indicator stands a query of one row (numerator,
-- denominator, null where the indicator is a count) or of rows (name, numerator, denominator).
--
-- `asked` holds commune, year, first (1 January), day; `asked_group` the groups (none: all resident
-- households); `deprivation` standard, bit and code of every indicator of a standard; `working_age_end`
-- year, sex and age in months at which one retires who retires in that year; `school_age` the level for
-- the ages of a school year, `school_level` the levels in order. How things are read: README.md.

create temp table at (label text, day text);
insert into at select 'opening', first from asked union all select 'closing', day from asked;

create temp table own_village as
select distinct at.label, v.area as village
from at
join asked
join area_version v on v.parent = asked.commune and v.removed = 0
    and v.valid_from <= at.day and coalesce(v.valid_to, '9999') >= at.day
join area on area.uid = v.area and area.removed = 0;

create temp table resident as
select distinct at.label, p.household, p.village
from at
join household_place p on p.removed = 0
    and p.valid_from <= at.day and coalesce(p.valid_to, '9999') >= at.day
join own_village o on o.label = at.label and o.village = p.village
join household h on h.uid = p.household and h.removed = 0;

create temp table recognised as
select uid, household, standard, household_class, average_living, valid_from, valid_to
from class_record
where removed = 0 and source in ('opening', 'decision');

create temp table standing as
select label, household, village, standard, household_class, average_living
from (
    select
        r.label, r.household, r.village, c.standard, c.household_class, c.average_living,
        row_number() over (
            partition by r.label, r.household order by c.valid_from desc, c.uid desc
        ) as place
    from resident r
    join at on at.label = r.label
    left join recognised c on c.household = r.household
        and c.valid_from <= at.day and coalesce(c.valid_to, '9999') >= at.day
)
where place = 1;

-- The last day in each class of those that are neither poor nor near-poor on the day.
create temp table left_behind as
select
    s.household,
    max(case c.household_class when 'poor' then c.valid_to end) as last_poor,
    max(case c.household_class when 'near_poor' then c.valid_to end) as last_near_poor
from standing s
join asked
join recognised c on c.household = s.household and c.valid_to < asked.day
where s.label = 'closing' and coalesce(s.household_class, 'not_poor') = 'not_poor'
group by s.household;

create temp table of_group as
select household_class as name, household from standing
where label = 'closing' and household_class in ('poor', 'near_poor')
union all
select 'average_living', household from standing
where label = 'closing' and average_living = 1
    and coalesce(household_class, 'not_poor') = 'not_poor'
union all
select 'new_escape', household from left_behind join asked
where asked.day < date(last_poor, '+1 day', '+36 months')
union all
select 'near_escape', household from left_behind join asked
where last_near_poor > coalesce(last_poor, '')
    and asked.day < date(last_near_poor, '+1 day', '+36 months');

create temp table mine as
select distinct household from of_group where name in (select name from asked_group)
union
select household from resident
where label = 'closing' and not exists (select * from asked_group);

create temp table people as
select distinct m.person, m.household
from mine
join membership m on m.household = mine.household and m.removed = 0
join asked on m.valid_from <= asked.day and coalesce(m.valid_to, '9999') >= asked.day
join person p on p.uid = m.person and p.removed = 0;

-- A birth known by its year or month alone is taken as its first day.
create temp table aged as
select
    p.*, people.household as home,
    substr(p.birth || '-01-01', 1, 10) as born,
    cast(strftime('%Y', asked.day) as integer)
        - (strftime('%m', asked.day) < '09')
        - cast(substr(p.birth, 1, 4) as integer) as school_years
from people join person p on p.uid = people.person join asked;

create temp table child as
select aged.* from aged join asked where date(born, '+16 years') > asked.day;

create temp table worker as
select a.uid, a.home, a.job_status, a.job_contract
from aged a join asked
where date(a.born, '+15 years') <= asked.day
    and not exists (
        select * from working_age_end w
        where w.sex = coalesce(a.sex, 'male') and w.year <= cast(asked.day as integer)
            and date(a.born, '+' || w.months || ' months') <= asked.day
            and cast(date(a.born, '+' || w.months || ' months') as integer) <= w.year
    );

create temp table wanted as
select n.code, n.household, n.person
from need n join asked
where n.removed = 0 and n.valid_from <= asked.day and coalesce(n.valid_to, '9999') >= asked.first;

create temp table given as
select s.uid, s.policy, s.household, s.person
from support s join asked
where s.removed = 0 and s.supported_on between asked.first and asked.day;

create temp table value_given as
select s.uid as support, s.policy, s.household, s.person, v.code, v.value
from support s join support_value v on v.support = s.uid and v.removed = 0
where s.removed = 0 and v.value is not null;

-- What is under way or done in the year by the day; `begun`: it began in the year.
create temp table held as
select
    a.uid, a.kind, a.state, a.starts_on, a.ends_on,
    a.starts_on between asked.first and asked.day as begun
from activity a join asked on a.area = asked.commune and a.year = asked.year
where a.removed = 0 and coalesce(a.state, 'running') in ('running', 'done')
    and coalesce(a.starts_on, asked.day) <= asked.day;

create temp table learner as
select
    p.person, held.uid as activity, held.state, held.ends_on,
    coalesce(p.household, (select household from people where people.person = p.person))
        as household
from held join activity_participant p
    on p.activity = held.uid and p.removed = 0 and p.attended = 1
where held.kind = 'vocational_class' and p.person is not null;

-- Typed for the year (the year before, for the opening) or, village by village, counted.
create temp table households_in_all as
select o.label, sum(coalesce(p.households, (
    select count(*) from resident r where r.label = o.label and r.village = o.village
))) as total
from own_village o
join asked
left join population p on p.area = o.village and p.removed = 0 and p.edition_to is null
    and p.year = asked.year - (o.label = 'opening')
group by o.label;

create temp table rates as
select
    sum(case when s.label = 'opening' then s.household_class = 'poor' end) as poor_before,
    sum(case when s.label = 'closing' then s.household_class = 'poor' end) as poor,
    sum(case when s.label = 'opening' then s.household_class = 'near_poor' end) as near_before,
    sum(case when s.label = 'closing' then s.household_class = 'near_poor' end) as near,
    (select total from households_in_all where label = 'opening') as all_before,
    (select total from households_in_all where label = 'closing') as all_now
from standing s;

-- The newest frozen result that was closed by the day, under the standard of the class in force.
create temp table result as
select household, standard, deprived_bits
from (
    select
        r.household, r.standard, r.deprived_bits,
        row_number() over (partition by r.household order by r.review_year desc) as place
    from review_result r
    join review_round on review_round.uid = r.round and review_round.removed = 0
    join asked on review_round.closed_on <= asked.day
    join standing s on s.label = 'closing' and s.household = r.household
        and s.standard = r.standard
    where r.removed = 0 and r.edition_to is null
)
where place = 1;

create temp table lacking as
select r.household, d.code
from result r join deprivation d
    on d.standard = r.standard and (r.deprived_bits >> d.bit) & 1
join mine on mine.household = r.household;

-- indicator: HN-TL
select coalesce(poor, 0), all_now from rates;

-- indicator: HCN-TL
select coalesce(near, 0), all_now from rates;

-- indicator: HN-GIAM-HO
select coalesce(poor_before, 0) - coalesce(poor, 0), null from rates;

-- indicator: HCN-GIAM-HO
select coalesce(near_before, 0) - coalesce(near, 0), null from rates;

-- As one fraction: the difference of the two rates.
-- indicator: HN-GIAM-DIEM
select
    coalesce(poor_before, 0) * all_now - coalesce(poor, 0) * all_before, all_before * all_now
from rates;

-- indicator: HCN-GIAM-DIEM
select
    coalesce(near_before, 0) * all_now - coalesce(near, 0) * all_before, all_before * all_now
from rates;

-- indicator: HN-BTXH
select coalesce(sum(exists (
    select * from household_fact f join asked
    where f.household = s.household and f.removed = 0 and f.code = 'social_protection'
        and f.value = 'yes' and f.valid_from <= asked.day
        and coalesce(f.valid_to, '9999') >= asked.day
)), 0), count(*)
from standing s where s.label = 'closing' and s.household_class = 'poor';

-- indicator: HN-NTM
select coalesce(sum(not exists (
    select * from household_fact f join asked
    where f.household = s.household and f.removed = 0 and f.code = 'social_protection'
        and f.value = 'yes' and f.valid_from <= asked.day
        and coalesce(f.valid_to, '9999') >= asked.day
)), 0), (select total from households_in_all where label = 'closing')
from standing s where s.label = 'closing' and s.household_class = 'poor';

-- indicator: TH-CHISO
select d.code, count(l.household), (select count(*) from mine join result using (household))
from deprivation d left join lacking l on l.code = d.code
where d.standard = (select standard from result group by standard order by count(*) desc limit 1)
group by d.code;

-- indicator: VL-TUVAN
select
    coalesce(sum(exists (
        select * from given where policy = 'job' and given.person = w.person
    )), 0), count(*)
from (
    select distinct person from wanted where code = 'job' and person in (select person from people)
) w;

-- indicator: VL-KETNOI
select count(distinct person), null from value_given join asked
where policy = 'job' and code = 'contract_on' and value between asked.first and asked.day
    and person is not null and household in (select household from mine);

-- indicator: VL-HO-1
select coalesce(sum(works), 0), count(*)
from (
    select
        home,
        max(job_status is 'working' and coalesce(job_contract, '') in ('contract', 'not_wage'))
            as works
    from worker group by home
);

-- indicator: YT-BHYT
select coalesce(sum(insured), 0), count(*)
from (
    select
        a.uid,
        max(a.health_insurance is 1 or exists (
            select * from support s join asked
            where s.removed = 0 and s.policy = 'health_insurance' and s.person = a.uid
                and s.period_from <= asked.day and coalesce(s.period_to, '9999') >= asked.day
        )) as insured
    from aged a group by a.uid
);

-- indicator: YT-BHYT-MSTB
select coalesce(sum(insured), 0), count(*)
from (
    select
        a.uid,
        max(a.health_insurance is 1 or exists (
            select * from support s join asked
            where s.removed = 0 and s.policy = 'health_insurance' and s.person = a.uid
                and s.period_from <= asked.day and coalesce(s.period_to, '9999') >= asked.day
        )) as insured
    from aged a group by a.uid
);

-- indicator: YT-VICHAT
select coalesce(sum(exists (
    select * from value_given v join given on given.uid = v.support
    where v.policy = 'nutrition' and v.code = 'micronutrients' and v.value = '1'
        and v.person = c.uid
)), 0), count(*)
from (select distinct uid from child where malnourished = 1) c;

-- indicator: YT-SDD
select coalesce(sum(malnourished), 0), count(*)
from (select distinct uid, malnourished from child where malnourished is not null);

-- indicator: GD-DUNGTUOI
select coalesce(sum(right_level), 0), count(*)
from (
    select
        a.uid,
        max(
            coalesce(a.attending_school = 1 and reached.place >= due.place, 0)
            or coalesce(a.education in ('lower_secondary', 'upper_secondary'), 0)
        ) as right_level
    from aged a
    join school_age s on a.school_years between s.youngest and s.oldest
    join school_level due on due.code = s.code
    left join school_level reached on reached.code = a.school_level
    group by a.uid
);

-- indicator: DT-NHUCAU
select coalesce(sum(
    exists (
        select * from given where policy = 'vocational_training' and given.person = w.person
    )
    or exists (select * from learner where learner.person = w.person)
), 0), count(*)
from (
    select distinct person from wanted
    where code = 'training' and person in (select person from people)
) w;

-- indicator: DT-NGHE
select count(distinct person), null
from (
    select g.person, g.household from given g
    where g.policy = 'vocational_training' and g.person is not null
        and not exists (
            select * from value_given v
            where v.support = g.uid and v.code = 'training_level' and v.value = 'higher'
        )
    union
    select l.person, l.household from learner l join asked
    where l.state = 'done' and coalesce(l.ends_on, asked.day) <= asked.day
        and not exists (
            select * from activity_value v
            where v.activity = l.activity and v.removed = 0
                and v.code = 'training_level' and v.value = 'higher'
        )
)
where household in (select household from mine);

-- indicator: XKLD
select count(distinct person), null from given
where policy = 'work_abroad' and person is not null and household in (select household from mine);

-- indicator: NO-HOTRO
select
    (
        select count(distinct household) from given
        where policy = 'housing' and household in (select household from mine)
    ),
    (
        select count(distinct household) from lacking
        where code in ('housing_quality', 'housing_area')
    );

-- indicator: NS-HVS
select coalesce(sum(coalesce(water_source in (
    'piped', 'drilled_well', 'protected_well', 'protected_spring', 'rain', 'bottled'
), 0)), 0), count(*)
from mine join household on household.uid = mine.household;

-- indicator: VS-NHATIEU
select coalesce(sum(coalesce(toilet in (
    'septic', 'pour_flush', 'ventilated_pit', 'pit_with_seat', 'double_vault'
), 0)), 0), count(*)
from mine join household on household.uid = mine.household;

-- indicator: TT-DVVT
select coalesce(sum(
    exists (select * from aged a where a.home = w.household and a.uses_internet = 1)
    or exists (select * from given g where g.policy = 'telecom' and g.household = w.household)
), 0), count(*)
from (
    select distinct household from wanted
    where code = 'telecom' and household in (select household from mine)
) w;

-- indicator: TD-VAY
select coalesce(sum(exists (
    select * from given g where g.policy = 'credit' and g.household = w.household
)), 0), count(*)
from (
    select distinct household from wanted
    where code = 'credit' and household in (select household from mine)
) w;

-- indicator: PL-TGPL
select coalesce(sum(exists (
    select * from given g where g.policy = 'legal_aid' and g.person = w.person
)), 0), count(*)
from (
    select distinct person from wanted
    where code = 'legal_aid' and person in (select person from people)
) w;

-- indicator: BTXH-HUONG
select coalesce(sum(has), 0), count(*)
from (
    select
        a.uid,
        max(coalesce(a.social_allowance, '') <> '' or exists (
            select * from support s join asked
            where s.removed = 0 and s.policy = 'social_assistance' and s.person = a.uid
                and coalesce(s.period_from, s.supported_on) <= asked.day
                and coalesce(s.period_to, '9999') >= asked.day
        )) as has,
        max(exists (
            select * from wanted w where w.code = 'social_assistance' and w.person = a.uid
        )) as asks
    from aged a group by a.uid
)
where has or asks;

-- indicator: MH-MOI
select count(*), null from held where kind = 'model' and begun;

-- indicator: MH-NHANRONG
select count(*), null from held where kind = 'model' and not coalesce(begun, 0);

-- indicator: MH-THT-HTX
select count(*), null from held
where kind = 'producer_group' and exists (
    select * from activity_value v
    where v.activity = held.uid and v.removed = 0 and v.code = 'model_form'
        and v.value in ('collaborative', 'cooperative')
);

-- indicator: SX-HO
select count(distinct household), null
from (
    select household from given where policy = 'production'
    union
    select p.household from held join activity_participant p on p.activity = held.uid and p.removed = 0
    where held.kind in ('model', 'producer_group')
)
where household in (select household from mine);

-- indicator: CB-TAPHUAN
select coalesce(sum(exists (
    select * from held join activity_participant p on p.activity = held.uid and p.removed = 0
    where held.kind = 'staff_training' and p.officer = o.uid and p.attended = 1
)), 0), count(*)
from officer o join asked on o.area = asked.commune
where o.removed = 0 and o.poverty_officer = 1 and o.valid_from <= asked.day
    and coalesce(o.valid_to, '9999') >= asked.day;

-- indicator: KP-GIAINGAN
select
    coalesce(sum(case stage when 'disbursed' then amount end), 0),
    coalesce(sum(case stage when 'assigned' then amount end), 0)
from budget_line b join asked on b.area = asked.commune and b.year = asked.year
where b.removed = 0 and coalesce(b.booked_on, asked.day) <= asked.day;
