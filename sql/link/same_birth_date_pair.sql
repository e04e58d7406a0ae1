-- candidate_pair for estimation: pairs born on one day. Grain: pair; placeholder dates are left out, since they are no one's birthday.
with born as (
    select n, birth_date
    from link_record
    where birth_date is not null and not is_placeholder and hash(birth_date, $seed) % 1000 < $per_mille
)
select l.n as n_l, r.n as n_r
from born as l
inner join born as r on r.birth_date = l.birth_date and l.n < r.n
