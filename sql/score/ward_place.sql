-- ward_place: the places of the authority's wards.csv. Grain: place.
select
    unnest($kinds::varchar[]) as kind,
    unnest($places::varchar[]) as place,
    unnest($wards::varchar[]) as ward,
    unnest($districts::varchar[]) as district
