-- link_record with its company beside it. Grain: record. A mark has the bit of each of the company, so that two records without a bit in common share nobody.
select
    link_record.*,
    link_kin.names as kin_names,
    link_kin.births as kin_births,
    list_aggregate(list_transform(link_kin.names, lambda x: 1::ubigint << (x % 64)), 'bit_or') as kin_names_mark,
    list_aggregate(list_transform(link_kin.births, lambda x: 1::ubigint << (x % 64)), 'bit_or') as kin_births_mark
from link_record
left join link_kin on link_kin.n = link_record.n
