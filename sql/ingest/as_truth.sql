-- as_truth(x): the truth value of a decoded text, or null.
create or replace temp macro as_truth(x) as
    case x when 'true' then true when 'false' then false end
