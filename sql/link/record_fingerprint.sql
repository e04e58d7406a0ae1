-- record_fingerprint: what comparing reads of a record alone, its id included, as one number. Grain: record.
-- Left out is what other records decide too: numbers, shares of names, company. A column that link_record gains is in it until it is named here,
-- so that what is forgotten costs a comparison and never an answer.
with own as (
    select
        * exclude (
            source_n, forename_n, surname_n, forename_share, surname_share, further_address_share, dwelling_record_count,
            kin_names, kin_births, kin_names_mark, kin_births_mark
        )
        replace (list_sort(surname_parts) as surname_parts)
    from link_record
)
select n, hash(*columns(* exclude (n))) as fingerprint
from own
