-- limb: the listed families by the limb of the rule that qualified them. Grain: limb.
select coalesce(qualifying_rule, '') as limb, count(*) as family_count
from cohort.family
where framework_id = $framework_id and status = 'verified'
group by limb
order by family_count desc, limb
