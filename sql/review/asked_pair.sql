-- asked_pair: pairs of records that a person should settle, and why. Of all pairs between the same two people, or within one, that ask the same question
-- only the likeliest is asked. Grain: pair.
with tie as (
    select pair.*, own.record_id, own.link_probability, own.is_confirmed, own.person_id
    from linked.scored_pair as pair
    inner join linked.person_record as own on own.record_id in (pair.record_id_l, pair.record_id_r)
    inner join linked.person_record as other
        on other.record_id = if(own.record_id = pair.record_id_l, pair.record_id_r, pair.record_id_l) and other.person_id = own.person_id
    where pair.outcome = 'link' and not pair.is_vetoed
    -- What holds a record in its person is its best tie.
    qualify row_number() over (partition by own.record_id order by pair.match_probability desc, pair.record_id_l, pair.record_id_r) = 1
),
weakest as (
    select tie.*
    from tie
    inner join linked.person as person using (person_id)
    where person.record_count >= $large_person and not tie.is_confirmed
    qualify row_number() over (partition by person_id order by tie.link_probability, tie.record_id_l, tie.record_id_r) = 1
),
reasoned as (
    select record_id_l, record_id_r, 'undecided' as why, 1 as position from linked.scored_pair where outcome = 'review'
    union all
    select record_id_l, record_id_r, 'weak_link', 2 from tie where link_probability < $acceptance and not is_confirmed
    union all
    select record_id_l, record_id_r, 'large_person', 3 from weakest
    union all
    select subject_id, other_id, 'disputed', 0 from verdict where kind = 'pair' and is_disputed
),
placed as (
    select
        reasoned.*,
        coalesce(pair.match_probability, 0.5) as match_probability,
        pair.levels,
        pair.weights,
        l.person_id as person_id_l,
        r.person_id as person_id_r,
        verdict.decision
    from reasoned
    inner join linked.person_record as l on l.record_id = reasoned.record_id_l
    inner join linked.person_record as r on r.record_id = reasoned.record_id_r
    left join linked.scored_pair as pair on pair.record_id_l = reasoned.record_id_l and pair.record_id_r = reasoned.record_id_r
    left join verdict on verdict.kind = 'pair' and verdict.subject_id = reasoned.record_id_l and verdict.other_id = reasoned.record_id_r
),
-- "Different" of one pair between two people answers for all between them.
answered as (
    select least(l.person_id, r.person_id) as one_id, greatest(l.person_id, r.person_id) as two_id
    from verdict
    inner join linked.person_record as l on l.record_id = verdict.subject_id
    inner join linked.person_record as r on r.record_id = verdict.other_id
    where verdict.kind = 'pair' and verdict.decision in ('same', 'different')
)
select placed.*, count(*) over (partition by least(person_id_l, person_id_r), greatest(person_id_l, person_id_r)) as pair_count
from placed
where decision is distinct from 'same'
    and decision is distinct from 'different'
    and (why in ('disputed', 'weak_link', 'large_person') or (least(person_id_l, person_id_r), greatest(person_id_l, person_id_r)) not in (from answered))
qualify row_number() over (
    partition by least(person_id_l, person_id_r), greatest(person_id_l, person_id_r), if(person_id_l = person_id_r, (record_id_l, record_id_r), null)
    order by position, match_probability desc, record_id_l, record_id_r
) = 1
