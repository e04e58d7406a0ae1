-- given_text: the texts of one kind that this run holds. Grain: text.
create or replace temp table given_text (text) as
{texts}
