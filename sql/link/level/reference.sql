-- reference: different, reissued, exact. The police open a new reference for a known person now and then; a school or a landlord hardly ever.
case
    when l.source <> r.source or l.reference is null or r.reference is null then 0
    when l.reference = r.reference then 3
    when l.source = 'police_asb' then 2
    else 1
end
