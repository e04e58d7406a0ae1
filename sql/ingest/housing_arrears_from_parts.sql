-- housing_arrears: the rows of a set's tenants, each with its account, the account's last balance and the stage of its last action. Grain: row of the tenants' file.
-- A tenant's own address holds before the account's. Steps of one day are taken in the order in which recovery goes.
with balance as (
    select account_id, arrears_gbp, technical_arrears_gbp, balance_date
    from extract.balance
    qualify row_number() over (partition by account_id order by balance_date desc, file_number desc, source_row desc) = 1
),
step as (
    select
        account_id,
        max_by(
            arrears_stage,
            struct_pack(
                action_date,
                place := list_position(['none', 'letter', 'notice_served', 'court', 'possession_order', 'eviction'], arrears_stage),
                file_number
            )
        ) as arrears_stage
    from extract.action
    group by account_id
)
select
    tenant.* exclude (file_number) replace (
        tenant.source_row + tenant.file_number * $rows_a_file as source_row,
        if(tenant.address_line_1 is null, account.address_line_1, tenant.address_line_1) as address_line_1,
        if(tenant.address_line_1 is null, account.address_line_2, tenant.address_line_2) as address_line_2,
        if(tenant.address_line_1 is null, account.address_line_3, tenant.address_line_3) as address_line_3,
        if(tenant.address_line_1 is null, coalesce(account.postcode, tenant.postcode), tenant.postcode) as postcode,
        if(tenant.address_line_1 is null, coalesce(account.uprn, tenant.uprn), tenant.uprn) as uprn
    ),
    account.landlord, account.tenancy_from_date, account.tenancy_to_date, account.weekly_rent_gbp, account.is_breathing_space,
    balance.arrears_gbp, balance.technical_arrears_gbp, balance.balance_date,
    coalesce(step.arrears_stage, 'none') as arrears_stage
from extract.tenant as tenant
inner join extract.account as account using (account_id)
inner join balance using (account_id)
left join step using (account_id)
order by source_row
