-- Looks back over past months: who was entitled and did not draw, who drew and was not entitled, as known on the day of the look.
create table lookback.scan (
  county text not null, id uuid not null, region text collate "C" not null, from_month text not null, to_month text not null, applied text not null check (applied in ('drawn', 'all')), items text[] not null,
  state text not null check (state in ('running', 'done', 'stopped')), task_id uuid, people int not null default 0, seconds double precision not null default 0,
  started_by uuid not null, started_by_name text not null, started_at timestamptz not null, done_at timestamptz,
  primary key (county, id)
);
comment on table lookback.scan is 'One look over a place and a range of months; its region is the place looked at.';
comment on column lookback.scan.applied is 'all: whoever had not applied counts as if; drawn: what begins with an application is owed to who draws it only.';
create index scan_recent on lookback.scan (county, started_at desc);
select platform.protect('lookback.scan', 'select, insert, update');

create table lookback.spell (
  county text not null, id uuid not null, region text collate "C" not null, scan_id uuid not null, elder_id uuid not null, item text not null, kind text not null check (kind in ('missed', 'overpaid')),
  from_month text not null, to_month text not null, months int not null, sum_fen bigint not null, unpriced int not null, code text not null,
  state text not null default 'open' check (state in ('open', 'handed', 'dismissed', 'closed')), reason text, case_id uuid, outcome text, changed_at timestamptz, changed_by_name text,
  primary key (county, id), foreign key (county, scan_id) references lookback.scan (county, id)
);
comment on table lookback.spell is 'Adjacent months of one person and item that were missed or overpaid; `unpriced` months are not in the sum, nothing here tells their amount.';
create index spell_scan on lookback.spell (county, scan_id, kind, item, id);
create index spell_case on lookback.spell (county, case_id) where case_id is not null;
select platform.protect('lookback.spell', 'select, insert, update, delete', 'elder_id');
