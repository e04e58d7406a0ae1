-- dwp_benefit: the rows of a set's claimants, partners and dependants, each with the award of its claim. Grain: row of those files.
with on_claim as (
    select *, 'claimant' as claimant_role from extract.claimant
    union all by name
    select *, 'partner' as claimant_role from extract.partner
    union all by name
    select *, 'dependant' as claimant_role from extract.dependant
)
select
    on_claim.* exclude (file_number) replace (on_claim.source_row + on_claim.file_number * $rows_a_file as source_row),
    claim.* exclude (claim_id, source_row)
from on_claim
inner join extract.claim as claim using (claim_id)
order by source_row
