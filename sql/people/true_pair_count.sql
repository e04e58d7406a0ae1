-- Pairs of records that are truly one person, of the sources that may meet. Grain: one row.
with person as (
    select true_person, count(*) as record_count
    from people_truth
    group by true_person
),
within as (
    select true_person, source, count(*) as record_count
    from people_truth
    group by true_person, source
)
select
    (select coalesce(sum(record_count * (record_count - 1) // 2), 0) from person)::bigint as all_count,
    (select coalesce(sum(record_count * (record_count - 1) // 2), 0) from within)::bigint as within_count
