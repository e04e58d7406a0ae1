-- The person of each row of an optional source, as written; `source` is its name, and one that delivers no address leaves `address` out. Grain: source row.
-- What is past shows the address of its last day.
select
    '{source}' as source, receipt.extract_id, source_row, 'subject' as role, source_person_id,
    title, forename, surname, former_surname, full_name, birth_date, birth_date_original, sex, upn as upn_text, nino as nino_text,
    {address}
    least(receipt.as_at_date, coalesce(to_date, receipt.as_at_date)) as seen_date, source_row::varchar as tie_key
from {source}.extract.{source}
cross join {source}.extract.receipt as receipt
