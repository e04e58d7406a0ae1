-- Each person named on a council tax account, as written. Grain: source row. The first who is liable is who the others are tied to.
with delivered as (
    select
        account.*,
        coalesce(liability_role, 'liable') as role,
        receipt.extract_id,
        receipt.as_at_date,
        row_number() over (
            partition by account_id
            order by
                coalesce(liable_to_date, receipt.as_at_date) < receipt.as_at_date,
                case coalesce(liability_role, 'liable') when 'liable' then 1 when 'joint_liable' then 2 else 3 end,
                source_row
        ) as place_on_account
    from council_tax.extract.council_tax as account
    cross join council_tax.extract.receipt as receipt
)
select
    'council_tax' as source, extract_id, source_row, role, source_person_id,
    title, forename, surname, full_name, birth_date, birth_date_original, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    liable_from_date as address_from_date, liable_to_date as address_to_date,
    least(as_at_date, coalesce(liable_to_date, as_at_date)) as seen_date,
    account_id as tie_key,
    -- Who has left an account is tied to nobody on it by having been there.
    case
        when place_on_account = 1 or liable_to_date < as_at_date then null
        when role = 'occupant' then 'household_member_of'
        else 'jointly_liable_with'
    end as tie
from delivered
