-- Elders, their facts and everything that is about one person. `region` of every row is the twelve-digit code of the elder's usual
-- residence, the most exact place known, and follows the elder on a move inside the county; a move to another county is a new row.
create table elders.elder (
  county text not null, id uuid not null, region text collate "C" not null, filed text collate "C" generated always as (region) stored,
  name text collate "C" not null, given text collate "C" not null, pinyin text collate "C" not null, initials text collate "C" not null,
  sex text check (sex in ('male', 'female')), birth_day date, birth_month text,
  ethnicity text, synthetic boolean not null default false,
  id_sealed bytea, id_index bytea, id_tail_index bytea, id_masked text,
  phone_sealed bytea, phone_index bytea, phone_tail_index bytea, phone_masked text,
  key_wrapped bytea not null,
  status text not null check (status in ('active', 'dead', 'movedOut', 'merged', 'undone')), status_on date,
  merged_into uuid, household_id uuid, address text, registered_region text collate "C",
  categories text[] not null default '{}',
  batch_id uuid, created_at timestamptz not null, changed_at timestamptz not null,
  primary key (county, id)
);
comment on table elders.elder is 'One row per elder: who it is now. What was true when lies in elders.fact; this row is its projection on today.';
comment on column elders.elder.pinyin is 'Sound without spaces: sort key (PGlite has no Chinese collation) and what is typed in a search.';
comment on column elders.elder.filed is 'The region again, for indexes. One on region itself would serve the row-level policy, which PostgreSQL takes for selective in every scope: a county clerk''s search then read the whole county (230 ms of 200,000 people against 0.2 ms).';
comment on column elders.elder.given is 'The name from its second character on: who is asked for without the family name is found by an index too.';
comment on column elders.elder.id_masked is 'First four and last two characters; the whole number is sealed with the person''s own key.';
comment on column elders.elder.categories is 'Category ids of today (packs/categories.yaml); recomputed when a fact changes and at midnight.';
create unique index elder_id_number on elders.elder (county, id_index) where id_index is not null and status not in ('merged', 'undone');
create index elder_place on elders.elder (county, filed, pinyin, id) where status in ('active', 'dead', 'movedOut');
create index elder_count on elders.elder (county, status) include (region, id);
create index elder_pinyin on elders.elder (county, pinyin, id);
create index elder_initials on elders.elder (county, initials, id);
create index elder_name on elders.elder (county, name, id);
create index elder_given on elders.elder (county, given, id);
create index elder_id_tail on elders.elder (county, id_tail_index);
create index elder_phone on elders.elder (county, phone_index);
create index elder_phone_tail on elders.elder (county, phone_tail_index);
create index elder_birth on elders.elder (county, birth_day);
create index elder_household on elders.elder (county, household_id) where household_id is not null;
create index elder_batch on elders.elder (county, batch_id) where batch_id is not null;
select platform.protect('elders.elder', 'select, insert, update', 'id');

create table elders.fact (
  county text not null, id uuid not null, elder_id uuid not null, region text collate "C" not null,
  key text not null, value jsonb, sealed bytea,
  valid_from date, valid_to date, source text not null, source_ref text,
  recorded_at timestamptz not null, recorded_by uuid not null, recorder text not null,
  superseded_at timestamptz, superseded_by uuid, reason text, batch_id uuid,
  primary key (county, id),
  check (valid_to is null or valid_from is null or valid_to > valid_from)
);
-- No foreign key to the elder: it took a third of the time of writing facts (5.6 s of 318,000 against 3.7 s), they are written in the elder's own
-- transaction or after it, and the application may delete neither.
comment on table elders.fact is 'A fact of the dictionary (packs/facts.yaml) with its validity [valid_from, valid_to) and who recorded it when. Never updated but for superseded_at: a correction is a new row.';
comment on column elders.fact.value is 'Value by the dictionary''s type; of a secret (idNumber, phone) only the masked form, the whole in `sealed`.';
comment on column elders.fact.superseded_by is 'The row that took its place, which may be none when a statement was withdrawn';
create index fact_elder on elders.fact (county, elder_id, key);
create index fact_batch on elders.fact (county, batch_id) where batch_id is not null;
create index fact_replaced on elders.fact (county, superseded_by) where superseded_by is not null;
select platform.protect('elders.fact', 'select, insert, update', 'elder_id');

