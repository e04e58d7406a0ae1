-- register.decision: decisions that stand, by household; on the household's own id, or through somebody in it. Grain: household x decision.
select household_id, decision_id, decision, 'household' as basis, decided_by, decided_at from decision_now
union all
select distinct member.household_id, held.decision_id, 'suppress', 'member', held.decided_by, held.decided_at
from linked.household_member as member
inner join register.held_person as held using (person_id)
anti join decision_now as own on own.household_id = member.household_id and own.decision_id = held.decision_id
where member.is_primary
order by household_id, decision_id
