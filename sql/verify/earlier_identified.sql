-- earlier_identified: since when each household of the previous publication is known under frameworks other than the list's. Grain: household x framework.
insert into earlier_identified
select household_id, framework_id, first_identified_date
from previous.cohort.family
where framework_id <> $framework_id and first_identified_date is not null
