-- link_record with its company beside it. Grain: record.
select link_record.*, link_kin.names as kin_names, link_kin.births as kin_births
from link_record
left join link_kin on link_kin.n = link_record.n
