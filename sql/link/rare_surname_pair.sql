-- candidate_pair for estimation: pairs of one rare surname and different forenames, mostly relatives. Grain: pair.
-- Rare by records too: few addresses may be those of an institution, or all that a table has.
with rare as (
    select surname
    from link_record
    where surname is not null
    group by surname
    having count(distinct if($is_by_postcode, postcode, address_key::varchar)) between 1 and 3 and count(*) <= $size_limit and hash(surname, $seed) % 1000 < $per_mille
)
select l.n as n_l, r.n as n_r
from rare
inner join link_record as l on l.surname = rare.surname
inner join link_record as r on r.surname = rare.surname and l.n < r.n
where l.forename <> r.forename and not coalesce(list_has_any(l.nicknames, r.nicknames), false)
