-- person_merge: person ids that went into another, in this run or before. Grain: id that is gone.
select identity_id, max(other_id) as other_id
from register.lineage
where identity_kind = 'person' and act = 'merged' and other_id <> ''
group by identity_id
