-- Who is on each benefit row, as written. Grain: source row x role. An award that has ended shows the address of its last day.
-- Partners and dependants stand in the claimant's row or in rows of their own; in these the claim's reference ties them to the claimant.
with delivered as (
    select
        benefit.*,
        receipt.extract_id,
        least(benefit.as_at_date, coalesce(award_to_date, benefit.as_at_date)) as seen_date,
        coalesce(claimant_role, 'claimant') as role,
        if(claim_id is null, source_row::varchar, concat('claim ', claim_id)) as tie_key
    from dwp_benefit.extract.dwp_benefit as benefit
    cross join dwp_benefit.extract.receipt as receipt
),
-- A claim delivered with several awards names its people once an award: the first claimant's row is who the others are tied to.
placed as (
    select *, role = 'claimant' and row_number() over (partition by tie_key, role order by source_row) > 1 as is_repeated
    from delivered
)
select
    'dwp_benefit' as source, extract_id, source_row, role,
    title, forename, surname, full_name, birth_date, birth_date_original, sex, nino as nino_text, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    seen_date,
    if(is_repeated, source_row::varchar, tie_key) as tie_key,
    case role when 'partner' then 'partner_of' when 'dependant' then 'household_member_of' end as tie,
    if(role = 'claimant', null, true) as is_declared_together
from placed
union all by name
select
    'dwp_benefit' as source, extract_id, source_row, 'partner' as role,
    partner_title as title, partner_forename as forename, partner_surname as surname, partner_full_name as full_name,
    partner_birth_date as birth_date, partner_birth_date_original as birth_date_original,
    -- Some offices write the claimant's number against both.
    nullif(partner_nino, nino) as nino_text, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    seen_date, if(is_repeated, source_row::varchar, tie_key) as tie_key, 'partner_of' as tie, true as is_declared_together
from placed
where coalesce(partner_surname, partner_full_name, partner_nino) is not null and role = 'claimant'
