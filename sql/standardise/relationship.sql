-- staging.relationship. Grain: record x record x type; row and extract are those of the latest statement.
-- In each row (rent account) the person without a tie is who the others are tied to.
with tied as (
    select
        other.record_id as record_id_l,
        anchor.record_id as record_id_r,
        other.tie as relationship_type,
        other.source, other.extract_id, other.source_row,
        case
            when other.address_text = anchor.address_text and other.address_original is not null then true
            when record_l.address_key is not null and record_r.address_key is not null then record_l.address_key = record_r.address_key
            else other.is_declared_together
        end as is_same_address,
        other.is_declared_together as is_living_together,
        other.contact_rank,
        least(other.seen_date, anchor.seen_date) as seen_date
    from standard_appearance as other
    inner join standard_appearance as anchor on anchor.source = other.source and anchor.tie_key = other.tie_key and anchor.tie is null
    inner join placed_record as record_l on record_l.record_id = other.record_id
    inner join placed_record as record_r on record_r.record_id = anchor.record_id
    where other.tie is not null and other.record_id <> anchor.record_id
)
select
    record_id_l, record_id_r, relationship_type, source,
    unnest(max_by(
        {
            extract_id: extract_id, source_row: source_row, is_same_address: is_same_address, is_living_together: is_living_together,
            contact_rank: contact_rank, seen_date: seen_date
        },
        (seen_date, extract_id, source_row)
    ))
from tied
group by record_id_l, record_id_r, relationship_type, source
order by record_id_l, record_id_r, relationship_type
