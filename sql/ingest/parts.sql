-- parts: the further files of the set in an attached extract. Grain: file.
from delivered.extract.part
order by file_number
