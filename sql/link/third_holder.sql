-- third_holder: which sources hold a record, one bit each, and the bits that it says for one person that it stands alone. Grain: record.
-- Tables of more sources than bits are hardly ever met; there, some sources share one.
with numbered as (
    select source, 1::ubigint << ((row_number() over (order by source) - 1) % 63) as bit
    from (select distinct source from people_unit)
),
held as (
    select unit.n, bit_or(numbered.bit) as sources
    from people_unit as unit
    inner join numbered on numbered.source = unit.source
    group by unit.n
)
select record.n, held.sources, -log2(alone.share) as alone_weight
from link_record as record
inner join held on held.n = record.n
inner join lonely_share as alone
    on alone.source = record.source and alone.is_undated = (record.birth_number is null) and alone.is_placeless = (record.area is null)
