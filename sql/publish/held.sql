-- held: what this publication says the suppressions after decision $through protect. Grain: kind x id x decision.
select 'person' as kind, person_id as id, decision_id from register.held_person where decision_id > $through
union all
select 'record', record_id, decision_id from register.held_record where decision_id > $through
union all
select 'household', household_id, decision_id from register.decision where decision = 'suppress' and basis = 'household' and decision_id > $through
