-- staging.person_record. Grain: record. Originals are those of the row seen last.
with latest as (
    select rowid as appearance
    from standard_appearance
    qualify row_number() over (partition by record_id order by seen_date desc, extract_id desc, source_row desc, name_original, rowid) = 1
),
ranked as (
    select standard_appearance.*
    from standard_appearance
    semi join latest on latest.appearance = standard_appearance.rowid
),
summary as (
    select
        record_id,
        max(seen_date) as seen_date,
        min(birth_date_latest) as birth_date_latest,
        min(address_from_date) as address_from_date
    from standard_appearance
    group by record_id
)
select
    ranked.record_id, ranked.source, ranked.role, ranked.source_person_id,
    ranked.title, ranked.forename, ranked.middle_names, ranked.surname, ranked.former_surname, ranked.forename_phonetic, ranked.surname_phonetic,
    ranked.birth_date, ranked.birth_date_quality, summary.birth_date_latest, ranked.sex, ranked.nino, ranked.upn,
    placed.uprn, placed.saon, placed.paon, placed.street, placed.postcode, placed.address_key,
    coalesce(crowded.kind, placed.kind) as address_kind,
    summary.address_from_date, ranked.address_to_date,
    ranked.name_original, ranked.birth_date_original, ranked.address_original, summary.seen_date
from ranked
inner join summary on summary.record_id = ranked.record_id
inner join placed_record as placed on placed.record_id = ranked.record_id
left join crowded_address as crowded on crowded.address_key = placed.address_key
order by ranked.record_id
