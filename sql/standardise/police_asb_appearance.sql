-- The nominal of each police row, as written. Grain: source row. Rows that name nobody fall out once their names are standardised.
select
    'police_asb' as source, receipt.extract_id, source_row, 'nominal' as role, source_person_id,
    title, forename, surname, former_surname, full_name, birth_date, birth_date_original, sex, uprn as uprn_text,
    address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,
    incident_date as seen_date, source_row::varchar as tie_key
from police_asb.extract.police_asb
cross join police_asb.extract.receipt as receipt
