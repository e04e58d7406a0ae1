-- gazetteer_town: what ends the addresses of many streets: towns and their quarters, which are no streets. Grain: name.
with part as (
    select
        gazetteer_row.address_text,
        -- The postcode is the text's last line, and may stand at the end of the address as well.
        unnest(list_slice(
            list_filter(
                string_split(upper(replace(regexp_replace(gazetteer_row.address_text, chr(31) || '[^' || chr(31) || ']*$', ''), chr(31), ', ')), ', '),
                lambda x: x <> '' and not regexp_matches(x, '[0-9]')
            ),
            -2, -1
        )) as street
    from gazetteer_row
)
select part.street
from part
inner join carried.standard_address as address on address.text = part.address_text
where part.street <> coalesce(address.street, '')
group by part.street
having count(distinct address.street) >= $streets_of_a_town_minimum
