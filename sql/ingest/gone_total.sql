-- Rows that stand no more: how many were replaced, and how many deleted.
select count(*) filter (not is_deleted), count(*) filter (is_deleted)
from gone
