-- police_asb: the rows of a set's nominals, and of the powers used against them after an incident, each with its occurrence and its outcome.
-- Grain: row of those files. A nominal told again by a later file has the roles that file gives, and no other: whoever became a witness is no suspect.
-- A power under a number of its own completes its nominal's row; one that follows an incident or crime has a row of its own beside the nominal's.
with told_nominal as (
    select * exclude (file_number) replace (source_row + file_number * $rows_a_file as source_row)
    from extract.nominal
    qualify source_person_id is null or file_number = max(file_number) over (partition by occurrence_id, source_person_id)
),
last_outcome as (
    select
        occurrence_id,
        source_person_id,
        max_by(
            disposal,
            struct_pack(
                outcome_date,
                file_number,
                place := list_position(['none', 'charged', 'community_resolution', 'caution', 'youth_caution', 'conviction'], disposal)
            )
        ) as disposal
    from extract.outcome
    group by occurrence_id, source_person_id
),
told_intervention as (
    select
        occurrence_id, source_person_id, intervention_type, intervention_date,
        source_row + file_number * $rows_a_file as source_row
    from extract.intervention
    -- The same power of the same day is one, however many files tell it.
    qualify row_number() over (partition by occurrence_id, source_person_id, intervention_type, intervention_date order by file_number desc, source_row) = 1
),
last_intervention as (
    select * from told_intervention
    qualify row_number() over (partition by occurrence_id, source_person_id order by intervention_date desc, source_row desc) = 1
),
named as (
    select
        told_nominal.*,
        incident.record_type, incident.incident_type, incident.qualifier, incident.force_area,
        coalesce(power.intervention_date, incident.incident_date) as incident_date,
        power.intervention_type,
        coalesce(last_outcome.disposal, 'none') as disposal
    from told_nominal
    inner join extract.incident as incident using (occurrence_id)
    left join last_outcome using (occurrence_id, source_person_id)
    left join last_intervention as power
        on incident.record_type = 'intervention'
        and power.occurrence_id = told_nominal.occurrence_id
        and power.source_person_id = told_nominal.source_person_id
),
-- Whoever stands in an incident in two roles had the power used against them as the one who did it.
subject as (
    select * from named
    qualify row_number() over (
        partition by occurrence_id, source_person_id
        order by person_role in ('suspect', 'offender', 'perpetrator') desc, source_row
    ) = 1
),
-- Name and home are those of the nominal's last occurrence by then: what an old incident told must not look new on the day of the power.
followed as (
    select
        known.* replace (
            told_intervention.source_row as source_row,
            subject.occurrence_id as occurrence_id,
            subject.person_role as person_role,
            'intervention' as record_type,
            subject.incident_type as incident_type,
            subject.qualifier as qualifier,
            subject.force_area as force_area,
            told_intervention.intervention_date as incident_date,
            told_intervention.intervention_type as intervention_type,
            'none' as disposal
        )
    from told_intervention
    inner join subject using (occurrence_id, source_person_id)
    inner join named as known
        on known.source_person_id = told_intervention.source_person_id
        and known.incident_date <= greatest(told_intervention.intervention_date, subject.incident_date)
    where subject.record_type <> 'intervention'
    qualify row_number() over (partition by told_intervention.source_row order by known.incident_date desc, known.source_row desc) = 1
)
select * from named
union all by name
select * from followed
order by source_row
