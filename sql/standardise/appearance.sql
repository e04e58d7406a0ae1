-- appearance: a person in a delivered row, as written; each source's file adds its own. Grain: source row x role x contact.
-- tie_key and tie say who is tied to whom: within a source and key, the one without a tie is who the others are tied to.
create or replace temp table appearance (
    source varchar not null,
    extract_id varchar not null,
    source_row bigint not null,
    role varchar not null,
    source_person_id varchar,
    title varchar,
    forename varchar,
    middle_names varchar,
    surname varchar,
    former_surname varchar,
    full_name varchar,
    birth_date date,
    birth_date_original varchar,
    birth_date_latest date,
    sex varchar,
    nino_text varchar,
    upn_text varchar,
    uprn_text varchar,
    line_1 varchar,
    line_2 varchar,
    line_3 varchar,
    postcode_text varchar,
    address_from_date date,
    address_to_date date,
    seen_date date not null,
    child_reference varchar,
    tie_key varchar not null,
    tie varchar,
    is_declared_together boolean,
    contact_rank integer,
    name_text varchar generated always as (
        coalesce(title, '') || chr(31) || coalesce(forename, '') || chr(31) || coalesce(middle_names, '') || chr(31) || coalesce(surname, '')
        || chr(31) || coalesce(former_surname, '') || chr(31) || coalesce(full_name, '')
    ),
    address_text varchar generated always as (
        coalesce(line_1, '') || chr(31) || coalesce(line_2, '') || chr(31) || coalesce(line_3, '') || chr(31) || coalesce(postcode_text, '')
    )
)
