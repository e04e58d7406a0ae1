-- The list in order of need, by tier as the framework orders them. Grain: household.
select
    ranking.tier,
    ranking.rank,
    ranking.household_id,
    ranking.arm,
    ranking.is_kept,
    ranking.tier_by_rule,
    ranking.fits_lower_since_date,
    family.headline_count,
    family.headlines_met,
    -- Lists of earlier versions have no ward.
    columns('^(district|cluster|ward)$'),
    family.first_identified_date,
    family.identifying_sources
from cohort.ranking as ranking
inner join cohort.family as family using (household_id, framework_id)
where ranking.framework_id = coalesce($framework, (select framework_id from audit.run))
    and ($tier::varchar is null or ranking.tier = $tier)
    and ($top::integer is null or ranking.rank <= $top)
order by ranking.tier nulls last, ranking.rank
