-- break_rule: adds a rule to what rows break that were found only when all had been typed. Grain: row named in the table.
update checked
set broken = list_sort(list_append(broken, $number))
where source_row in (select source_row from {table})
