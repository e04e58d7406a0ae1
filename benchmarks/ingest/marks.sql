-- marks: 400 marks of one school year a pupil, as a MIS exports them; about one row in forty must be rejected or repaired. Grain: pupil x session.
select
    'A' || lpad((n // 400)::varchar, 7, '0') as "Pupil ID",
    (100000 + (n // 400) // 900)::varchar || if(hash(n + $seed) % 97 = 0, '.0', '') as "School URN",
    strftime(date '2025-09-01' + ((n % 400) // 2)::integer, '%d/%m/%Y') || if(hash(n + $seed) % 151 = 1, '?', '') as "Date",
    if(n % 2 = 0, 'AM', 'PM') as "Session",
    case
        when hash(n + $seed) % 100 < 92 then if(n % 2 = 0, '/', '\')
        else ['I', 'M', 'O', 'G', 'U', 'N', 'L', 'B', 'D', '#', 'E', 'H'][1 + (hash(n + $seed) // 100 % 12)::integer]
    end as "Mark"
from range($marks) as sessions(n)
