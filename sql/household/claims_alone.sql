-- claims_alone: adults with a running award that a couple would have to claim together, and claim it alone. Grain: person.
with award as (
    select distinct
        p.n,
        exists(
            from staging.record_source as s
            where s.source = e.source and s.extract_id = e.extract_id and s.source_row = e.source_row and s.role = 'partner'
        )
        -- Where the partner has a row of their own, the claim ties them.
        or exists(
            from staging.relationship as r
            where r.record_id_r = e.record_id and r.source = e.source and r.relationship_type = 'partner_of' and r.seen_date >= e.as_at_date
                and not exists(
                    from staging.record_source as own
                    where own.record_id = r.record_id_r and own.extract_id = r.extract_id and own.source_row = r.source_row
                )
        ) as is_joint
    from staging.event as e
    inner join linked.person_record as pr on pr.record_id = e.record_id
    inner join household_person as p on p.person_id = pr.person_id
    -- Contributions and caring are a person's own whoever is at home, and a rent rebate or a pension's supplement often names one of two.
    where e.event_type = 'benefit' and e.code in ('UC', 'IS') and coalesce(e.to_date > $as_of::date, true)
)

select n from award group by n having not bool_or(is_joint)
