-- school_term: every term with its days. Grain: academic year x term.
create or replace temp table school_term as
select
    unnest($academic_years)::integer as academic_year,
    unnest($terms) as term,
    unnest($from_dates)::date as from_date,
    unnest($to_dates)::date as to_date
