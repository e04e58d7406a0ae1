-- earlier_place: places that waited already in the publication before for families off its list. Grain: household x framework.
insert into earlier_place by name
select household_id, framework_id, tier, arm, off_list_since_date
from previous.cohort.kept_place
