-- Grain: framework x district, the stages side by side.
pivot (from cohort.reconciliation)
on stage in ('indicative', 'identified', 'in_review', 'verified', 'confirmed', 'rejected', 'in_service', 'near_miss', 'not_assessed')
using coalesce(sum(family_count), 0)::integer
group by framework_id, district
order by framework_id, district = 'unplaced', district
