-- Proactive offers: somebody became entitled and draws nothing; found, told, asked, checked, approved. One open offer for each person and item.
create table offers.offer (
  county text not null, id uuid not null, region text collate "C" not null, elder_id uuid not null, elder_name text not null, item text not null, number text not null,
  state text not null check (state in ('found', 'told', 'consented', 'checked', 'approved', 'declined', 'refused', 'ended')),
  title jsonb not null, kind text not null, amount_fen int not null, unit text not null, sample boolean not null, because jsonb not null, version_id uuid not null, version text not null,
  found_on date not null, due_on date not null, case_type text not null, case_id uuid, asked int not null default 1,
  told_on date, consented_on date, checked_on date, decided_on date,
  consent jsonb, consent_by uuid, checked_by uuid, decided_by uuid, from_month text, decline_reason text, ask_again_on date, refuse_clause text, refuse_reason text,
  ended_on date, end_reason text,
  primary key (county, id), unique (county, number)
);
comment on table offers.offer is 'A row lives as long as one spell of being entitled: it ends when the person has no right any more, draws the benefit by another way, or is gone. Declined, refused and approved offers stand until then, so that nobody is asked twice for one spell.';
comment on column offers.offer.because is 'Conditions that held on the day of finding: what was told. The reasons of today are asked of entitlements.';
comment on column offers.offer.due_on is 'Last day of the time the rule gives (its `due`), counted from the day of finding.';
create unique index offer_once on offers.offer (county, elder_id, item) where ended_on is null;
create index offer_list on offers.offer (county, state, due_on, id);
create index offer_elder on offers.offer (county, elder_id);
select platform.protect('offers.offer', 'select, insert, update', 'elder_id');

create table offers.paper (
  county text not null, id uuid not null, region text collate "C" not null, offer_id uuid not null, elder_id uuid not null, label text not null, file_id uuid, note text,
  at timestamptz not null, by_id uuid not null, by_name text not null,
  primary key (county, id), foreign key (county, offer_id) references offers.offer (county, id)
);
comment on table offers.paper is 'Papers the register does not hold, as they came in: a file, or a note of who saw the original.';
create index paper_offer on offers.paper (county, offer_id);
select platform.protect('offers.paper', 'select, insert, update', 'elder_id');

create table offers.step (
  county text not null, id uuid not null, region text collate "C" not null, offer_id uuid not null, elder_id uuid not null, at timestamptz not null, what text not null, note text, by_name text,
  primary key (county, id), foreign key (county, offer_id) references offers.offer (county, id)
);
create index step_offer on offers.step (county, offer_id, at);
select platform.protect('offers.step', 'select, insert', 'elder_id');

create table offers.ahead (
  county text not null, region text collate "C" not null, elder_id uuid not null, item text not null, elder_name text not null, on_day date not null, title jsonb not null, amount_fen int not null, unit text not null, sample boolean not null, seen_on date not null,
  primary key (county, elder_id, item)
);
comment on table offers.ahead is 'Who will become entitled within ninety days by age or date, made anew each day; `seen_on` is the sweep that still saw it.';
create index ahead_day on offers.ahead (county, on_day);
select platform.protect('offers.ahead', 'select, insert, update, delete', 'elder_id');

create table offers.pending (county text not null, elder_id uuid not null, region text collate "C" not null, asked_at timestamptz not null, primary key (county, elder_id));
comment on table offers.pending is 'People whose entitlements changed and whom the finder has not looked at yet.';
select platform.protect('offers.pending', 'select, insert, update, delete');

create table offers.sweep (
  county text primary key, swept_on date, law_key text, asked_at timestamptz, began_at timestamptz, ended_at timestamptz
);
comment on table offers.sweep is 'When everybody was last looked at, and under which state of the law; `asked_at` is set by what changes many people and tells no single events. No data about anybody, so readable in every scope.';
grant select, insert, update on offers.sweep to songbai_app;

create table offers.setting (
  county text primary key, region text collate "C" not null, on_finding text not null check (on_finding in ('outbox', 'send')), channels text[] not null, set_at timestamptz not null, set_by text not null
);
comment on table offers.setting is 'Whether finding somebody sends at once. A county without a row leaves every notice to its clerks.';
select platform.protect('offers.setting');
