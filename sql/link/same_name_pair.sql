-- candidate_pair for estimation: pairs of one forename and surname. Grain: pair; names carried by very many are left out for the number of their pairs.
with name as (
    select forename, surname
    from link_record
    where forename is not null and surname is not null
    group by forename, surname
    having count(*) between 2 and 60 and hash(forename, surname, $seed) % 1000 < $per_mille
)
select l.n as n_l, r.n as n_r
from name
inner join link_record as l on l.forename = name.forename and l.surname = name.surname
inner join link_record as r on r.forename = name.forename and r.surname = name.surname and l.n < r.n
