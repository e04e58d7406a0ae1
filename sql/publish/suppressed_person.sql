-- suppressed_person: who is at home in the households, and the ids that merged into theirs. Grain: person id.
with recursive at_home as (
    select person_id
    from cohort.member
    where is_primary and list_contains($households, household_id)
    union
    select merged.identity_id
    from at_home
    inner join register.lineage as merged on merged.identity_kind = 'person' and merged.act = 'merged' and merged.other_id = at_home.person_id
)
select person_id from at_home
