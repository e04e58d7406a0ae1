-- Grain: one household id of the register: whether any of its people is in the present data, and the last run that saw one.
-- A run's id begins with its as-of date, so the greatest is the latest.
select bool_or(is_present) as is_present, max(last_seen_run_id) as last_seen_run_id
from register.household
where household_id = $household_id
group by household_id
