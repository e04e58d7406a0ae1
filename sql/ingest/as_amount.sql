-- as_amount(x): an amount's digits, without pound sign and thousands commas; null when it is no amount.
-- Brackets, a minus behind the digits and CR (in credit) are read as minus, DR (owed) as nothing.
-- A bracket without its other half is refused: the sign would be a guess.
-- A comma before two digits is refused: it may be a decimal point.
create or replace temp macro as_amount(x) as
    case
        when regexp_full_match(replace(x, ' ', ''), '(-?£?|£-)(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?|\(£?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\)')
            then replace(replace(replace(replace(replace(x, ' ', ''), '£', ''), ',', ''), '(', '-'), ')', '')
        when regexp_full_match(replace(x, ' ', ''), '£?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(-|CR|DR)', 'i')
            then regexp_replace(regexp_replace(regexp_replace(x, '[ £,]', '', 'g'), 'DR$', '', 'i'), '^(.*?)(-|CR)$', '-\1', 'i')
    end
