-- What the run before worked out of texts that this run holds again. Grain: text.
select earlier.*
from earlier.carried.standard_{kind} as earlier
semi join given_text on given_text.text = earlier.text
