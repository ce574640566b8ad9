-- Money and quotas in double entry. Codes of accounts are their keys: a statement reads by itself. A posted transfer is never changed or removed.
create table funds.account (
  county text not null, code text not null, region text collate "C" not null,
  book text not null, unit text not null check (unit in ('fen', 'minute', 'coupon')), kind text not null, title jsonb not null,
  side text not null check (side in ('debit', 'credit')), may_go_below_zero boolean not null, expires_to text,
  item text, year int, source text, elder_id uuid,
  debits bigint not null default 0, credits bigint not null default 0, debits_held bigint not null default 0, credits_held bigint not null default 0,
  sample boolean not null default false, created_at timestamptz not null,
  primary key (county, code),
  check (may_go_below_zero or case side when 'credit' then credits - debits - debits_held else debits - credits - credits_held end >= 0)
);
comment on table funds.account is 'Accounts with their balance kept beside them; the check constraint is the last word on going below zero. funds.check works every balance out anew from the transfers.';
create index account_book on funds.account (county, book, kind);
create index account_elder on funds.account (county, elder_id) where elder_id is not null;
select platform.protect('funds.account', 'select, insert, update', 'elder_id');

create table funds.transfer (
  county text not null, id uuid not null, region text collate "C" not null, key text not null, book text not null,
  debit text not null, credit text not null, amount bigint not null check (amount > 0), on_day date not null, kind text not null,
  item text, elder_id uuid, ref_kind text, ref_id uuid, hold text, note text, posted_at timestamptz not null, by_id uuid not null, by_name text not null,
  primary key (county, id), unique (county, key), check (debit <> credit),
  foreign key (county, debit) references funds.account (county, code), foreign key (county, credit) references funds.account (county, code)
);
comment on table funds.transfer is 'What moved, from where to where, for what: `ref` is the batch, budget or plan that says why, and its rows sum to the amount. `key` posts a matter once.';
create index transfer_debit on funds.transfer (county, debit, on_day, id);
create index transfer_credit on funds.transfer (county, credit, on_day, id);
create index transfer_ref on funds.transfer (county, ref_id);
select platform.protect('funds.transfer', 'select, insert', 'elder_id');

create table funds.budget (
  county text not null, id uuid not null, region text collate "C" not null,
  source text not null, item text not null, year int not null, amount_fen bigint not null check (amount_fen > 0), document text, sample boolean not null,
  state text not null check (state in ('draft', 'approved', 'dropped')), drafted_by uuid not null, drafted_name text not null, drafted_at timestamptz not null,
  decided_by uuid, decided_name text, decided_at timestamptz,
  primary key (county, id)
);
comment on table funds.budget is 'Money given for an item in a year by a source. A second person approves; then it stands in the ledger, and more is another row.';
create index budget_year on funds.budget (county, year, item);
select platform.protect('funds.budget');

-- Quotas of one elder and item: a book of their own each, so that a village can post without touching anybody else's rows.
create table funds.lot (
  county text not null, id text not null, region text collate "C" not null, account text not null, elder_id uuid not null,
  expires date, amount bigint not null, used bigint not null, held bigint not null,
  primary key (county, id), foreign key (county, account) references funds.account (county, code),
  check (used >= 0 and held >= 0 and used + held <= amount)
);
create index lot_open on funds.lot (county, account) where used < amount;
select platform.protect('funds.lot', 'select, insert, update', 'elder_id');

create table funds.hold (
  county text not null, id text not null, region text collate "C" not null, elder_id uuid not null, book text not null, debit text not null, credit text not null,
  amount bigint not null, drawn bigint not null, on_day date not null, until_day date, state text not null check (state in ('open', 'done', 'void', 'expired')), pieces jsonb not null,
  device text, created_at timestamptz not null,
  primary key (county, id), check (drawn >= 0 and drawn <= amount)
);
comment on table funds.hold is 'Part of a quota set aside: for a device that spends it without a network (a lease), or for an order not yet done.';
create index hold_due on funds.hold (county, until_day) where state = 'open';
create index hold_book on funds.hold (county, book) where state = 'open';
select platform.protect('funds.hold', 'select, insert, update', 'elder_id');

create table funds.op (
  county text not null, id text not null, region text collate "C" not null, elder_id uuid not null, print text not null, refused jsonb,
  primary key (county, id)
);
comment on table funds.op is 'Every command on a quota by its id, with its answer: a double gets the first answer, a refusal stays a refusal.';
select platform.protect('funds.op', 'select, insert', 'elder_id');

create table funds.conflict (
  county text not null, id text not null, region text collate "C" not null, elder_id uuid not null, item text not null, device text not null,
  asked bigint not null, covered bigint not null, short bigint not null check (short > 0), on_day date not null, seen_at timestamptz not null,
  settled_at timestamptz, settled_by uuid, settled_name text, settlement text,
  primary key (county, id)
);
comment on table funds.conflict is 'Service given offline that no quota bears. The account is not touched; a person says who bears it.';
create index conflict_open on funds.conflict (county, seen_at) where settled_at is null;
select platform.protect('funds.conflict', 'select, insert, update', 'elder_id');
