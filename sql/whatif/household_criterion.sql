-- household_criterion: what each variant of the framework finds: assessed anew where it differs, else what the run found to be met or missed by little.
-- Every household stands there under every variant, if only with a nameless criterion. Grain: household x variant x criterion.
select household_id, framework_id, criterion_id, headline, assessment, value, threshold
from cohort.assessed_criterion
union all
select found.household_id, variant.framework_id, found.criterion_id, found.headline, found.assessment, found.value, found.threshold
from run.cohort.household_criterion as found
inner join variant using (criterion_id)
where found.framework_id = $framework_id
    and (found.assessment = 'met' or (found.assessment = 'not_met' and found.value >= $near_miss_share * found.threshold))
union all
select assessed_household.household_id, variant.framework_id, '', '', 'not_met', null, null
from assessed_household
cross join (select distinct framework_id from variant) as variant
