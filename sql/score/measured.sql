-- measured: what each measure found. Grain: reading of a measure x subject x event.
create or replace temp table measured (
    measure_n integer,
    subject_n bigint,
    event_n bigint,
    row_value double,
    person_value double,
    is_met_by_code boolean,
    is_indeterminate boolean,
    is_evidence boolean
)