create table elders.contact (
  county text not null, id uuid not null, elder_id uuid not null, region text collate "C" not null,
  name text not null, relation text not null, duty text not null check (duty in ('supporter', 'guardian', 'emergency', 'carer', 'neighbour')),
  rank int not null default 1, phone_sealed bytea, phone_masked text, phone_index bytea, note text,
  valid_from date, valid_to date, recorded_at timestamptz not null, recorded_by uuid not null, superseded_at timestamptz, batch_id uuid,
  primary key (county, id), foreign key (county, elder_id) references elders.elder (county, id)
);
comment on table elders.contact is 'Supporters (legal duty), guardian, ordered emergency contacts, carers, neighbours.';
create index contact_elder on elders.contact (county, elder_id);
create index contact_phone on elders.contact (county, phone_index) where phone_index is not null;
select platform.protect('elders.contact', 'select, insert, update', 'elder_id');

create table elders.residence (
  county text not null, id uuid not null, elder_id uuid not null, region text collate "C" not null,
  kind text not null check (kind in ('usual', 'registered', 'winterCamp', 'summerCamp', 'other')),
  place text collate "C" not null, address text, season_from text, season_to text, lon double precision, lat double precision,
  access_note text, phone_coverage text check (phone_coverage in ('good', 'weak', 'none')), schematic boolean not null default false,
  valid_from date, valid_to date, recorded_at timestamptz not null, recorded_by uuid not null, superseded_at timestamptz, batch_id uuid,
  primary key (county, id), foreign key (county, elder_id) references elders.elder (county, id)
);
comment on table elders.residence is 'Places an elder lives at; camps carry the season as MM-DD and WGS-84 coordinates. The place of the day is computed from it.';
comment on column elders.residence.place is 'Twelve-digit code of this place, which may differ from the elder''s own region.';
create index residence_elder on elders.residence (county, elder_id);
select platform.protect('elders.residence', 'select, insert, update', 'elder_id');

create table elders.life_event (
  county text not null, id uuid not null, elder_id uuid, region text collate "C" not null,
  kind text not null, on_day date not null, source text not null, source_ref text not null, payload jsonb not null default '{}',
  state text not null check (state in ('applied', 'conflict', 'unmatched', 'withdrawn')), detail text,
  recorded_at timestamptz not null, recorded_by uuid not null,
  primary key (county, id), unique (county, source, source_ref)
);
comment on table elders.life_event is 'Deaths, moves, hospital stays, benefits granted or stopped …, by file or API. (source, source_ref) makes the feed replayable: the same event again changes nothing.';
create index life_event_elder on elders.life_event (county, elder_id, on_day);
select platform.protect('elders.life_event', 'select, insert, update', 'elder_id');

create table elders.merge (
  county text not null, id uuid not null, region text collate "C" not null, keep_id uuid not null, drop_id uuid not null,
  reason text not null, moved jsonb not null, merged_at timestamptz not null, merged_by uuid not null, split_at timestamptz, split_by uuid, split_reason text,
  primary key (county, id)
);
comment on table elders.merge is 'Two records found to be one person; `moved` lists the row ids that changed hands, so a split restores both exactly.';
select platform.protect('elders.merge');

create table elders.not_duplicate (
  county text not null, region text collate "C" not null, a_id uuid not null, b_id uuid not null,
  reason text not null, decided_at timestamptz not null, decided_by uuid not null,
  primary key (county, a_id, b_id), check (a_id < b_id)
);
comment on table elders.not_duplicate is 'Pairs a person looked at and found to be two people; never proposed again.';
select platform.protect('elders.not_duplicate', 'select, insert');
