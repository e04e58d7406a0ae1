-- latest_birth_date: impossible, possible. Where one side has no date of birth but a latest possible one, as a pupil's parent has: could the other date be theirs?
case
    when (l.birth_date is null) = (r.birth_date is null) then 0
    when l.birth_date_latest is null or r.birth_date_latest is null then 0
    when coalesce(l.birth_date, r.birth_date) <= if(l.birth_date is null, l.birth_date_latest, r.birth_date_latest) then 2
    else 1
end
