-- The district and ward of families; lists of earlier versions have no ward. Grain: district x ward.
select distinct columns('^(district|ward)$')
from cohort.family
