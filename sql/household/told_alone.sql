-- told_alone: adults who by what they claim, or pay, are the only adult of their home. Grain: person.
-- A discount outlives a new partner more often than a claim does, so it weighs against parents whom a school alone puts together,
-- and never against an award of both.
with discounted as (
    select distinct p.n
    from staging.event as e
    inner join linked.person_record as pr on pr.record_id = e.record_id
    inner join household_person as p on p.person_id = pr.person_id
    where
        e.event_type = 'council_tax' and e.code = 'single_person' and e.person_role = 'liable'
        and coalesce(e.to_date > $as_of::date, true)
)

select n from claims_alone
union
select n from discounted
