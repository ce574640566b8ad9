-- Who is paid what, month by month. A released line is never changed but for what the bank did with it; every line opens its parts, every part its rule.
create table payments.account (
  county text not null, id uuid not null, region text collate "C" not null, elder_id uuid not null,
  bank text not null, holder text not null, number_sealed bytea not null, number_index bytea not null, number_masked text not null, key_wrapped bytea not null,
  sample boolean not null default false, recorded_at timestamptz not null, recorded_by uuid not null, recorder text not null, superseded_at timestamptz,
  primary key (county, id)
);
comment on table payments.account is 'Bank accounts, sealed with a key of their own; found again by keyed index, shown masked. A changed account is a new row.';
create unique index account_now on payments.account (county, elder_id) where superseded_at is null;
create index account_number on payments.account (county, number_index) where superseded_at is null;
select platform.protect('payments.account', 'select, insert, update', 'elder_id');

create table payments.grant (
  county text not null, id uuid not null, region text collate "C" not null, elder_id uuid not null, item text not null,
  since_month text not null, until_month text, settled_through text, origin text not null check (origin in ('adopted', 'offer')), offer_id uuid, ended_reason text,
  created_at timestamptz not null, created_by uuid not null,
  primary key (county, id), check (until_month is null or until_month >= since_month or ended_reason is not null)
);
comment on table payments.grant is 'Who is paid which item since which month. `settled_through`: months up to it were paid before this program did and are never paid again.';
create unique index grant_now on payments.grant (county, elder_id, item) where until_month is null;
create index grant_elder on payments.grant (county, elder_id);
select platform.protect('payments.grant', 'select, insert, update', 'elder_id');

create table payments.batch (
  county text not null, id uuid not null, region text collate "C" not null, month text not null, items text[] not null, number text not null,
  state text not null check (state in ('computing', 'draft', 'checked', 'released', 'exported', 'settled', 'dropped')), stale text,
  known_on date not null, task_id uuid, look_back int not null,
  drafted_by uuid not null, drafted_name text not null, drafted_at timestamptz not null,
  checked_by uuid, checked_name text, checked_at timestamptz, released_by uuid, released_name text, released_at timestamptz,
  exported_at timestamptz, settled_at timestamptz, settled_name text, dropped_at timestamptz, dropped_name text, people int, pay_fen bigint,
  primary key (county, id), unique (county, number), check (released_by is null or released_by <> drafted_by)
);
comment on table payments.batch is 'One month of one or more items. The check says what the rule says: who drafted it does not release it.';
create index batch_month on payments.batch (county, month);
select platform.protect('payments.batch');

create table payments.line (
  county text not null, id uuid not null, region text collate "C" not null, batch_id uuid not null, grant_id uuid not null, elder_id uuid not null, item text not null, month text not null,
  account_id uuid, due_fen bigint not null, arrears_fen bigint not null, again_fen bigint not null, offset_fen bigint not null, over_fen bigint not null, pay_fen bigint not null check (pay_fen >= 0),
  code text not null, days int not null, version_id uuid, held text, stopped text, was_fen bigint, file_no int, outcome text check (outcome in ('paid', 'returned')),
  primary key (county, id), foreign key (county, batch_id) references payments.batch (county, id),
  check (held is not null or pay_fen = due_fen + arrears_fen + again_fen - offset_fen)
);
comment on table payments.line is 'One person and item in one batch: due this month, back pay, returned money sent again, minus what is offset. `over_fen` was found to be paid too much and becomes a claim.';
create unique index line_once on payments.line (county, batch_id, grant_id);
create index line_elder on payments.line (county, elder_id);
create index line_place on payments.line (county, batch_id, region, id);
select platform.protect('payments.line', 'select, insert, update, delete', 'elder_id');

create table payments.part (
  county text not null, id uuid not null, region text collate "C" not null, batch_id uuid not null, line_id uuid not null, grant_id uuid not null, kind text not null check (kind in ('month', 'arrears', 'overpaid', 'again', 'offset')),
  month text not null, due_fen bigint not null, before_fen bigint not null, delta_fen bigint not null, code text, days int, ref_id uuid,
  primary key (county, id)
);
comment on table payments.part is 'What a line is made of: for each month what is due by the facts known then, what had been paid, and the difference.';
create index part_line on payments.part (county, line_id);
create index part_grant on payments.part (county, grant_id, month);
create index part_batch on payments.part (county, batch_id);
select platform.protect('payments.part', 'select, insert, delete');

create table payments.bank_file (
  county text not null, id uuid not null, region text collate "C" not null, batch_id uuid not null, way text not null check (way in ('sent', 'answer')), layout text not null, file_id uuid, name text not null,
  people int not null, pay_fen bigint not null, purpose text not null, by_id uuid not null, by_name text not null, at timestamptz not null,
  primary key (county, id), foreign key (county, batch_id) references payments.batch (county, id)
);
create index bank_file_batch on payments.bank_file (county, batch_id);
select platform.protect('payments.bank_file', 'select, insert');

create table payments.returned (
  county text not null, id uuid not null, region text collate "C" not null, batch_id uuid not null, line_id uuid not null, elder_id uuid not null, item text not null, grant_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0), reason text not null, state text not null check (state in ('read', 'open', 'again', 'sent', 'cancelled')),
  again_line_id uuid, decided_by uuid, decided_name text, decided_at timestamptz, note text, read_at timestamptz not null,
  primary key (county, id), unique (county, line_id)
);
comment on table payments.returned is 'Money the bank sent back: it waits until the account is right and goes out with the next batch, or returns to the budget.';
create index returned_open on payments.returned (county, state);
select platform.protect('payments.returned', 'select, insert, update, delete', 'elder_id');

create table payments.recoup (
  county text not null, id uuid not null, region text collate "C" not null, elder_id uuid not null, item text not null, batch_id uuid not null, grant_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0), recovered_fen bigint not null default 0, written_off_fen bigint not null default 0, months text[] not null,
  plan text not null check (plan in ('undecided', 'offset', 'instalments')), share_percent int, monthly_fen bigint,
  state text not null check (state in ('open', 'closed')), write_off_by uuid, write_off_name text, write_off_reason text, found_at timestamptz not null, closed_at timestamptz,
  primary key (county, id), check (recovered_fen + written_off_fen <= amount_fen)
);
comment on table payments.recoup is 'Paid too much (a death that came late, a fact corrected): amount = recovered + written off + left, with an owner in work.';
create index recoup_open on payments.recoup (county, state);
create index recoup_elder on payments.recoup (county, elder_id);
select platform.protect('payments.recoup', 'select, insert, update', 'elder_id');

create table payments.recovery (
  county text not null, id uuid not null, region text collate "C" not null, recoup_id uuid not null, elder_id uuid not null, how text not null check (how in ('offset', 'cash', 'writeOff')), amount_fen bigint not null check (amount_fen > 0),
  batch_id uuid, on_day date not null, note text, by_id uuid not null, by_name text not null, at timestamptz not null,
  primary key (county, id), foreign key (county, recoup_id) references payments.recoup (county, id)
);
create index recovery_recoup on payments.recovery (county, recoup_id);
select platform.protect('payments.recovery', 'select, insert', 'elder_id');
