-- Each term of an academic year, year and term joined. Grain: text.
select distinct academic_year || chr(31) || term
from school_attendance.extract.school_attendance
