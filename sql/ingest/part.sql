-- part: one further file of a set, and what became of its rows. Grain: file.
select
    $file_number as file_number,
    $part as part,
    $file_name as file_name,
    $file_sha256 as file_sha256,
    $file_bytes as file_bytes,
    $file_format as file_format,
    $encoding as encoding,
    $delimiter as delimiter,
    $received_count as received_count,
    $accepted_count as accepted_count,
    $rejected_count as rejected_count,
    $repaired_count as repaired_count,
    $removed_count as removed_count
