-- Pairs of records of one person that some rule proposed, or that say exactly the same. Grain: one row.
with member as (
    select unit.n, truth.true_person, count(*) as record_count
    from people_unit as unit
    inner join people_truth as truth on truth.given_n = unit.given_n
    group by unit.n, truth.true_person
)
select (
    (
        select coalesce(sum(l.record_count * r.record_count), 0)
        from candidate_pair as pair
        inner join member as l on l.n = pair.n_l
        inner join member as r on r.n = pair.n_r and r.true_person = l.true_person
    )
    + (select coalesce(sum(record_count * (record_count - 1) // 2), 0) from member where not $is_link_only)
)::bigint as pair_count
