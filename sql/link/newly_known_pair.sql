-- What the next run need not compare again: levels that the two records alone decide. Grain: candidate pair that was compared.
-- A skeleton: matching.known puts in the bits of the other levels.
select n_l, n_r, pattern & ~{others}::ubigint as pattern, is_vetoed
from compared_pair
