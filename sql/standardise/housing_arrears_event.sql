-- Each tenant's rent account. Grain: source row. Members of the household who hold no tenancy owe no rent.
select
    concat_ws(':', appearance.extract_id, appearance.source_row, 'rent_account', tenant_role) as event_id,
    appearance.record_id, 'housing_arrears' as source, appearance.extract_id, appearance.source_row,
    'rent_account' as event_type,
    coalesce(tenancy_from_date, balance_date) as from_date,
    tenancy_to_date as to_date,
    balance_date as as_at_date,
    arrears_stage as code,
    tenant_role as person_role,
    account_id as occurrence_id,
    weekly_rent_gbp,
    arrears_gbp,
    technical_arrears_gbp,
    is_breathing_space
from housing_arrears.extract.housing_arrears as arrears
inner join standard_appearance as appearance on appearance.source = 'housing_arrears' and appearance.source_row = arrears.source_row
where tenant_role in ('tenant', 'joint_tenant')
order by appearance.source_row
