-- address, at a glance: one key, or two areas and two house numbers, or anything else (15).
case
    when l.area is null or r.area is null then if(l.paon = r.paon and l.street is not null and r.street is not null, 15, 0)
    when l.address_key = r.address_key then if(l.is_shared_address or r.is_shared_address, 5, 7)
    when l.building = r.building then 15
    when l.area <> r.area and l.postcode_tail <> r.postcode_tail and l.city is null and r.city is null and l.paon <> r.paon then 1
    else 15
end
