-- rejected: rows refused, with the rule and the row as delivered. Grain: rejected row x broken rule.
with offence as (
    select source_row, unnest(broken) as number from checked
)
select
    $file_name as file_name,
    offence.source_row,
    rule.rule,
    rule.column_name,
    rule.reason,
    rule.header_name,
    json_object({row_values}) as row_values
from offence
inner join rule on rule.number = offence.number
inner join delivered on delivered.source_row = offence.source_row
order by offence.source_row, offence.number
