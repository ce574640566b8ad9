-- The registry's statements lead with county and an index column of their own; see platform.screen.
select platform.screen('elders.elder', 'id');
select platform.screen('elders.fact', 'elder_id');
select platform.screen('elders.contact', 'elder_id');
select platform.screen('elders.residence', 'elder_id');
select platform.screen('elders.life_event', 'elder_id');
