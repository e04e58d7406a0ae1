-- gazetteer_row: the council's gazetteer as delivered, its address as one text. Grain: UPRN x address.
-- What was taken down or never built names no home of today.
create or replace temp table gazetteer_row as
select
    nullif(ltrim(trim(uprn), '0'), '') as uprn,
    nullif(ltrim(trim(parent_uprn), '0'), '') as parent_uprn,
    coalesce(status, 'approved') = 'approved' as is_approved,
    upper(replace(class_code, ' ', '')) as class_code,
    concat_ws(
        chr(31), coalesce(address_line_1, ''), coalesce(address_line_2, ''), coalesce(address_line_3, ''), coalesce(postcode, '')
    ) as address_text
from {extract}
where coalesce(status, 'approved') <> 'historical'
