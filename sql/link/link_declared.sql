-- link_declared: what a source itself declares to be two people: a parent and a child of one name, partners, joint tenants. Grain: pair, n_l < n_r.
-- A school declares two children by having both on its roll in one term, under two references and two forenames: twins whose names are a letter apart.
with roll as (
    select distinct event.occurrence_id, record.n, record.reference, record.birth_date, record.forename
    from staging.event as event
    inner join link_record as record on record.record_id = event.record_id
    where event.event_type = 'attendance' and record.reference is not null
),
declared as (
    select l.n as n_l, r.n as n_r
    from staging.relationship
    inner join link_record as l on l.record_id = relationship.record_id_l
    inner join link_record as r on r.record_id = relationship.record_id_r
    where l.n <> r.n
    union all
    select l.n, r.n
    from roll as l
    inner join roll as r on r.occurrence_id = l.occurrence_id and r.birth_date = l.birth_date
    where l.n < r.n and l.reference <> r.reference and l.forename <> r.forename
)
select distinct least(n_l, n_r) as n_l, greatest(n_l, n_r) as n_r
from declared
