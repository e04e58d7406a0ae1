-- link_cluster: which records are one person. Grain: record; the cluster is named for its lowest record number.
select link_label.n, coalesce(part.cluster, link_label.label) as cluster
from link_label
left join link_part as part on part.n = link_label.n
