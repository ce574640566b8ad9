-- A later look asks what an older one decided about the same person and item.
create index spell_elder on lookback.spell (county, elder_id, item);
