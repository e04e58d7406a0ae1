-- link_declared where no source declares anything: empty. Grain: pair of records.
select 1 as n_l, 1 as n_r
where false
