-- Each need of an optional source. Grain: source row. An offence is one wherever it comes from: the police and the youth justice service tell it alike.
select
    concat_ws(':', appearance.extract_id, appearance.source_row, need_type) as event_id,
    appearance.record_id, '{source}' as source, appearance.extract_id, appearance.source_row,
    if(need_type = 'proven_offence', 'proven_offence', 'need') as event_type,
    from_date,
    to_date,
    receipt.as_at_date,
    need_type as code,
    if(need_type = 'proven_offence', 'offender', coalesce(need_role, 'subject')) as person_role,
    outcome as qualifier,
    coalesce(event_reference, concat_ws('|', need.source_person_id, need_type, from_date)) as occurrence_id
from {source}.extract.{source} as need
cross join {source}.extract.receipt as receipt
inner join standard_appearance as appearance on appearance.source = '{source}' and appearance.source_row = need.source_row
order by appearance.source_row
