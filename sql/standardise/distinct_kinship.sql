-- Each word a school writes for a contact's relationship; empty where it writes none. Grain: text.
select distinct coalesce(relationship, '')
from school_attendance.extract.school_attendance
cross join unnest([contact_1_relationship, contact_2_relationship]) as _(relationship)
