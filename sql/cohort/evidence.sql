-- Grain: framework x criterion x source row of one household, with the file the row stands in.
select
    evidence.framework_id,
    evidence.criterion_id,
    evidence.person_id,
    evidence.source,
    row_file.file_name,
    evidence.source_row - coalesce(row_file.rows_before, 0) as file_row,
    evidence.source_row,
    evidence.from_date,
    evidence.to_date,
    evidence.value,
    evidence.link_probability,
    evidence.membership_probability,
    evidence.is_confirmed,
    evidence.extract_id,
    row_file.file_sha256,
    evidence.record_id,
    evidence.event_id
from cohort.evidence as evidence
left join row_file
    on row_file.extract_id = evidence.extract_id
    and row_file.rows_before = (evidence.source_row - 1) // $rows_a_file * $rows_a_file
where evidence.household_id = $household_id
order by evidence.framework_id, evidence.criterion_id, evidence.from_date desc, evidence.event_id
