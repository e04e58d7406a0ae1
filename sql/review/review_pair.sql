-- review_pair: pairs that a person should settle, values side by side, and why they are asked about. Grain: pair; those nearest to a link first.
with weighed as (
    select
        *,
        list_transform(
            string_split(weights, '; '),
            lambda w: {'bits': split_part(w, '=', 2)::double, 'part': replace(split_part(w, '=', 1), '_', ' ')}
        ) as parts
    from linked.scored_pair
    where outcome = 'review'
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
)
select
    pair.record_id_l,
    pair.record_id_r,
    pair.match_probability,
    case
        when pair.decision = 'unsure' then 'A person looked and was unsure.'
        when pair.match_probability < $link_probability then 'Alike, but not enough to link.'
        else 'Alike enough to link, but other records speak against it.'
    end
    || if(len(pair.pro) = 0, '', ' For: ' || array_to_string(pair.pro, ', ') || '.')
    || if(len(pair.contra) = 0, '', ' Against: ' || array_to_string(pair.contra, ', ') || '.') as why,
    pair.levels,
    pair.weights,
    pair.decision,
    l.source as source_l, r.source as source_r,
    l.role as role_l, r.role as role_r,
    l.name_original as name_l, r.name_original as name_r,
    l.birth_date_original as birth_date_l, r.birth_date_original as birth_date_r,
    l.sex as sex_l, r.sex as sex_r,
    l.address_original as address_l, r.address_original as address_r,
    l.postcode as postcode_l, r.postcode as postcode_r
from spoken as pair
inner join staging.person_record as l on l.record_id = pair.record_id_l
inner join staging.person_record as r on r.record_id = pair.record_id_r
order by pair.match_probability desc, pair.record_id_l, pair.record_id_r
limit $most
