-- Grain: evidence from a police row in which the person is a victim, a witness, a caller or the like.
select evidence.household_id, evidence.criterion_id, evidence.event_id
from cohort.evidence as evidence
join staging.event as event on event.event_id = evidence.event_id
where event.source = 'police_asb' and event.person_role not in ('suspect', 'offender', 'perpetrator')
