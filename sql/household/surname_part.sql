-- surname_part: parts by which people of one family know one another. Grain: person x part; a double-barrelled name gives two, a former name its own.
with named as (
    select distinct pr.person_id, unnest([r.surname, r.former_surname]) as surname
    from linked.person_record as pr
    inner join staging.person_record as r on r.record_id = pr.record_id
),

split as (
    select distinct
        person_id,
        surname,
        unnest(string_split(surname, ' ')) as part,
        position(' ' in surname) > 0 as has_more_parts
    from named
    where surname is not null and surname <> ''
),

told as (
    select person_id, part
    from split
    -- Particles are no family's own, unless they are the whole name.
    where not (
        has_more_parts
        and (length(part) < 3 or part in ('DE', 'LA', 'VAN', 'DER', 'DEN', 'VON', 'BIN', 'IBN', 'BEN', 'ABU', 'DOS', 'DEL', 'MAC', 'SAN', 'SANTA'))
    )
)

-- Wives and daughters of Polish, Czech and Russian families carry the name with another ending.
select distinct p.n, regexp_replace(regexp_replace(t.part, '(SK|CK|DZK)A$', '\1I'), '(OV|EV)A$', '\1') as part
from told as t
inner join household_person as p on p.person_id = t.person_id
