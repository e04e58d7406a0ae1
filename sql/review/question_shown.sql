-- question_shown: each question with what a person needs to answer it, side by side: two records, or a person (left) and a household (right).
-- Grain: question; in the order of what the answer would change, without the machine's view of the answer in a blind review.
-- Who lives in a suppressed household, and where, is told in that household alone: whoever asks about another must not learn it. Records show what they say.
with weighed as (
    select
        pair.record_id_l,
        pair.record_id_r,
        pair.levels,
        pair.weights,
        pair.pair_count,
        list_transform(
            string_split(weights, '; '),
            lambda w: {'bits': split_part(w, '=', 2)::double, 'part': replace(split_part(w, '=', 1), '_', ' ')}
        ) as parts
    from asked_pair as pair
),
spoken as (
    select
        *,
        list_transform(list_reverse_sort(list_filter(parts, lambda p: p.bits >= 0.5)), lambda p: p.part) as pro,
        list_transform(
            list_sort(list_filter(parts, lambda p: p.bits <= -0.5 and p.part <> 'prior')),
            lambda p: case p.part when 'household' then 'may be two of one household' when 'name rarity' then 'common name' else p.part end
        ) as contra
    from weighed
),
told_home as (
    select
        household.household_id,
        household.address,
        household.postcode,
        around.people,
        household.household_id in (select household_id from register.decision where decision = 'suppress') as is_suppressed
    from linked.household as household
    left join household_around as around on around.household_id = household.household_id
)
select
    question.question_id,
    question.kind,
    question.hangs_on_it,
    question.expected_change,
    question.probability,
    case
        when question.why = 'disputed' then 'Reviewers differ.'
        when question.decision = 'unsure' then 'A person looked and was unsure.'
        when question.why = 'weak_link' then 'Linked, but not surely enough for the list.'
        when question.why = 'large_person' then 'The weakest link of somebody with many records.'
        when question.why = 'weak_member' then 'In the household, but not surely enough for the list.'
        when question.why = 'left_out' then 'Left out of the household, but may belong to it.'
        when question.probability < $link_probability then 'Alike, but not enough to link.'
        else 'Alike enough to link, but other records speak against it.'
    end
    || if(coalesce(len(spoken.pro), 0) = 0, '', ' For: ' || array_to_string(spoken.pro, ', ') || '.')
    || if(coalesce(len(spoken.contra), 0) = 0, '', ' Against: ' || array_to_string(spoken.contra, ', ') || '.')
    || if(member.basis is null, '', ' For: ' || replace(member.basis, '_', ' ') || '.') as why,
    spoken.levels,
    spoken.weights,
    question.decision,
    spoken.pair_count,
    if(question.kind = 'pair', question.subject_id, null) as record_id_l,
    if(question.kind = 'pair', question.other_id, null) as record_id_r,
    if(question.kind = 'member', question.subject_id, null) as household_id,
    if(question.kind = 'member', question.other_id, null) as person_id,
    l.source as source_l, r.source as source_r,
    l.role as role_l, r.role as role_r,
    if(question.kind = 'pair', l.name_original, concat_ws(' ', person.forename, person.surname)) as name_l,
    if(question.kind = 'pair', r.name_original, 'household of ' || home.people) as name_r,
    if(question.kind = 'pair', l.birth_date_original, person.birth_date::varchar) as birth_date_l, r.birth_date_original as birth_date_r,
    coalesce(l.sex, person.sex) as sex_l, r.sex as sex_r,
    if(question.kind = 'pair', l.address_original, own_house.address) as address_l, if(question.kind = 'pair', r.address_original, house.address) as address_r,
    coalesce(l.postcode, own_house.postcode) as postcode_l, coalesce(r.postcode, house.postcode) as postcode_r,
    coalesce(l.nino, l.upn) as number_l, coalesce(r.nino, r.upn) as number_r,
    around_l.people as household_l, around_r.people as household_r
from question
left join spoken on question.kind = 'pair' and spoken.record_id_l = question.subject_id and spoken.record_id_r = question.other_id
left join asked_member as member on question.kind = 'member' and member.household_id = question.subject_id and member.person_id = question.other_id
left join staging.person_record as l on question.kind = 'pair' and l.record_id = question.subject_id
left join staging.person_record as r on question.kind = 'pair' and r.record_id = question.other_id
left join linked.person_record as of_l on of_l.record_id = l.record_id
left join linked.person_record as of_r on of_r.record_id = r.record_id
left join linked.person as person on question.kind = 'member' and person.person_id = question.other_id
left join household_around as home on question.kind = 'member' and home.household_id = question.subject_id
left join linked.household as house on question.kind = 'member' and house.household_id = question.subject_id
left join reviewed_person as lives_l on lives_l.person_id = coalesce(of_l.person_id, person.person_id)
left join reviewed_person as lives_r on lives_r.person_id = of_r.person_id
left join told_home as own_house
    on question.kind = 'member' and own_house.household_id = lives_l.household_id
    and (own_house.household_id = question.subject_id or not own_house.is_suppressed)
left join told_home as around_l
    on around_l.household_id = lives_l.household_id
    and (around_l.household_id in (question.subject_id, lives_r.household_id) or not around_l.is_suppressed)
left join told_home as around_r
    on around_r.household_id = lives_r.household_id
    and (around_r.household_id = lives_l.household_id or not around_r.is_suppressed)
order by
    case when $is_blind then case question.hangs_on_it
        when 'a family comes to the list' then 0
        when 'a family may have what it lacks' then 1
        when 'who is in a family near the list' then 2
        when 'who is in an assessed family' then 3
        else 4
    end end,
    if($is_blind, null, question.expected_change) desc,
    question.question_id
limit $most
