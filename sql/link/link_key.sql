-- link_key: by what else than its id a record is recognised when its content, or the supplier's reference, has changed. Grain: record.
-- A key says who somebody is well enough alone; where it falls on two people it is not used (former_person).
with contact as (
    -- Somebody whom a school knows only as a pupil's parent has no reference: the pupil's stands in.
    select relationship.record_id_l as record_id, min(coalesce(child.upn, child.reference)) as child_reference
    from staging.relationship as relationship
    inner join link_record as child on child.record_id = relationship.record_id_r
    where relationship.relationship_type = 'parent_of'
    group by relationship.record_id_l
)
select
    n,
    record_id,
    -- The supplier's reference, when forename and date of birth still fit it: holds through a change of surname or address.
    case
        when forename is null then null
        when reference is not null then left(md5(concat_ws(chr(31), 'reference', source, reference, forename, coalesce(birth_date::varchar, ''))), 16)
        when child_reference is not null then left(md5(concat_ws(chr(31), 'contact', source, child_reference, forename)), 16)
    end as reference_key,
    -- The same where the forename or the date of birth was written anew and the rest stands: a clerk mends or makes one mistake at a time.
    if(
        forename is null or surname is null or reference is null or address_key is null,
        null,
        left(md5(concat_ws(chr(31), 'rewritten', source, reference, left(forename, 1), surname, address_key)), 16)
    ) as rewritten_key,
    -- A National Insurance or pupil number: holds through any change but its own.
    if(coalesce(nino, upn) is null, null, left(md5('number' || chr(31) || coalesce(nino, upn)), 16)) as number_key,
    -- Name, date of birth and address: holds when the supplier gives new references.
    if(
        forename is null or surname is null or birth_date is null or is_placeholder or address_key is null,
        null,
        left(md5(concat_ws(chr(31), 'content', forename, surname, birth_date::varchar, address_key)), 16)
    ) as content_key
from link_record
left join contact using (record_id)
