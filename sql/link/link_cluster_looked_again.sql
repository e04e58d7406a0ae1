-- link_cluster after the second look: two that are one bear the lower number. Grain: record. Each cluster is in one pair at most, since it has no rival.
select link_cluster.n, coalesce(second_look.cluster_l, link_cluster.cluster) as cluster
from link_cluster
left join second_look on second_look.cluster_r = link_cluster.cluster
