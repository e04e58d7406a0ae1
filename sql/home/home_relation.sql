-- home_relation: what the table declares of two people. Grain: person x person x kind; n_l is the parent in kind parent, else n_l < n_r.
-- A reference is a record id of the same source, or of the only other source that has it.
with reference as (
    select given.given_n, given.source, given.kind, unnest(string_split_regex(trim(given.value), '\s*[;,|]\s*')) as record_id
    from home_reference as given
),

found as (
    select reference.given_n, reference.kind, coalesce(own.n, other.n) as other_n
    from reference
    left join home_record as own on own.source = reference.source and own.record_id = reference.record_id
    left join (select record_id, min(n) as n from home_record group by record_id having count(*) = 1) as other on other.record_id = reference.record_id
),

told as (
    select
        if(found.kind = 'child', 'parent', found.kind) as kind,
        if(found.kind = 'child', record.n, found.other_n) as n_first,
        if(found.kind = 'child', found.other_n, record.n) as n_second
    from found
    inner join home_record as record on record.given_n = found.given_n
    where found.other_n is not null and found.other_n <> record.n
),

-- People of one tenancy or claim are tied to one another; in a unit of many the value is no unit but a filling. Who has left ties no more.
unit as (
    select given.source, given.name, given.value, record.n, record.seen_date
    from home_unit as given
    inner join home_record as record on record.given_n = given.given_n
    where record.given_n not in (select given_n from home_guest) and coalesce(record.to_date >= $as_of, true)
),

united as (
    select l.n as n_first, r.n as n_second
    from unit as l
    inner join unit as r on r.source = l.source and r.name = l.name and r.value = l.value and l.n < r.n
        and coalesce(abs(date_diff('day', l.seen_date, r.seen_date)) <= $half_life_days, true)
    inner join (
        select source, name, value from unit group by source, name, value having count(distinct n) <= $unit_limit
    ) as small on small.source = l.source and small.name = l.name and small.value = l.value
),

-- Whom one source places at one address as head, and as wife, son or other kin, are kin; where it knows two heads there, nobody says whose.
placed as (
    select
        record.source,
        address.dwelling_key,
        record.n,
        regexp_matches(record.position, $head) as is_head,
        regexp_matches(record.position, $kin) and not regexp_matches(record.position, $no_kin) as is_kin
    from home_record as record
    inner join home_address as address on address.address_key = record.address_key
    where record.position <> '' and not address.is_partial and record.given_n not in (select given_n from home_guest)
),

family as (
    select source, dwelling_key, coalesce(min(n) filter (where is_head), min(n)) as first_n, list(distinct n) as people
    from placed
    where is_head or is_kin
    group by source, dwelling_key
    having count(distinct n) filter (where is_head) <= 1 and count(distinct n) between 2 and $unit_limit
),

kindred as (
    select first_n, unnest(people) as n from family
)

select distinct
    if(kind = 'parent', n_first, least(n_first, n_second)) as n_l,
    if(kind = 'parent', n_second, greatest(n_first, n_second)) as n_r,
    kind
from told
union
select n_first, n_second, 'unit' from united
union
select least(first_n, n), greatest(first_n, n), 'kin' from kindred where n <> first_n
