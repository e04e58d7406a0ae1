-- address: elsewhere, area, postcode, street, building (or a shared dwelling), misspelt (one dwelling with one part written differently), dwelling.
-- Areas are alike when sector or town agree, or the postcode but for one sign.
case
    when l.area is null or r.area is null then
        -- Without a postcode house and street still tell one home, but never two.
        if(l.paon = r.paon and l.saon is not distinct from r.saon and jaro_winkler_similarity(l.street, r.street) >= 0.9, 6, 0)
    when l.address_key = r.address_key then if(l.is_shared_address or r.is_shared_address, 5, 7)
    when l.building = r.building then if(l.saon is distinct from r.saon or l.is_shared_address or r.is_shared_address, 5, 7)
    -- Of two areas and two house numbers nothing but a street's name could agree.
    when l.area <> r.area and l.postcode_tail <> r.postcode_tail and l.city is null and r.city is null and l.paon <> r.paon then 1
    when jaro_winkler_similarity(l.street, r.street) >= 0.9 then
        case
            when l.area = r.area or l.city = r.city or jaro_winkler_similarity(l.city, r.city) >= 0.9 or damerau_levenshtein(l.postcode, r.postcode) <= 1
                then if(l.paon = r.paon and l.saon is not distinct from r.saon, 6, 4)
            when l.paon = r.paon then 4
            else 2
        end
    when l.postcode = r.postcode then if(l.paon = r.paon and (l.street is null or r.street is null), 6, 3)
    when l.area = r.area or l.city = r.city or jaro_winkler_similarity(l.city, r.city) >= 0.9 then 2
    else 1
end
