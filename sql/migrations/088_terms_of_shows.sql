-- Entries of the journal that change a show carry its terms as of then (terms_of), for events.
-- Nothing changes but functions: by its number older servers know that they must not put theirs
-- back. Entries from before stay as they are; their events tell of the show as it is.
select 1;
