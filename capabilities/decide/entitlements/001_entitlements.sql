-- What people are entitled to is computed, never stored. This table only tells every process that many records of a county changed at once.
create table entitlements.stamp (county text primary key, imports bigint not null default 0, loads bigint not null default 0);
comment on table entitlements.stamp is 'Counters, no data about anybody, so readable in every scope. `imports` is raised by the listener of imports and undone batches, whose events those with a narrow scope cannot see; `loads` by bulk loading that tells no events.';
grant select, insert, update on entitlements.stamp to songbai_app;
