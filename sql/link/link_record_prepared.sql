-- link_record with its company, its names numbered and its date as a number whose hexadecimal digits are the date's. Grain: record.
-- A mark has a bit for each of the company, or for each part of a surname: records without a bit in common share none.
select
    link_record.*,
    forename.n as forename_n,
    surname.n as surname_n,
    ('0x' || link_record.birth_number::varchar)::ubigint::uinteger as birth_code,
    link_kin.names as kin_names,
    link_kin.births as kin_births,
    link_kin.names_mark as kin_names_mark,
    link_kin.births_mark as kin_births_mark,
    if(
        link_record.surname_parts is null,
        1::ubigint << (hash(link_record.surname) % 64),
        list_bit_or(list_transform(link_record.surname_parts, lambda x: 1::ubigint << (hash(x) % 64)))
    ) as surname_mark,
    link_record.surname_parts is not null as has_surname_parts
from link_record
left join link_name as forename on forename.name = link_record.forename
left join link_name as surname on surname.name = link_record.surname
left join link_kin on link_kin.n = link_record.n
