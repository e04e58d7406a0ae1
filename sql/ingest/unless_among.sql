-- unless_among(x, words): the text, or null when it is one of the words, which are given in upper case.
create or replace temp macro unless_among(x, words) as
    case when list_contains(words, upper(x)) then null else x end
