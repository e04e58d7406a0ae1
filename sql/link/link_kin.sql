-- link_kin: who stands beside a record, as hashes of their names and of forename with date of birth. Grain: record that has company.
-- Company is whom a source declares to be tied to the person, the other parent of a pupil, and whoever is put at the same dwelling.
-- People of the record's own forename are left out: they are mostly the person again.
with declared as (
    select l.n, r.n as other, relationship.relationship_type
    from staging.relationship
    inner join link_record as l on l.record_id = relationship.record_id_l
    inner join link_record as r on r.record_id = relationship.record_id_r
),
tie as (
    select n, other from declared
    union
    select other as n, n as other from declared
    union
    select l.n, r.n as other
    from declared as l
    inner join declared as r on r.other = l.other and r.n <> l.n
    where l.relationship_type = 'parent_of' and r.relationship_type = 'parent_of'
    union
    select l.n, r.n as other
    from link_record as l
    inner join link_record as r on r.address_key = l.address_key and r.n <> l.n
    where not l.is_shared_address and not r.is_shared_address and l.dwelling_record_count <= $company_limit
),
company as (
    select
        tie.n,
        hash(kin.forename || '|' || kin.surname) as name,
        if(kin.birth_number is null or kin.is_placeholder, null, hash(kin.forename || '|' || kin.birth_number)) as birth
    from tie
    inner join link_record as own on own.n = tie.n
    inner join link_record as kin on kin.n = tie.other
    where kin.forename is not null and kin.forename is distinct from own.forename
)
select
    n,
    list_sort(list(distinct name)) as names,
    list_sort(list(distinct birth) filter (birth is not null)) as births,
    bit_or(1::ubigint << (name % 64)) as names_mark,
    bit_or(1::ubigint << (birth % 64)) as births_mark
from company
group by n
