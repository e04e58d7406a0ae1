-- linked.person: for each attribute the value most of a person's records agree on, the newest first among equals. Grain: person.
with spoken as (
    select
        linked.person_id,
        record.seen_date,
        unnest(
            [
                -- An initial, or a date that a clerk puts for an unknown one, counts only where there is nothing better.
                {attribute: 'forename', value: record.forename, is_doubtful: length(record.forename) = 1},
                {attribute: 'middle_names', value: record.middle_names, is_doubtful: length(record.middle_names) = 1},
                {attribute: 'surname', value: record.surname, is_doubtful: length(record.surname) = 1},
                {attribute: 'birth_date', value: record.birth_date::varchar, is_doubtful: record.birth_date_quality <> 'full'},
                {attribute: 'sex', value: record.sex, is_doubtful: false}
            ]
        ) as said
    from staging.person_record as record
    inner join linked.person_record as linked on linked.record_id = record.record_id
),
voted as (
    select person_id, said.attribute as attribute, said.value as value
    from spoken
    where said.value is not null
    group by person_id, said.attribute, said.value, said.is_doubtful
    qualify row_number() over (
        partition by person_id, said.attribute order by said.is_doubtful, count(*) desc, max(seen_date) desc, said.value
    ) = 1
),
chosen as (
    select
        person_id,
        max(value) filter (attribute = 'forename') as forename,
        max(value) filter (attribute = 'middle_names') as middle_names,
        max(value) filter (attribute = 'surname') as surname,
        max(value) filter (attribute = 'birth_date')::date as birth_date,
        max(value) filter (attribute = 'sex') as sex
    from voted
    group by person_id
),
counted as (
    select
        linked.person_id,
        count(*)::integer as record_count,
        count(distinct record.source)::integer as source_count,
        string_agg(distinct record.source, ',' order by record.source) as sources,
        min(record.birth_date_latest) as birth_date_latest,
        min(linked.link_probability) as link_confidence
    from linked.person_record as linked
    inner join staging.person_record as record on record.record_id = linked.record_id
    group by linked.person_id
)
select
    counted.person_id,
    chosen.forename,
    chosen.middle_names,
    chosen.surname,
    chosen.birth_date,
    if(chosen.birth_date is null, counted.birth_date_latest, null) as birth_date_latest,
    chosen.sex,
    counted.record_count,
    counted.source_count,
    counted.sources,
    counted.link_confidence
from counted
left join chosen on chosen.person_id = counted.person_id
order by counted.person_id
