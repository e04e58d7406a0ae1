-- Grain: two people of one household x what a source declares of them x source, with the latest date.
with own as (
    select record.person_id, record.record_id
    from linked.person_record as record
    where record.person_id in (select person_id from linked.household_member where household_id = $household_id)
)
select l.person_id, r.person_id as other_id, relation.relationship_type, relation.source, max(relation.seen_date) as seen_date
from staging.relationship as relation
inner join own as l on l.record_id = relation.record_id_l
inner join own as r on r.record_id = relation.record_id_r and r.person_id <> l.person_id
group by all
order by all
