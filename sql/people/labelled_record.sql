-- Found and true person of each record with a known truth. Grain: record.
select cluster.person_id, cluster.strict_person_id, truth.true_person, truth.source
from people_cluster as cluster
inner join people_truth as truth on truth.source = cluster.source and truth.record_id = cluster.record_id
order by truth.source, truth.record_id
