-- without_text_formula(x): the text of ="...", which is how a text is kept from becoming a number in a spreadsheet; anything else as it is.
create or replace temp macro without_text_formula(x) as
    case when regexp_full_match(trim(x), '="[^"]*"') then substr(trim(x), 3, length(trim(x)) - 3) else x end
