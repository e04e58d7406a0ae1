-- Grain: source whose standing rows fell below those of its extract before by more than the share that is told, and nobody allowed it.
select source
from audit.extract
where run_id = $run_id and not is_fall_allowed and standing_count < (1 - warn_fall) * previous_accepted_count
