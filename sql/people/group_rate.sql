-- How well the records of each group link. Grain: group x value.
-- Recall and precision are B-cubed over the records with a known truth: of a record's true company the share found, and of its found company the share true.
with person as (
    select person_id, count(*) as record_count
    from people_cluster
    group by person_id
),
doubtful as (
    select n_l as n from link_scored_pair where match_probability between $review_probability and $link_probability
    union
    select n_r as n from link_scored_pair where match_probability between $review_probability and $link_probability
),
known as (
    select
        truth.given_n,
        count(*) over (partition by cluster.person_id, truth.true_person) as together_count,
        count(*) over (partition by cluster.person_id) as found_count,
        count(*) over (partition by truth.true_person) as true_count
    from people_truth as truth
    inner join people_cluster as cluster on cluster.source = truth.source and cluster.record_id = truth.record_id
),
record as (
    select
        unit.given_n,
        unit.source,
        case link_record.sex when 'F' then 'female' when 'M' then 'male' else 'not known' end as sex,
        case
            when link_record.year_of_birth is null then 'not known'
            when $year - link_record.year_of_birth < 18 then '0 to 17'
            when $year - link_record.year_of_birth < 35 then '18 to 34'
            when $year - link_record.year_of_birth < 50 then '35 to 49'
            when $year - link_record.year_of_birth < 65 then '50 to 64'
            else '65 and over'
        end as age_band,
        case
            when link_record.forename is null or link_record.surname is null then 'a name is missing'
            when not regexp_full_match(link_record.forename || link_record.surname, '[ -~]*') then 'not in Latin letters'
            when link_record.surname_parts is not null then 'surname of several words'
            else 'one forename, one surname'
        end as name_form,
        case
            when link_record.surname_share is null then 'not known'
            when link_record.surname_share * $record_count < 10 then 'fewer than 10 records'
            when link_record.surname_share * $record_count < 100 then '10 to 99 records'
            else '100 records or more'
        end as surname_commonness,
        person.record_count > 1 as is_linked,
        doubtful.n is not null as is_in_doubt,
        known.together_count / known.true_count as recall,
        known.together_count / known.found_count as precision
    from people_unit as unit
    inner join link_record on link_record.n = unit.n
    inner join people_cluster as cluster on cluster.source = unit.source and cluster.record_id = unit.record_id
    inner join person on person.person_id = cluster.person_id
    left join doubtful on doubtful.n = unit.n
    left join known on known.given_n = unit.given_n
),
-- Summed by all that is said of a record before it is told apart by each: the combinations are few.
alike as (
    select
        source,
        sex,
        age_band,
        name_form,
        surname_commonness,
        count(*) as record_count,
        count_if(is_linked) as linked_count,
        count_if(is_in_doubt) as doubtful_count,
        count(recall) as known_count,
        sum(recall) as recall,
        sum(precision) as precision
    from record
    group by all
),
said as (
    select
        unnest([
            {name: 'source', value: source},
            {name: 'sex', value: sex},
            {name: 'age band', value: age_band},
            {name: 'form of the name', value: name_form},
            {name: 'how common the surname is', value: surname_commonness}
        ], recursive := true),
        record_count,
        linked_count,
        doubtful_count,
        known_count,
        recall,
        precision
    from alike
    union all by name
    select
        people_group.name,
        people_group.value,
        1 as record_count,
        record.is_linked::integer as linked_count,
        record.is_in_doubt::integer as doubtful_count,
        (record.recall is not null)::integer as known_count,
        record.recall,
        record.precision
    from people_group
    inner join record on record.given_n = people_group.given_n
)
select
    name,
    value,
    sum(record_count)::bigint as record_count,
    round(sum(linked_count) / sum(record_count), 5) as linked_share,
    round(sum(doubtful_count) / sum(record_count), 5) as doubtful_share,
    round(sum(recall) / nullif(sum(known_count), 0), 5) as recall,
    round(sum(precision) / nullif(sum(known_count), 0), 5) as precision
from said
group by name, value
-- From the rarest to the most common.
order by name, starts_with(value, 'fewer than') desc, value
