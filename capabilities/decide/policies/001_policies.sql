-- Rules as data, with their states. Law is no tenant's secret: every version of a published rule is readable in every scope, and what
-- is not yet published is shown by the actions only to those whose places it is for. So this table is a dictionary, without row-level security.
create table policies.version (
  id uuid primary key, item text not null, region text collate "C" not null, number int not null,
  state text not null check (state in ('draft', 'inReview', 'published', 'withdrawn')),
  yaml text not null, upper_number int, source_path text, sample boolean not null default false, title jsonb not null,
  effective_from date, effective_to date, note text,
  drafted_by uuid not null, drafter text not null, drafted_at timestamptz not null, submitted_by uuid,
  reviewed_by uuid, reviewer text, reviewed_at timestamptz,
  withdrawn_by uuid, withdrawn_at timestamptz,
  unique (item, region, number),
  check (state not in ('published', 'withdrawn') or effective_from is not null)
);
comment on table policies.version is 'One row for each version of one item of one issuing region. The text of a published version never changes; only its last day may be set.';
comment on column policies.version.region is 'Twelve-digit code of the issuing region; twelve zeros is the country.';
comment on column policies.version.upper_number is 'Version of the upper policy named by `extends` when this one was written: a later version above changes nothing here until this region adopts it.';
comment on column policies.version.source_path is 'File of packs/ the text came from; null for one written by a clerk.';
comment on column policies.version.effective_to is 'Last day, inclusive; null is open.';
create index version_state on policies.version (state, region);
grant select, insert, update on policies.version to songbai_app;
