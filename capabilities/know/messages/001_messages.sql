-- Messages out of the service: what was said to whom, by which channel, how far it came, what was answered.
create table messages.message (
  county text not null, id uuid not null, region text collate "C" not null, key text not null, number text not null,
  elder_id uuid, contact_id uuid, to_user uuid, to_post text, to_region text collate "C", to_name text not null,
  template text not null, language text not null, texts jsonb not null, link text,
  channels text[] not null, step int not null default 0, channel text not null,
  state text not null check (state in ('queued', 'sent', 'delivered', 'answered', 'failed', 'withdrawn')),
  waits_for text check (waits_for in ('gateway', 'clerk', 'print', 'village', 'reader')),
  attempts int not null default 0, due_at timestamptz, reason text, case_id uuid,
  queued_at timestamptz not null, sent_at timestamptz, delivered_at timestamptz, answered_at timestamptz, ended_at timestamptz, reply text, told_by text,
  primary key (county, id), unique (county, key),
  check (elder_id is not null or to_user is not null or to_post is not null)
);
comment on table messages.message is 'One message to one recipient. `key` sends once. `texts` is what was said, as it was said: a template changed later does not change it.';
comment on column messages.message.number is 'Ten digits, the last a check digit: what the square code of a letter holds, and what is read out on the phone. Letters of one matter share it.';
comment on column messages.message.due_at is 'When the program acts next: tries, tries again, or gives up waiting for a receipt. Null while a person has the next step, and at the end.';
create index message_due on messages.message (county, due_at) where due_at is not null;
create index message_open on messages.message (county, region, queued_at) where ended_at is null;
create index message_elder on messages.message (county, elder_id) where elder_id is not null;
create index message_number on messages.message (county, number);
select platform.protect('messages.message', 'select, insert, update', 'elder_id');

create table messages.step (
  county text not null, id uuid not null, region text collate "C" not null, message_id uuid not null, elder_id uuid,
  at timestamptz not null, channel text not null, outcome text not null, detail text, by_id uuid, by_name text,
  primary key (county, id), foreign key (county, message_id) references messages.message (county, id)
);
comment on table messages.step is 'Every try, receipt, call and answer of a message. Never a phone number.';
create index step_message on messages.step (county, message_id, at);
select platform.protect('messages.step', 'select, insert', 'elder_id');

create table messages.setting (
  county text primary key, region text collate "C" not null, quiet_from int not null check (quiet_from between 0 and 1439), quiet_to int not null check (quiet_to between 0 and 1439),
  set_at timestamptz not null, set_by text not null
);
comment on table messages.setting is 'Minutes of the day in China between which no telephone rings. A county without a row keeps the usual hours of rules.ts.';
select platform.protect('messages.setting');

create table messages.counter (county text primary key, last bigint not null);
comment on table messages.counter is 'Last number given out. No data about anybody, so readable in every scope: a township draws from the same row as its county.';
grant select, insert, update on messages.counter to songbai_app;
