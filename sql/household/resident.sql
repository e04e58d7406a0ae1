-- resident: where each person lives now. Grain: person; no dwelling means that nothing places the person.
with ranked as (
    select
        *,
        round(strength / sum(strength) over (partition by person_id), 6) as share,
        row_number() over (partition by person_id order by strength desc, seen_date desc, dwelling_key) as position
    from person_dwelling
    where strength > 0
)

select p.n, p.person_id, p.age, p.member_role, p.sex, p.is_pupil, r.dwelling_key, coalesce(r.is_partial, false) as is_partial, r.share, r.seen_date
from household_person as p
left join ranked as r on r.person_id = p.person_id and r.position = 1
