-- home_surname: parts by which people of one family know one another, and how common each is. Grain: person x part.
with named as (
    select distinct n, unnest([surname, former_surname]) as surname
    from home_record
),

split as (
    select distinct n, unnest(string_split(surname, ' ')) as part, contains(surname, ' ') as has_more_parts
    from named
    where surname is not null
),

part as (
    -- Particles are no family's own, unless they are the whole name. Endings of Slavonic names that differ between man and wife are one.
    select distinct n, regexp_replace(regexp_replace(part, '(SK|CK|DZK)A$', '\1I'), '(OV|EV)A$', '\1') as part
    from split
    where not (has_more_parts and (length(part) < 3 or part in ('VAN', 'DER', 'DEN', 'VON', 'BIN', 'IBN', 'BEN', 'ABU', 'DOS', 'DEL', 'MAC', 'SAN', 'SANTA')))
)

-- How common the part is, of all people and as many more of the usual share.
select
    n,
    part,
    (count(*) over (partition by part) - 2 + $usual_people * $usual_share) / ((select count(*) from home_person) + $usual_people) as share
from part
