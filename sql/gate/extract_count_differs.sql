-- Grain: extract whose receipt does not account for every row: received, accepted and rejected, and the rows really there.
select extract.source
from audit.extract as extract
join counted_row as counted on counted.source = extract.source
where extract.run_id = $run_id
    and (
        extract.received_count <> extract.accepted_count + extract.rejected_count
        or extract.standing_count <> counted.standing_count
        or extract.rejected_count <> counted.rejected_count
    )
