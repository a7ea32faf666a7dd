-- The money of one commune in one year, counted from the base tables. Each figure below a line
-- "-- figure:" is a query of its own: the last columns are the sums, those before them the key.
-- `asked` holds the year and the commune, `tree` the components of every programme.

create temp view own_village as
select distinct v.area as village
from area_version v join asked on v.parent = asked.commune
where v.removed = 0;

create temp view stay as
select household, village, valid_from, valid_to from household_place where removed = 0;

-- What a part of the plan lends: its component or that of the nearest part above it. `itself` where
-- it is its own; `union` ends a walk in a circle.
create temp view lent as
with recursive up (part, at, parent, programme, component) as (
    select uid, uid, parent, programme, component from plan_component
    union
    select up.part, p.uid, p.parent, p.programme, p.component
    from up join plan_component p on p.uid = up.parent
    where up.component is null
)
select part, part = at as itself, programme, component from up where component is not null;

-- What an event lends to its supports: what it counts for, and what it is within. Where it names no
-- component, its part of the plan comes before its programme.
create temp view event_lends as
select
    e.uid,
    case when p.uid is null then e.programme when l.itself then l.programme end as programme,
    case when p.uid is null then e.component when l.itself then l.component end as component,
    case when p.uid is null then e.programme else l.programme end as in_programme,
    case when p.uid is null then e.component else l.component end as in_component
from support_event e
left join plan_component p
    on p.uid = e.plan_component and p.removed = 0 and e.component is null
left join lent l on l.part = p.uid
where e.removed = 0;

-- Every living support of the year, of whatever commune.
create temp view support_placed as
select
    s.uid, s.household, s.person, s.policy,
    coalesce(s.programme, e.programme) as programme,
    coalesce(s.component, e.component) as component,
    coalesce(s.programme, e.in_programme) as in_programme,
    coalesce(s.component, e.in_component) as in_component,
    (
        select p.village from stay p
        where p.household = s.household and p.valid_from <= s.supported_on
            and (p.valid_to is null or p.valid_to >= s.supported_on)
    ) as village,
    coalesce(
        (
            select p.village from stay p
            where p.household = s.household and p.valid_from <= s.supported_on
            order by p.valid_from desc limit 1
        ),
        (
            select p.village from stay p where p.household = s.household
            order by p.valid_from limit 1
        )
    ) as whose
from support s
join household h on h.uid = s.household and h.removed = 0
left join event_lends e
    on e.uid = s.support_event and s.programme is null and s.component is null
join asked on s.supported_on between asked.year || '-01-01' and asked.year || '-12-31'
where s.removed = 0;

create temp view paid as
select s.*, share.source, share.amount
from support_placed s
join own_village on own_village.village = s.whose
join support_share share on share.support = s.uid and share.removed = 0;

create temp view line as
select
    b.source, b.stage, b.amount, b.village, b.body,
    case when p.uid is null then b.programme when l.itself then l.programme end as programme,
    case when p.uid is null then b.component when l.itself then l.component end as component,
    case when p.uid is null then b.programme else l.programme end as in_programme,
    case when p.uid is null then b.component else l.component end as in_component
from budget_line b
join asked on b.area = asked.commune and b.year = asked.year
left join plan_component p on p.uid = b.plan_component and b.component is null
left join lent l on l.part = p.uid
where b.removed = 0;

-- A component and each one below it, itself among them.
create temp view within as
with recursive under (programme, component, below) as (
    select programme, component, component from tree
    union all
    select under.programme, under.component, tree.component
    from under join tree on tree.programme = under.programme and tree.parent = under.below
)
select programme, component, below from under;

create temp view entry as
select
    f.fund, f.form, f.direction, f.amount, f.household,
    f.booked_on < asked.year || '-01-01' as before,
    f.booked_on >= asked.year || '-01-01' as during
from fund_entry f join asked on f.area = asked.commune
where f.removed = 0 and f.booked_on <= asked.year || '-12-31';

-- figure: supports in all
select sum(amount) from paid having count(*);

-- figure: supports by source
select source, sum(amount) from paid group by source;

-- figure: supports by programme
select programme, sum(amount) from paid group by programme;

-- figure: supports by component
select programme, component, sum(amount) from paid group by programme, component;

-- figure: supports within component
select w.programme, w.component, sum(p.amount)
from within w join paid p on p.in_programme = w.programme and p.in_component = w.below
group by w.programme, w.component;

-- figure: supports by village
select village, sum(amount) from paid group by village;

-- figure: supports by household
select household, sum(amount) from paid group by household;

-- figure: supports by person
select person, sum(amount) from paid where person is not null group by person;

-- figure: supports by policy
select policy, sum(amount) from paid group by policy;

-- figure: budget by stage
select stage, sum(amount) from line group by stage;

-- figure: budget by source
select source, stage, sum(amount) from line group by source, stage;

-- figure: budget by programme
select programme, stage, sum(amount) from line group by programme, stage;

-- figure: budget by component
select programme, component, stage, sum(amount) from line group by programme, component, stage;

-- figure: budget within component
select w.programme, w.component, l.stage, sum(l.amount)
from within w join line l on l.in_programme = w.programme and l.in_component = w.below
group by w.programme, w.component, l.stage;

-- figure: budget by village
select village, stage, sum(amount) from line group by village, stage;

-- figure: budget by body
select body, stage, sum(amount) from line group by body, stage;

-- figure: disbursed of assigned
select
    sum(case when stage = 'disbursed' then amount else 0 end),
    sum(case when stage = 'assigned' then amount else 0 end)
from line having count(*);

-- figure: disbursed of assigned by source
select
    source,
    sum(case when stage = 'disbursed' then amount else 0 end),
    sum(case when stage = 'assigned' then amount else 0 end)
from line group by source;

-- figure: disbursed of assigned by component
select
    programme, component,
    sum(case when stage = 'disbursed' then amount else 0 end),
    sum(case when stage = 'assigned' then amount else 0 end)
from line group by programme, component;

-- figure: disbursed of assigned within component
select
    w.programme, w.component,
    sum(case when l.stage = 'disbursed' then l.amount else 0 end),
    sum(case when l.stage = 'assigned' then l.amount else 0 end)
from within w join line l on l.in_programme = w.programme and l.in_component = w.below
group by w.programme, w.component;

-- figure: funds
select
    fund,
    sum(case when before then case direction when 'in' then amount else -amount end else 0 end),
    sum(case when during and direction = 'in' then amount else 0 end),
    sum(case when during and direction = 'out' then amount else 0 end),
    sum(case direction when 'in' then amount else -amount end)
from entry group by fund;

-- figure: funds by form
select
    fund, form,
    sum(case when before then case direction when 'in' then amount else -amount end else 0 end),
    sum(case when during and direction = 'in' then amount else 0 end),
    sum(case when during and direction = 'out' then amount else 0 end),
    sum(case direction when 'in' then amount else -amount end)
from entry group by fund, form;

-- figure: households helped by fund
select fund, count(distinct household) from entry
where during and direction = 'out' group by fund;

-- figure: households helped by fund and form
select fund, form, count(distinct household) from entry
where during and direction = 'out' group by fund, form;
