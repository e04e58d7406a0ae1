-- register.person: which person each record belonged to. Grain: record.
select link_person.person_id, link_record.record_id, link_person.first_seen_run_id
from link_record
inner join link_cluster on link_cluster.n = link_record.n
inner join link_person on link_person.cluster = link_cluster.cluster
order by link_record.record_id
