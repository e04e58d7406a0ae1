-- How many accepted rows of a file of changes only take others away.
select count(*) from {change} where {change_type} = $deleted
