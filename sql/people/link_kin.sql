-- link_kin: who stands beside a record at its dwelling, as hashes of their names and of forename with date of birth. Grain: record that has company.
-- People of the record's own forename are left out: they are mostly the person again.
with dwelling as (
    select address_key
    from link_record
    where address_key is not null and not is_shared_address
    group by address_key
    having count(*) <= $company_limit and count(distinct forename) > 1
),
resident as (
    select
        n,
        address_key,
        forename,
        hash(forename, surname) as name,
        if(birth_number is null or is_placeholder, null, hash(forename, birth_number)) as birth
    from link_record
    semi join dwelling on dwelling.address_key = link_record.address_key
    where forename is not null
)
select
    own.n,
    list(distinct kin.name order by kin.name) as names,
    list(distinct kin.birth order by kin.birth) filter (kin.birth is not null) as births,
    bit_or(1::ubigint << (kin.name % 64)) as names_mark,
    bit_or(1::ubigint << (kin.birth % 64)) as births_mark
from resident as own
inner join resident as kin on kin.address_key = own.address_key and kin.forename <> own.forename
group by own.n
