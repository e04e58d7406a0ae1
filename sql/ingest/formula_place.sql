-- formula_place: whether any cell of each column looks like a formula. Grain: one row.
select {places}
from delivered
