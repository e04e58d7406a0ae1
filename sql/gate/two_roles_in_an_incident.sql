-- Grain: incident of which one record is told as responsible and as its victim, witness or caller; it counts against nobody of that record.
select event.event_id
from staging.event as event
where event.source = 'police_asb'
    and event.event_type = 'police_contact'
    and event.person_role in ('suspect', 'offender', 'perpetrator')
    and exists (
        select 1
        from staging.event as other
        where other.source = 'police_asb'
            and other.record_id = event.record_id
            and other.occurrence_id = event.occurrence_id
            and other.person_role in ('victim', 'witness', 'caller')
    )
