-- Scenarios of the policy lab: a text, the version it was tried against, and the figures as they came out when it was saved.
create table lab.scenario (
  county text not null, id uuid not null, region text collate "C" not null, item text not null, name text not null, base_version_id uuid, yaml text not null,
  figures jsonb not null, months jsonb not null, assumptions jsonb not null, created_by uuid not null, creator text not null, created_at timestamptz not null,
  primary key (county, id), unique (county, item, name)
);
comment on table lab.scenario is 'Immutable: a scenario is saved anew, never rewritten. Counts and sums only, no data about anybody.';
comment on column lab.scenario.base_version_id is 'Version of policies.version the text was begun from; null for one begun from nothing.';
create index scenario_item on lab.scenario (county, item, created_at desc);
select platform.protect('lab.scenario', 'select, insert, delete');
