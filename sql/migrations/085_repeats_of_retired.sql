-- Repeating a show on dates that are there already is answered as before where its plan was retired
-- since (repeat_show). Nothing changes but a function: by its number older servers know that they
-- must not put theirs back.
select 1;
