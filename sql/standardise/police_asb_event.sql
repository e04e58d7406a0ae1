-- A named person's part in an incident, intervention or crime. Grain: source row.
-- Victims, witnesses, callers and crimes without a proven outcome are contact with the police and no more: criteria never count them.
-- Nor does an incident count against somebody whom another row names its victim, witness or caller: which role holds is for the force to say.
-- A proven outcome, and a power used against the person, say so on their own.
with part as (
    select
        *,
        case
            when person_role not in ('suspect', 'offender', 'perpetrator') then 'police_contact'
            when record_type = 'incident' and has_other_role then 'police_contact'
            when record_type = 'incident' then 'asb_incident'
            when record_type = 'intervention' then 'asb_intervention'
            when disposal in ('caution', 'youth_caution', 'conviction') then 'proven_offence'
            else 'police_contact'
        end as event_type
    from (
        select
            *,
            bool_or(person_role in ('victim', 'witness', 'caller')) over (
                partition by occurrence_id, coalesce(source_person_id, upper(concat_ws(' ', surname, forename, full_name, birth_date)))
            ) as has_other_role
        from police_asb.extract.police_asb
    )
)
select
    concat_ws(':', appearance.extract_id, appearance.source_row, event_type, person_role) as event_id,
    appearance.record_id, 'police_asb' as source, appearance.extract_id, appearance.source_row, event_type,
    incident_date as from_date,
    incident_date as to_date,
    receipt.as_at_date,
    if(record_type = 'intervention', coalesce(intervention_type, incident_type), incident_type) as code,
    person_role,
    if(record_type = 'crime', disposal, qualifier) as qualifier,
    occurrence_id
from part
cross join police_asb.extract.receipt as receipt
inner join standard_appearance as appearance on appearance.source = 'police_asb' and appearance.source_row = part.source_row
order by appearance.source_row
