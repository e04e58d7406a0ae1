-- looks_like: how many unreadable dates of a column each other format would read. Grain: one row, a column a format.
select count(*) as unread_count, {formats}
from (select replace(tidy({cell}), ' 24:00', ' 00:00') as text from delivered)
where text is not null and try_strptime(text, $expected) is null
