-- The platform's own tables. Tenant key `county` (the six-digit code a county was born with) leads every key.
do $$ begin
  if not exists (select from pg_roles where rolname = 'songbai_app') then create role songbai_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'songbai_platform') then create role songbai_platform nologin; end if;
end $$;
do $$ begin
  if not pg_has_role(current_user, 'songbai_app', 'member') then execute format('grant songbai_app to %I', current_user); end if;
  if not pg_has_role(current_user, 'songbai_platform', 'member') then execute format('grant songbai_platform to %I', current_user); end if;
end $$;
grant usage on schema platform to songbai_app, songbai_platform;

-- Scope of the running transaction. A setting left over from an earlier transaction is the empty string, and an empty prefix
-- would match every row: nullif makes "never set" and "left over" both mean "nothing".
create function platform.region_from() returns text language sql stable parallel safe as $$ select nullif(current_setting('app.region_from', true), '') $$;
create function platform.region_to() returns text language sql stable parallel safe as $$ select nullif(current_setting('app.region_to', true), '') $$;
create function platform.region_likes() returns text[] language sql stable parallel safe as $$ select nullif(current_setting('app.region_likes', true), '')::text[] $$;
create function platform.subject_ids() returns uuid[] language sql stable parallel safe as $$ select nullif(current_setting('app.subject_ids', true), '')::uuid[] $$;

-- Puts a tenant table under row-level security: rows of the actor's places, and rows about the actor's own people.
-- The scalar sub-selects make PostgreSQL read the settings once a statement and use the range as an index condition.
create function platform.protect(target regclass, privileges text default 'select, insert, update', subject_column text default null) returns void language plpgsql as $$
declare
  here text := 'region >= (select platform.region_from()) and region < (select platform.region_to()) and region like any ((select platform.region_likes())::text[])';
  seen text := here;
begin
  if subject_column is not null then seen := format('(%s) or %I = any ((select platform.subject_ids())::uuid[])', here, subject_column); end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy scope on %s to songbai_app using (%s) with check (%s)', target, seen, seen);
  execute format('grant %s on %s to songbai_app', privileges, target);
end $$;

create table platform.command (
  county text not null, id uuid not null, action text not null, actor_id uuid not null,
  answer jsonb, at timestamptz not null,
  primary key (county, id)
);
comment on table platform.command is 'One row for each command ever taken; the stored answer is what a repeat gets. Never deleted.';
grant select, insert, update on platform.command to songbai_app;

create table platform.audit (
  county text not null, id uuid not null, region text collate "C" not null,
  at timestamptz not null, actor_id uuid not null, actor_name text not null, actor_kind text not null, door text not null,
  action text not null, outcome text not null, subject_id uuid, what text, purpose text, command_id uuid,
  seq bigint, prev_hash text, hash text,
  primary key (county, id)
);
comment on table platform.audit is 'Append-only log of every change and every look at sensitive fields: ids and field names, never values. The sequencer numbers committed rows and chains their hashes.';
create index audit_unnumbered on platform.audit (county, at) where seq is null;
create unique index audit_seq on platform.audit (county, seq);
create index audit_subject on platform.audit (county, subject_id, at desc) where subject_id is not null;
create index audit_at on platform.audit (county, at desc);
select platform.protect('platform.audit', 'select, insert', 'subject_id');
create policy sequencer on platform.audit to songbai_platform using (true);
grant select, insert, update (seq, prev_hash, hash) on platform.audit to songbai_platform;
create policy platform_lines on platform.audit for insert to songbai_platform with check (true);

create table platform.event (
  county text not null, id uuid not null, region text collate "C" not null, type text not null, payload jsonb not null,
  actor_id uuid not null, at timestamptz not null, seq bigint,
  primary key (county, id)
);
comment on table platform.event is 'Outbox: written in the same transaction as the change, numbered after commit, delivered at least once per listener in that order.';
create index event_unnumbered on platform.event (county, at) where seq is null;
create unique index event_seq on platform.event (county, seq);
select platform.protect('platform.event', 'select, insert');
create policy sequencer on platform.event to songbai_platform using (true);
grant select, update (seq) on platform.event to songbai_platform;

create table platform.sequence (
  county text primary key, audit_seq bigint not null default 0, audit_hash text not null, event_seq bigint not null default 0
);
comment on table platform.sequence is 'Last number and last hash of each county; the row lock makes one sequencer at a time.';
grant select, insert, update on platform.sequence to songbai_platform;
grant select on platform.sequence to songbai_app;

create table platform.listener (
  county text not null, name text not null, seq bigint not null, failed_at timestamptz, failure text,
  primary key (county, name)
);
grant select, insert, update on platform.listener to songbai_platform;

create table platform.job_run (
  county text not null, job text not null, period text not null, started_at timestamptz not null, finished_at timestamptz, failure text,
  primary key (county, job, period)
);
grant select, insert, update on platform.job_run to songbai_platform;

create table platform.task (
  county text not null, id uuid not null, region text collate "C" not null, kind text not null, input jsonb not null,
  actor jsonb not null, state text not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  done bigint not null default 0, total bigint not null default 0, info jsonb not null default '{}', saved jsonb, result jsonb, failure text,
  cancel_asked boolean not null default false, created_at timestamptz not null, started_at timestamptz, beat_at timestamptz, finished_at timestamptz,
  primary key (county, id)
);
comment on table platform.task is 'Long work (imports, exports, batches): progress, request to stop, what a restarted run needs to go on.';
create index task_open on platform.task (created_at) where state in ('waiting', 'running');
select platform.protect('platform.task');
create policy runner on platform.task to songbai_platform using (true) with check (true);
grant select, update on platform.task to songbai_platform;

create table platform.file (
  county text not null, id uuid not null, region text collate "C" not null, name text not null, media_type text not null,
  bytes bigint not null, sha256 bytea not null, kind text not null, created_by uuid not null, created_at timestamptz not null, removed_at timestamptz,
  primary key (county, id)
);
comment on table platform.file is 'Uploads and exports; the bytes lie sealed with the county key in the files folder under their id.';
select platform.protect('platform.file');

create table platform.session (
  token_hash bytea primary key, id uuid not null unique, user_id uuid not null, level text not null check (level in ('full', 'factor', 'partial')), csrf text not null,
  created_at timestamptz not null, seen_at timestamptz not null, expires_at timestamptz not null, ended_at timestamptz
);
comment on table platform.session is 'Sign-ins: only the hash of the token is kept. Ends after 30 idle minutes, 12 hours at most.';
create index session_of_user on platform.session (user_id);
grant select, insert, update on platform.session to songbai_platform;
