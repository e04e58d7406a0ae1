-- arm_found: the service with a place for each verified family, or that all places of its tier are taken; none where no places are offered.
-- Grain: household x framework.
select ranking.household_id, ranking.framework_id, coalesce(ranking.arm, 'waiting') as arm
from cohort.ranking as ranking
where exists (from place_offered as offered where offered.framework_id = ranking.framework_id and offered.tier is not distinct from ranking.tier)
