-- as_amount(x): an amount's digits, without pound sign and thousands commas, brackets read as minus; null when it is no amount.
-- A comma before two digits is refused: it may be a decimal point.
create or replace temp macro as_amount(x) as
    case
        when regexp_full_match(replace(x, ' ', ''), '(-?£?|£-|\(£?)(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\)?')
            then replace(replace(replace(replace(replace(x, ' ', ''), '£', ''), ',', ''), '(', '-'), ')', '')
    end
