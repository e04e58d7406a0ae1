-- register.confirmed_link: the links and memberships that a standing confirmation covers: those that stood when it was given. Grain: decision x person x record.
with recursive covered as (
    select decision_id, person_id, record_id from carried_cover
    union
    select decision_id, person_id, record_id from seen_member where record_id is not null and not is_former
    union
    select covered.decision_id, act.other_id, covered.record_id
    from covered
    inner join register.lineage as act on act.identity_kind = 'person' and act.act = 'merged' and act.identity_id = covered.person_id
)
select distinct covered.decision_id, covered.person_id, covered.record_id
from covered
where covered.decision_id in (select decision_id from decision_now where decision = 'confirm')
order by all
