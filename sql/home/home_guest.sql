-- home_guest: records of people who are at a home, and not of its family, by the place the table gives them. Grain: record.
-- A tenant is one only beside whoever's own home it is, and never in a tenancy; who lets the home is one unless such a tenant is beside them.
with told as (
    select
        record.given_n,
        record.n,
        record.source,
        address.dwelling_key,
        regexp_matches(record.position, $guest) as is_guest,
        regexp_matches(record.position, $tenant) and not regexp_matches(record.position, $holder) as is_tenant,
        regexp_matches(record.position, $host) as is_host,
        regexp_matches(record.position, $letting) as is_letting,
        record.given_n in (select given_n from home_unit where regexp_matches(upper(name), $tenancy)) as is_in_tenancy
    from home_record as record
    left join home_address as address on address.address_key = record.address_key
    where record.position <> ''
),

-- Lodging tenants beside hosts, under one roof or in one unit.
beside as (
    select tenant.given_n as tenant_n, host.given_n as host_n
    from told as tenant
    inner join told as host on host.dwelling_key = tenant.dwelling_key and host.n <> tenant.n
    where tenant.is_tenant and host.is_host and not tenant.is_in_tenancy and not host.is_in_tenancy
    union
    select tenant.given_n, host.given_n
    from told as tenant
    inner join home_unit as own on own.given_n = tenant.given_n
    inner join home_unit as other on other.source = own.source and other.name = own.name and other.value = own.value
    inner join told as host on host.given_n = other.given_n and host.n <> tenant.n
    where tenant.is_tenant and host.is_host and not tenant.is_in_tenancy and not host.is_in_tenancy
)

select given_n, n from told where is_guest and not is_letting
union
select tenant_n, told.n from beside inner join told on told.given_n = beside.tenant_n
union
select given_n, n from told where is_letting and given_n not in (select host_n from beside)
