-- receipt: what was delivered and what became of it. Grain: delivery.
select
    $extract_id as extract_id,
    $source as source,
    $delivery_number as delivery_number,
    $file_name as file_name,
    $file_sha256 as file_sha256,
    $file_bytes as file_bytes,
    $file_format as file_format,
    $encoding as encoding,
    $delimiter as delimiter,
    $delivered_date as delivered_date,
    $as_at_date as as_at_date,
    $received_count as received_count,
    $accepted_count as accepted_count,
    $rejected_count as rejected_count,
    $removed_count as removed_count,
    $profile_sha256 as profile_sha256,
    $agreement_id as agreement_id
