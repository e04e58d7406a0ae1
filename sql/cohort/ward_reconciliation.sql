-- Grain: framework x district x ward, the stages side by side.
pivot (from cohort.ward_reconciliation)
on stage in ('identified', 'in_review', 'verified', 'confirmed', 'rejected', 'in_service', 'near_miss', 'not_assessed')
using coalesce(sum(family_count), 0)::integer
group by framework_id, district, ward
order by framework_id, district = 'unplaced', district, ward = 'unplaced', ward
