-- address: elsewhere, area, postcode, street, building (or a shared dwelling), misspelt (one dwelling with one part written differently), dwelling.
case
    when l.area is null or r.area is null then 0
    when l.address_key = r.address_key then if(l.is_shared_address or r.is_shared_address, 5, 7)
    when l.building = r.building then if(l.saon is distinct from r.saon or l.is_shared_address or r.is_shared_address, 5, 7)
    when l.paon = r.paon and l.street = r.street and l.saon is not distinct from r.saon and (l.area = r.area or l.city = r.city
        or levenshtein(l.postcode, r.postcode) <= 2) then 6
    when l.postcode = r.postcode then if(l.street is null or r.street is null or l.street = r.street
        or jaro_winkler_similarity(l.street, r.street) >= 0.9, if(l.paon = r.paon, 6, 3), 3)
    when l.street = r.street and (l.area = r.area or l.city = r.city) then 4
    when l.area = r.area or l.city = r.city then if(l.paon = r.paon and jaro_winkler_similarity(l.street, r.street) >= 0.9, 6, 2)
    else 1
end
