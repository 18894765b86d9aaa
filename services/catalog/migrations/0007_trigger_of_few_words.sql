-- The condition of a trigger is read and planned anew by each statement that changes the table. So what every sale asks
-- is told in few words and without functions; note_low_stock() looks closer at the few listings that pass.
drop trigger listing_runs_low on listing;
create trigger listing_runs_low after update of free_quantity, state on listing for each row
  when (new.free_quantity <= 3 or old.free_quantity <= 3)
  execute function catalog.note_low_stock();
