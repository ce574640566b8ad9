-- Lists that clerks bring: what each file is, what is the matter with which row, what was decided, what went in.
create table imports.batch (
  county text not null, id uuid not null, region text collate "C" not null,
  number text not null, file_id uuid not null, file_name text not null, file_bytes bigint not null,
  state text not null check (state in ('reading', 'unreadable', 'inspected', 'checking', 'checked', 'committing', 'committed', 'undoing', 'undone', 'stopped', 'failed')),
  failure jsonb, seen bytea, setup jsonb, counts jsonb, task_id uuid,
  created_by uuid not null, created_by_name text not null, created_at timestamptz not null,
  checked_at timestamptz, committed_at timestamptz, undone_at timestamptz, undo_reason text, after_id uuid,
  primary key (county, id)
);
comment on table imports.batch is 'One file on its way into the register; everything it brought can be undone as one.';
comment on column imports.batch.number is 'What people call it: IM-2026-0716-03, counted within county and day.';
comment on column imports.batch.failure is 'Why the file cannot be read: {code, args} of the sheets engine or of this capability.';
comment on column imports.batch.seen is 'Sheets, headings and guesses with sample cells, sealed: samples hold names and numbers.';
comment on column imports.batch.setup is 'What the clerk confirmed: sheet, heading rows, field by column, place and day of the list.';
comment on column imports.batch.counts is 'Rows by outcome and kinds of problems of the last dry run or commit.';
create index batch_recent on imports.batch (county, created_at desc);
select platform.protect('imports.batch');

create table imports.problem (
  county text not null, batch_id uuid not null, row int not null, region text collate "C" not null,
  state text not null check (state in ('error', 'question', 'ready', 'dropped', 'skipped', 'repaired', 'imported')),
  codes text[] not null, sealed bytea not null, fixed boolean not null default false, match_id uuid, decision text, decided_by text, decided_at timestamptz,
  primary key (county, batch_id, row)
);
comment on table imports.problem is 'Rows with something to say, by the clerk''s own row number: error and question stay out, ready goes in after a decision or a fix, dropped by decision, skipped is no person, repaired is a sample of rows changed by rule.';
comment on column imports.problem.codes is 'Severity and code of each finding: e:…, q:…, r:….';
comment on column imports.problem.sealed is 'Cells as in the file (after fixes), findings and original texts of fixed cells, sealed with the county key.';
comment on column imports.problem.match_id is 'Who in the register the row may be.';
comment on column imports.problem.fixed is 'The clerk corrected a cell here; the file itself stays as it was.';
create index problem_state on imports.problem (county, batch_id, state, row);
select platform.protect('imports.problem', 'select, insert, update, delete');

create table imports.slice (
  county text not null, batch_id uuid not null, from_row int not null, region text collate "C" not null,
  to_row int not null, rows int[] not null, elder_ids uuid[] not null, added boolean[] not null,
  primary key (county, batch_id, from_row)
);
comment on table imports.slice is 'Which row became or supplemented which elder, one line for each transaction of a commit; written with the people, so a commit goes on after the last slice.';
comment on column imports.slice.added is 'False: facts were added to somebody already in the register.';
select platform.protect('imports.slice', 'select, insert, delete');

create table imports.template (
  county text not null, id uuid not null, region text collate "C" not null, fingerprint text not null, fields jsonb not null,
  saved_by uuid not null, saved_at timestamptz not null,
  primary key (county, id)
);
comment on table imports.template is 'Headings seen before and what their columns were taken for; applied only when all headings are equal.';
create index template_fingerprint on imports.template (county, fingerprint, saved_at desc);
select platform.protect('imports.template');
