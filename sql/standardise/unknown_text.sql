-- Texts that nobody has worked out yet. Grain: text.
select given_text.text
from given_text
anti join carried.standard_{kind} as known on known.text = given_text.text
