-- home_second_parent: two parents whom one record of a child names at the child's own address. Grain: parent x other parent x dwelling x source.
-- Who knows one address of a family writes it for both, so that it says little of where either lives. A partner, a claim or a tenancy that the table tells of both says more.
with reference as (
    select given.given_n, given.source, unnest(string_split_regex(trim(given.value), '\s*[;,|]\s*')) as record_id
    from home_reference as given
    where given.kind = 'parent'
),

named as (
    select reference.given_n, parent.n, parent.source, child_home.dwelling_key
    from reference
    inner join home_record as child on child.given_n = reference.given_n
    inner join home_record as parent on parent.source = reference.source and parent.record_id = reference.record_id
    inner join home_address as child_home on child_home.address_key = child.address_key
    inner join home_address as parent_home on parent_home.address_key = parent.address_key and parent_home.dwelling_key = child_home.dwelling_key
)

select distinct one.n, other.n as other_n, one.source, one.dwelling_key
from named as one
inner join named as other on other.given_n = one.given_n and other.n <> one.n
anti join home_relation as relation
    on relation.n_l = least(one.n, other.n) and relation.n_r = greatest(one.n, other.n) and relation.kind in ('partner', 'kin', 'unit')
