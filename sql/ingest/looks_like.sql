-- looks_like: how many unreadable dates of a column each other format would read. Grain: one row, a column a format.
select count(*) as unread_count, {formats}
from (select tidy({cell}) as text from delivered)
where text is not null and as_date(text, $expected) is null
