-- earlier_place: where each family stood in the ranking of the publication before. Grain: household x framework.
insert into earlier_place by name
select household_id, framework_id, tier, arm, fits_lower_since_date
from previous.cohort.ranking
