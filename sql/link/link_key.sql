-- link_key: by what else than its id a record is recognised when its content, or the supplier's reference, has changed. Grain: record.
-- A key says who somebody is well enough alone; where it falls on two people it is not used (former_person).
select
    n,
    record_id,
    -- The supplier's reference, when forename and date of birth still fit it: holds through a change of surname or address.
    if(reference is null or forename is null, null, left(md5(concat_ws(chr(31), 'reference', source, reference, forename, coalesce(birth_date::varchar, ''))), 16))
        as reference_key,
    -- A National Insurance or pupil number: holds through any change but its own.
    if(coalesce(nino, upn) is null, null, left(md5('number' || chr(31) || coalesce(nino, upn)), 16)) as number_key,
    -- Name, date of birth and address: holds when the supplier gives new references.
    if(
        forename is null or surname is null or birth_date is null or is_placeholder or address_key is null,
        null,
        left(md5(concat_ws(chr(31), 'content', forename, surname, birth_date::varchar, address_key)), 16)
    ) as content_key
from link_record
