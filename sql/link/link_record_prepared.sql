-- link_record with its company, its names numbered and its date as a number whose hexadecimal digits are the date's. Grain: record.
-- A mark has the bit of each of the company, so that two records without a bit in common share nobody.
select
    link_record.*,
    forename.n as forename_n,
    surname.n as surname_n,
    ('0x' || link_record.birth_number::varchar)::ubigint::uinteger as birth_code,
    link_kin.names as kin_names,
    link_kin.births as kin_births,
    list_aggregate(list_transform(link_kin.names, lambda x: 1::ubigint << (x % 64)), 'bit_or') as kin_names_mark,
    list_aggregate(list_transform(link_kin.births, lambda x: 1::ubigint << (x % 64)), 'bit_or') as kin_births_mark
from link_record
left join link_name as forename on forename.name = link_record.forename
left join link_name as surname on surname.name = link_record.surname
left join link_kin on link_kin.n = link_record.n
order by link_record.n
