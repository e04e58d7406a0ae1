-- Grain: file behind an extract whose rows are not all accounted for: received, accepted or rejected; standing, replaced, deleted or deleting; really there.
select file.source, file.file_number
from audit.extract_file as file
left join counted_file as counted using (source, file_number)
where file.run_id = $run_id
    and (
        file.received_count <> file.accepted_count + file.rejected_count
        or file.accepted_count <> file.standing_count + file.replaced_count + file.deleted_count + file.deletion_count
        or (file.part in ('full', 'changes') and file.standing_count <> coalesce(counted.standing_count, 0))
    )
