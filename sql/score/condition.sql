-- condition: what criteria ask, each once, however many frameworks ask it. Grain: measure's reading x subject x ages x threshold x districts.
select distinct on (criterion_n)
    criterion_n,
    measure_n,
    sources,
    undelivered,
    is_delivered,
    silence,
    is_for_expecting,
    subject,
    age_from,
    age_to,
    is_school_age,
    operator,
    threshold,
    unit,
    window_from,
    window_to,
    districts,
    wards
from criterion
order by criterion_n
