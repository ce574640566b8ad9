-- Lists of other departments beside the register: what each run found, what was decided about which row, by whom and why.
create table matching.run (
  county text not null, id uuid not null, region text collate "C" not null, number text not null, source text not null,
  file_id uuid not null, file_name text not null, file_bytes bigint not null,
  state text not null check (state in ('reading', 'unreadable', 'inspected', 'matching', 'done', 'failed')),
  failure jsonb, seen bytea, setup jsonb, tally jsonb, task_id uuid,
  created_by uuid not null, created_by_name text not null, created_at timestamptz not null, done_at timestamptz,
  primary key (county, id)
);
comment on table matching.run is 'One list of another department compared with the register of a place.';
comment on column matching.run.number is 'What people call it: BD-2026-0716-01, counted within county and day.';
comment on column matching.run.seen is 'Sheets, headings and guesses with sample cells, sealed: samples hold names and numbers.';
comment on column matching.run.tally is 'Rows by outcome when the run ended; their sums are those of the two lists.';
create index run_recent on matching.run (county, created_at desc);
select platform.protect('matching.run');

create table matching.settlement (
  county text not null, id uuid not null, region text collate "C" not null, run_id uuid not null, decision text not null, reason text not null,
  rows int not null, batch_id uuid, decided_by uuid not null, decided_by_name text not null, decided_at timestamptz not null, undone_at timestamptz, undone_by_name text,
  primary key (county, id)
);
comment on table matching.settlement is 'One decision over one row or many equal ones; undone as one.';
comment on column matching.settlement.batch_id is 'Import the people of these rows were proposed in.';
create index settlement_run on matching.settlement (county, run_id, decided_at desc);
select platform.protect('matching.settlement', 'select, insert, update');

create table matching.row (
  county text not null, id uuid not null, region text collate "C" not null, run_id uuid not null, source text not null, row int, elder_id uuid,
  kind text not null check (kind in ('different', 'possible', 'onlyOurs', 'onlyTheirs', 'twice', 'unreadable')), codes text[] not null,
  person_mark bytea, value_mark bytea, sealed bytea not null,
  state text not null check (state in ('open', 'waiting', 'settled', 'carried')), settlement_id uuid, decision text, remembered boolean not null default false, case_id uuid,
  first_asked_at timestamptz not null, settled_at timestamptz, carried_to uuid,
  primary key (county, id)
);
comment on table matching.row is 'What a person should look at: a row of their list, a person of ours, or both side by side. Rows that agree stand in matching.agreed.';
comment on column matching.row.row is 'The department''s own row number; null where only we have the person.';
comment on column matching.row.person_mark is 'Keyed index of who the row of their list is about, so that a decision is found again in the next list.';
comment on column matching.row.value_mark is 'Keyed index of what differs and how: another value asks again.';
comment on column matching.row.sealed is 'Their particulars, the differences and what speaks for whom, sealed with the county key.';
comment on column matching.row.remembered is 'Settled by a decision about the same matter in an earlier list.';
comment on column matching.row.carried_to is 'The newer run in which the same matter is open again.';
create index row_run on matching.row (county, run_id, state, kind, id);
create index row_open on matching.row (county, source, state, id);
create index row_settlement on matching.row (county, settlement_id) where settlement_id is not null;
create index row_case on matching.row (county, case_id) where case_id is not null;
select platform.protect('matching.row', 'select, insert, update, delete');

create table matching.agreed (
  county text not null, run_id uuid not null, part int not null, region text collate "C" not null, rows int[] not null, elder_ids uuid[] not null,
  primary key (county, run_id, part)
);
comment on table matching.agreed is 'Rows of their list that say the same as the register, some thousands a line.';
select platform.protect('matching.agreed', 'select, insert, delete');
