-- Each person named on a rent account, as written. Grain: source row. The first tenant is who the others are tied to.
with delivered as (
    select
        arrears.*,
        receipt.extract_id,
        row_number() over (
            partition by account_id
            order by case tenant_role when 'tenant' then 1 when 'joint_tenant' then 2 else 3 end, source_row
        ) as place_on_account
    from housing_arrears.extract.housing_arrears as arrears
    cross join housing_arrears.extract.receipt as receipt
)
select
    'housing_arrears' as source, extract_id, source_row, tenant_role as role, source_person_id,
    title, forename, surname, full_name, birth_date, birth_date_original, nino as nino_text, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    tenancy_from_date as address_from_date, tenancy_to_date as address_to_date,
    least(balance_date, coalesce(tenancy_to_date, balance_date)) as seen_date,
    account_id as tie_key,
    case when place_on_account = 1 then null when tenant_role = 'household_member' then 'household_member_of' else 'joint_tenant_of' end as tie
from delivered
