-- household_relation: what the sources declare about two persons. Grain: person x person x type x source; for parent_of n_l is the parent, else n_l < n_r.
with between_persons as (
    select
        r.relationship_type,
        r.source,
        if(r.relationship_type = 'parent_of' or l.n < o.n, l.n, o.n) as n_l,
        if(r.relationship_type = 'parent_of' or l.n < o.n, o.n, l.n) as n_r,
        r.is_same_address,
        r.is_living_together,
        r.contact_rank,
        r.seen_date
    from staging.relationship as r
    inner join linked.person_record as pl on pl.record_id = r.record_id_l
    inner join linked.person_record as po on po.record_id = r.record_id_r
    inner join household_person as l on l.person_id = pl.person_id
    inner join household_person as o on o.person_id = po.person_id
    where l.n <> o.n
)

select
    n_l,
    n_r,
    relationship_type,
    source,
    coalesce(bool_or(is_same_address), false) as is_same_address,
    coalesce(bool_or(not is_same_address), false) as is_other_address,
    coalesce(bool_or(is_living_together), false) as is_living_together,
    coalesce(min(contact_rank), 1) as contact_rank,
    max(seen_date) as seen_date
from between_persons
group by n_l, n_r, relationship_type, source
