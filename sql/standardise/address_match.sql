-- staging.address_match. Grain: record whose address the council's gazetteer knows, or says is a building's.
select
    record.record_id,
    record.source,
    placed.known_uprn as uprn,
    placed.parent_uprn,
    placed.class_code,
    placed.match_round
from staging.person_record as record
inner join placed_record as placed on placed.record_id = record.record_id
where placed.match_round = 'building' or placed.class_code is not null
order by record.record_id
