-- Cases: something a person must decide or do, always with an owner and a clock.
create table work.case (
  county text not null, id uuid not null, region text collate "C" not null, type text not null, key text not null,
  subject_id uuid, subject_name text, title_args jsonb not null default '{}', evidence jsonb, link text,
  state text not null, owner_kind text not null, owner_id uuid, owner_post text, owner_region text collate "C",
  due_at timestamptz, opened_at timestamptz not null, closed_at timestamptz, outcome text, revision int not null, data jsonb not null,
  primary key (county, id), unique (county, type, key),
  check (owner_id is not null or (owner_post is not null and owner_region is not null))
);
comment on table work.case is '`data` is the whole case as engines/casework decides it; the other columns repeat what lists are asked by. (type, key) opens a case once.';
create index case_open on work.case (region, due_at) where closed_at is null;
create index case_subject on work.case (county, subject_id) where subject_id is not null;
create index case_owner on work.case (county, owner_id) where closed_at is null;
select platform.protect('work.case', 'select, insert, update', 'subject_id');

create table work.clock (
  county text not null, id text not null, region text collate "C" not null, case_id uuid not null, due_at timestamptz not null, ended_at timestamptz,
  primary key (county, id), foreign key (county, case_id) references work.case (county, id)
);
comment on table work.clock is 'Clocks as rows: they survive any restart and fire once by their id.';
create index clock_due on work.clock (due_at) where ended_at is null;
select platform.protect('work.clock');

create table work.history (
  county text not null, id uuid not null, region text collate "C" not null, case_id uuid not null, at timestamptz not null, by_id uuid, by_name text, event jsonb not null, note text,
  primary key (county, id), foreign key (county, case_id) references work.case (county, id)
);
create index history_case on work.history (county, case_id, at);
select platform.protect('work.history', 'select, insert');
