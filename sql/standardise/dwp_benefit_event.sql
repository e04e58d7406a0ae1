-- Each award of the claimant. Grain: source row. Universal Credit alone says whether the claimant works: by its conditionality, or where that is not given by earnings.
select
    concat_ws(':', appearance.extract_id, appearance.source_row, 'benefit', 'claimant') as event_id,
    appearance.record_id, 'dwp_benefit' as source, appearance.extract_id, appearance.source_row,
    'benefit' as event_type,
    award_from_date as from_date,
    award_to_date as to_date,
    as_at_date,
    benefit_type as code,
    'claimant' as person_role,
    conditionality as qualifier,
    concat_ws('|', benefit.nino, benefit_type, award_from_date) as occurrence_id,
    case
        when benefit_type <> 'UC' then null
        when conditionality is not null then conditionality in ('working_no_requirements', 'working_with_requirements')
        else earnings_gbp > 0
    end as is_in_work
from dwp_benefit.extract.dwp_benefit as benefit
inner join standard_appearance as appearance
    on appearance.source = 'dwp_benefit' and appearance.source_row = benefit.source_row and appearance.role = 'claimant'
order by appearance.source_row
