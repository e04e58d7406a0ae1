-- measured_before: what measures whose silence means "not met" would have found before their windows. Grain: reading of a measure x subject x event.
create or replace temp table measured_before (measure_n integer, subject_n bigint, event_n bigint)
