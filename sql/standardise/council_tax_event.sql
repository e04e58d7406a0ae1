-- Each liability for council tax. Grain: source row. The discount says whether one adult lives there.
select
    concat_ws(':', appearance.extract_id, appearance.source_row, 'council_tax') as event_id,
    appearance.record_id, 'council_tax' as source, appearance.extract_id, appearance.source_row,
    'council_tax' as event_type,
    coalesce(liable_from_date, receipt.as_at_date) as from_date,
    liable_to_date as to_date,
    receipt.as_at_date,
    coalesce(discount, 'none') as code,
    coalesce(liability_role, 'liable') as person_role,
    account_id as occurrence_id
from council_tax.extract.council_tax as account
cross join council_tax.extract.receipt as receipt
inner join standard_appearance as appearance on appearance.source = 'council_tax' and appearance.source_row = account.source_row
order by appearance.source_row
