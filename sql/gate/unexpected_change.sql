-- unexpected_change: every way in which the list changed more than the authority expects from one publication to the next. Grain: bound exceeded.
-- Counts only. Of small lists, and of the first, nothing is said.
with size as (
    select
        (select count(*) from previous_list) as before_count,
        (select count(*) from cohort.verified_families) as after_count,
        (select count(*) from cohort.change where change = 'joined') as joined_count,
        (select count(*) from cohort.change where change = 'left') as left_count
),
judged as (
    select * from size where before_count >= $smallest_list
),
part as (
    select 'district ' || coalesce(district, 'unplaced') as name, true as is_before from previous_list
    union all
    select 'district ' || coalesce(district, 'unplaced'), false from cohort.verified_families
    union all
    select 'criterion ' || unnest(string_split(criteria_met, ',')), true from previous_list
    union all
    select 'criterion ' || unnest(string_split(criteria_met, ',')), false from cohort.verified_families
),
share as (
    select
        part.name,
        count(*) filter (where part.is_before) / any_value(judged.before_count) as before_share,
        count(*) filter (where not part.is_before) / any_value(judged.after_count) as after_share
    from part
    cross join judged
    where judged.after_count > 0
    group by part.name
),
found as (
    select
        1 as position,
        'the list went from ' || before_count || ' families to ' || after_count as what,
        abs(after_count - before_count) / before_count as moved,
        $size_share as allowed
    from judged
    union all
    select 2, joined_count || ' families joined a list of ' || before_count, joined_count / before_count, $joined_share from judged
    union all
    select 3, left_count || ' families left a list of ' || before_count, left_count / before_count, $left_share from judged
    union all
    select
        4,
        name || ': its share of the list went from ' || printf('%.0f%%', 100 * before_share) || ' to ' || printf('%.0f%%', 100 * after_share),
        abs(after_share - before_share),
        $composition_share
    from share
)
select what || ' (a move of ' || printf('%.0f%%', 100 * moved) || '; at most ' || printf('%.0f%%', 100 * allowed) || ' is expected)' as told
from found
where moved > allowed
order by position, what
