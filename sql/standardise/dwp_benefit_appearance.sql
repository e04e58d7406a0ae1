-- The claimant and the partner of each benefit row, as written. Grain: source row x role. An award that has ended shows the address of its last day.
with delivered as (
    select benefit.*, receipt.extract_id, least(benefit.as_at_date, coalesce(award_to_date, benefit.as_at_date)) as seen_date
    from dwp_benefit.extract.dwp_benefit as benefit
    cross join dwp_benefit.extract.receipt as receipt
)
select
    'dwp_benefit' as source, extract_id, source_row, 'claimant' as role,
    title, forename, surname, full_name, birth_date, birth_date_original, sex, nino as nino_text, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    seen_date, source_row::varchar as tie_key, null::varchar as tie, null::boolean as is_declared_together
from delivered
union all by name
select
    'dwp_benefit' as source, extract_id, source_row, 'partner' as role,
    partner_title as title, partner_forename as forename, partner_surname as surname, partner_full_name as full_name,
    partner_birth_date as birth_date, partner_birth_date_original as birth_date_original,
    -- Some offices write the claimant's number against both.
    nullif(partner_nino, nino) as nino_text, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    seen_date, source_row::varchar as tie_key, 'partner_of' as tie, true as is_declared_together
from delivered
where coalesce(partner_surname, partner_full_name, partner_nino) is not null
