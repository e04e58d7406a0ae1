-- households.parquet. Grain: record, every one once.
select
    membership.household_id,
    record.record_id,
    record.source,
    person.person_id,
    person.member_role,
    membership.probability as membership_probability,
    membership.basis,
    dwelling.class as dwelling_class,
    other.household_id as other_household_id,
    other.probability as other_probability,
    other.basis as other_basis
from home_record as record
inner join home_person as person on person.n = record.n
inner join home_membership as membership on membership.n = record.n
left join home_now as now on now.n = record.n
left join home_dwelling as dwelling on dwelling.dwelling_key = now.dwelling_key
left join home_other as other on other.n = record.n
order by record.source, record.record_id
