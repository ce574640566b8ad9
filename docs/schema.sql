-- Made by the migrations; checked by checks/src/schema.test.ts. Do not edit.

table assessments.assessment
  county text not null
  id uuid not null
  elder_id uuid not null
  own_elder_id uuid not null  -- The record it was made for; elder_id follows a merge of two records and comes back to this on a split.
  region text not null
  scale_id text not null
  scale_version text not null
  reason text not null
  reason_text text
  state text not null
  planned_on date
  assessed_on date
  place text
  answers_sealed bytea  -- JSON of all answers, sealed with the county key.
  answers_hash text  -- SM3 over the canonical answers; what a signature stands under.
  version integer not null default 0
  required integer not null default 0
  answered integer not null default 0
  informant_name text
  informant_relation text
  result_sealed bytea
  total integer
  level integer
  level_code text
  dimensions jsonb  -- Sum and maximum of each dimension of a finished result, for curves and lists.
  valid_until date
  reassess_from date
  issuer text not null
  assessors text[] not null default '{}'::text[]  -- Names as they stood under the result, also of people who have no account here.
  document_no text
  recheck_of uuid
  replaced_by uuid
  level_before integer
  repeat_in_validity boolean not null default false  -- Made though a result was in force, with the reason in reason_text: what mutual recognition is measured by.
  disputed_at timestamp with time zone
  disputed_by uuid
  dispute_from text
  dispute_reason text
  dispute_outcome text
  elder_gone boolean not null default false  -- The person died or moved away: the result stays readable and is due no more.
  void_reason text
  batch_id uuid
  created_at timestamp with time zone not null
  created_by uuid not null
  changed_at timestamp with time zone not null
  changed_by uuid not null
  completed_at timestamp with time zone
table assessments.need
  county text not null
  elder_id uuid not null
  region text not null
  from_day date not null
table assessments.revision
  county text not null
  id uuid not null
  elder_id uuid not null
  region text not null
  assessment_id uuid not null
  version integer not null
  changes_sealed bytea not null
  items text[] not null
  answers_hash text not null
  at timestamp with time zone not null
  by uuid not null
  by_name text not null
table assessments.signature
  county text not null
  id uuid not null
  elder_id uuid not null
  region text not null
  assessment_id uuid not null
  role text not null
  signer_id uuid
  signer_name text not null
  relation text
  answers_hash text not null
  signed_at timestamp with time zone not null
  mark_sealed bytea  -- Strokes drawn on the screen (or why the informant could not sign), sealed with the county key.
  witnessed_by uuid  -- Account in whose sitting the informant signed.
  seq integer not null
  prev_hash text not null
  hash text not null
table assessments.trigger
  county text not null
  elder_id uuid not null
  region text not null
  code text not null
  day date not null
  recorded_at timestamp with time zone not null
table assessments.use
  county text not null
  id uuid not null
  elder_id uuid not null
  region text not null
  assessment_id uuid not null
  purpose text not null
  office text not null
  reference text
  used_on date not null
  used_at timestamp with time zone not null
  used_by uuid not null
  used_by_name text not null
table elders.contact
  county text not null
  id uuid not null
  elder_id uuid not null
  region text not null
  name text not null
  relation text not null
  duty text not null
  rank integer not null default 1
  phone_sealed bytea
  phone_masked text
  phone_index bytea
  note text
  valid_from date
  valid_to date
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  superseded_at timestamp with time zone
  batch_id uuid
table elders.elder
  county text not null
  id uuid not null
  region text not null
  filed text default region  -- The region again, for indexes. One on region itself would serve the row-level policy, which PostgreSQL takes for selective in every scope: a county clerk's search then read the whole county (230 ms of 200,000 people against 0.2 ms).
  name text not null
  given text not null  -- The name from its second character on: who is asked for without the family name is found by an index too.
  pinyin text not null  -- Sound without spaces: sort key (PGlite has no Chinese collation) and what is typed in a search.
  initials text not null
  sex text
  birth_day date
  birth_month text
  ethnicity text
  synthetic boolean not null default false
  id_sealed bytea
  id_index bytea
  id_tail_index bytea
  id_masked text  -- First four and last two characters; the whole number is sealed with the person's own key.
  phone_sealed bytea
  phone_index bytea
  phone_tail_index bytea
  phone_masked text
  key_wrapped bytea not null
  status text not null
  status_on date
  merged_into uuid
  household_id uuid
  address text
  registered_region text
  categories text[] not null default '{}'::text[]  -- Category ids of today (packs/categories.yaml); recomputed when a fact changes and at midnight.
  batch_id uuid
  created_at timestamp with time zone not null
  changed_at timestamp with time zone not null
table elders.fact
  county text not null
  id uuid not null
  elder_id uuid not null
  region text not null
  key text not null
  value jsonb  -- Value by the dictionary's type; of a secret (idNumber, phone) only the masked form, the whole in `sealed`.
  sealed bytea
  valid_from date
  valid_to date
  source text not null
  source_ref text
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  recorder text not null
  superseded_at timestamp with time zone
  superseded_by uuid  -- The row that took its place, which may be none when a statement was withdrawn
  reason text
  batch_id uuid
table elders.life_event
  county text not null
  id uuid not null
  elder_id uuid
  region text not null
  kind text not null
  on_day date not null
  source text not null
  source_ref text not null
  payload jsonb not null default '{}'::jsonb
  state text not null
  detail text
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
table elders.merge
  county text not null
  id uuid not null
  region text not null
  keep_id uuid not null
  drop_id uuid not null
  reason text not null
  moved jsonb not null
  merged_at timestamp with time zone not null
  merged_by uuid not null
  split_at timestamp with time zone
  split_by uuid
  split_reason text
table elders.not_duplicate
  county text not null
  region text not null
  a_id uuid not null
  b_id uuid not null
  reason text not null
  decided_at timestamp with time zone not null
  decided_by uuid not null
table elders.residence
  county text not null
  id uuid not null
  elder_id uuid not null
  region text not null
  kind text not null
  place text not null  -- Twelve-digit code of this place, which may differ from the elder's own region.
  address text
  season_from text
  season_to text
  lon double precision
  lat double precision
  access_note text
  phone_coverage text
  schematic boolean not null default false
  valid_from date
  valid_to date
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  superseded_at timestamp with time zone
  batch_id uuid
table elders.tally
  county text not null
  entry bigint not null
  region text not null
  status text not null
  categories text[] not null
  n integer not null
table entitlements.stamp
  county text not null
  imports bigint not null default 0
  loads bigint not null default 0
table funds.account
  county text not null
  code text not null
  region text not null
  book text not null
  unit text not null
  kind text not null
  title jsonb not null
  side text not null
  may_go_below_zero boolean not null
  expires_to text
  item text
  year integer
  source text
  elder_id uuid
  debits bigint not null default 0
  credits bigint not null default 0
  debits_held bigint not null default 0
  credits_held bigint not null default 0
  sample boolean not null default false
  created_at timestamp with time zone not null
table funds.budget
  county text not null
  id uuid not null
  region text not null
  source text not null
  item text not null
  year integer not null
  amount_fen bigint not null
  document text
  sample boolean not null
  state text not null
  drafted_by uuid not null
  drafted_name text not null
  drafted_at timestamp with time zone not null
  decided_by uuid
  decided_name text
  decided_at timestamp with time zone
table funds.conflict
  county text not null
  id text not null
  region text not null
  elder_id uuid not null
  item text not null
  device text not null
  asked bigint not null
  covered bigint not null
  short bigint not null
  on_day date not null
  seen_at timestamp with time zone not null
  settled_at timestamp with time zone
  settled_by uuid
  settled_name text
  settlement text
table funds.hold
  county text not null
  id text not null
  region text not null
  elder_id uuid not null
  book text not null
  debit text not null
  credit text not null
  amount bigint not null
  drawn bigint not null
  on_day date not null
  until_day date
  state text not null
  pieces jsonb not null
  device text
  created_at timestamp with time zone not null
table funds.lot
  county text not null
  id text not null
  region text not null
  account text not null
  elder_id uuid not null
  expires date
  amount bigint not null
  used bigint not null
  held bigint not null
table funds.op
  county text not null
  id text not null
  region text not null
  elder_id uuid not null
  print text not null
  refused jsonb
table funds.transfer
  county text not null
  id uuid not null
  region text not null
  key text not null
  book text not null
  debit text not null
  credit text not null
  amount bigint not null
  on_day date not null
  kind text not null
  item text
  elder_id uuid
  ref_kind text
  ref_id uuid
  hold text
  note text
  posted_at timestamp with time zone not null
  by_id uuid not null
  by_name text not null
table imports.batch
  county text not null
  id uuid not null
  region text not null
  number text not null  -- What people call it: IM-2026-0716-03, counted within county and day.
  file_id uuid not null
  file_name text not null
  file_bytes bigint not null
  state text not null
  failure jsonb  -- Why the file cannot be read: {code, args} of the sheets engine or of this capability.
  seen bytea  -- Sheets, headings and guesses with sample cells, sealed: samples hold names and numbers.
  setup jsonb  -- What the clerk confirmed: sheet, heading rows, field by column, place and day of the list.
  counts jsonb  -- Rows by outcome and kinds of problems of the last dry run or commit.
  task_id uuid
  created_by uuid not null
  created_by_name text not null
  created_at timestamp with time zone not null
  checked_at timestamp with time zone
  committed_at timestamp with time zone
  undone_at timestamp with time zone
  undo_reason text
  after_id uuid
table imports.problem
  county text not null
  batch_id uuid not null
  row integer not null
  region text not null
  state text not null
  codes text[] not null  -- Severity and code of each finding: e:…, q:…, r:….
  sealed bytea not null  -- Cells as in the file (after fixes), findings and original texts of fixed cells, sealed with the county key.
  fixed boolean not null default false  -- The clerk corrected a cell here; the file itself stays as it was.
  match_id uuid  -- Who in the register the row may be.
  decision text
  decided_by text
  decided_at timestamp with time zone
table imports.slice
  county text not null
  batch_id uuid not null
  from_row integer not null
  region text not null
  to_row integer not null
  rows integer[] not null
  elder_ids uuid[] not null
  added boolean[] not null  -- False: facts were added to somebody already in the register.
table imports.template
  county text not null
  id uuid not null
  region text not null
  fingerprint text not null
  fields jsonb not null
  saved_by uuid not null
  saved_at timestamp with time zone not null
table lab.scenario
  county text not null
  id uuid not null
  region text not null
  item text not null
  name text not null
  base_version_id uuid  -- Version of policies.version the text was begun from; null for one begun from nothing.
  yaml text not null
  figures jsonb not null
  months jsonb not null
  assumptions jsonb not null
  created_by uuid not null
  creator text not null
  created_at timestamp with time zone not null
table lookback.scan
  county text not null
  id uuid not null
  region text not null
  from_month text not null
  to_month text not null
  applied text not null  -- all: whoever had not applied counts as if; drawn: what begins with an application is owed to who draws it only.
  items text[] not null
  state text not null
  task_id uuid
  people integer not null default 0
  seconds double precision not null default 0
  started_by uuid not null
  started_by_name text not null
  started_at timestamp with time zone not null
  done_at timestamp with time zone
table lookback.spell
  county text not null
  id uuid not null
  region text not null
  scan_id uuid not null
  elder_id uuid not null
  item text not null
  kind text not null
  from_month text not null
  to_month text not null
  months integer not null
  sum_fen bigint not null
  unpriced integer not null
  code text not null
  state text not null default 'open'::text
  reason text
  case_id uuid
  outcome text
  changed_at timestamp with time zone
  changed_by_name text
table matching.agreed
  county text not null
  run_id uuid not null
  part integer not null
  region text not null
  rows integer[] not null
  elder_ids uuid[] not null
table matching.row
  county text not null
  id uuid not null
  region text not null
  run_id uuid not null
  source text not null
  row integer  -- The department's own row number; null where only we have the person.
  elder_id uuid
  kind text not null
  codes text[] not null
  person_mark bytea  -- Keyed index of who the row of their list is about, so that a decision is found again in the next list.
  value_mark bytea  -- Keyed index of what differs and how: another value asks again.
  sealed bytea not null  -- Their particulars, the differences and what speaks for whom, sealed with the county key.
  state text not null
  settlement_id uuid
  decision text
  remembered boolean not null default false  -- Settled by a decision about the same matter in an earlier list.
  case_id uuid
  first_asked_at timestamp with time zone not null
  settled_at timestamp with time zone
  carried_to uuid  -- The newer run in which the same matter is open again.
table matching.run
  county text not null
  id uuid not null
  region text not null
  number text not null  -- What people call it: BD-2026-0716-01, counted within county and day.
  source text not null
  file_id uuid not null
  file_name text not null
  file_bytes bigint not null
  state text not null
  failure jsonb
  seen bytea  -- Sheets, headings and guesses with sample cells, sealed: samples hold names and numbers.
  setup jsonb
  tally jsonb  -- Rows by outcome when the run ended; their sums are those of the two lists.
  task_id uuid
  created_by uuid not null
  created_by_name text not null
  created_at timestamp with time zone not null
  done_at timestamp with time zone
table matching.settlement
  county text not null
  id uuid not null
  region text not null
  run_id uuid not null
  decision text not null
  reason text not null
  rows integer not null
  batch_id uuid  -- Import the people of these rows were proposed in.
  decided_by uuid not null
  decided_by_name text not null
  decided_at timestamp with time zone not null
  undone_at timestamp with time zone
  undone_by_name text
table messages.counter
  county text not null
  last bigint not null
table messages.message
  county text not null
  id uuid not null
  region text not null
  key text not null
  number text not null  -- Ten digits, the last a check digit: what the square code of a letter holds, and what is read out on the phone. Letters of one matter share it.
  elder_id uuid
  contact_id uuid
  to_user uuid
  to_post text
  to_region text
  to_name text not null
  template text not null
  language text not null
  texts jsonb not null
  link text
  channels text[] not null
  step integer not null default 0
  channel text not null
  state text not null
  waits_for text
  attempts integer not null default 0
  due_at timestamp with time zone  -- When the program acts next: tries, tries again, or gives up waiting for a receipt. Null while a person has the next step, and at the end.
  reason text
  case_id uuid
  queued_at timestamp with time zone not null
  sent_at timestamp with time zone
  delivered_at timestamp with time zone
  answered_at timestamp with time zone
  ended_at timestamp with time zone
  reply text
  told_by text
table messages.setting
  county text not null
  region text not null
  quiet_from integer not null
  quiet_to integer not null
  set_at timestamp with time zone not null
  set_by text not null
table messages.step
  county text not null
  id uuid not null
  region text not null
  message_id uuid not null
  elder_id uuid
  at timestamp with time zone not null
  channel text not null
  outcome text not null
  detail text
  by_id uuid
  by_name text
table offers.ahead
  county text not null
  region text not null
  elder_id uuid not null
  item text not null
  elder_name text not null
  on_day date not null
  title jsonb not null
  amount_fen integer not null
  unit text not null
  sample boolean not null
  seen_on date not null
table offers.offer
  county text not null
  id uuid not null
  region text not null
  elder_id uuid not null
  elder_name text not null
  item text not null
  number text not null
  state text not null
  title jsonb not null
  kind text not null
  amount_fen integer not null
  unit text not null
  sample boolean not null
  because jsonb not null  -- Conditions that held on the day of finding: what was told. The reasons of today are asked of entitlements.
  version_id uuid not null
  version text not null
  found_on date not null
  due_on date not null  -- Last day of the time the rule gives (its `due`), counted from the day of finding.
  case_type text not null
  case_id uuid
  asked integer not null default 1
  told_on date
  consented_on date
  checked_on date
  decided_on date
  consent jsonb
  consent_by uuid
  checked_by uuid
  decided_by uuid
  from_month text
  decline_reason text
  ask_again_on date
  refuse_clause text
  refuse_reason text
  ended_on date
  end_reason text
table offers.paper
  county text not null
  id uuid not null
  region text not null
  offer_id uuid not null
  elder_id uuid not null
  label text not null
  file_id uuid
  note text
  at timestamp with time zone not null
  by_id uuid not null
  by_name text not null
table offers.pending
  county text not null
  elder_id uuid not null
  region text not null
  asked_at timestamp with time zone not null
table offers.setting
  county text not null
  region text not null
  on_finding text not null
  channels text[] not null
  set_at timestamp with time zone not null
  set_by text not null
table offers.step
  county text not null
  id uuid not null
  region text not null
  offer_id uuid not null
  elder_id uuid not null
  at timestamp with time zone not null
  what text not null
  note text
  by_name text
table offers.sweep
  county text not null
  swept_on date
  law_key text
  asked_at timestamp with time zone
  began_at timestamp with time zone
  ended_at timestamp with time zone
table payments.account
  county text not null
  id uuid not null
  region text not null
  elder_id uuid not null
  bank text not null
  holder text not null
  number_sealed bytea not null
  number_index bytea not null
  number_masked text not null
  key_wrapped bytea not null
  sample boolean not null default false
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  recorder text not null
  superseded_at timestamp with time zone
  moved_from uuid[] not null default '{}'::uuid[]
table payments.bank_file
  county text not null
  id uuid not null
  region text not null
  batch_id uuid not null
  way text not null
  layout text not null
  file_id uuid
  name text not null
  people integer not null
  pay_fen bigint not null
  purpose text not null
  by_id uuid not null
  by_name text not null
  at timestamp with time zone not null
table payments.batch
  county text not null
  id uuid not null
  region text not null
  month text not null
  items text[] not null
  number text not null
  state text not null
  stale text
  known_on date not null
  task_id uuid
  look_back integer not null
  drafted_by uuid not null
  drafted_name text not null
  drafted_at timestamp with time zone not null
  checked_by uuid
  checked_name text
  checked_at timestamp with time zone
  released_by uuid
  released_name text
  released_at timestamp with time zone
  exported_at timestamp with time zone
  settled_at timestamp with time zone
  settled_name text
  dropped_at timestamp with time zone
  dropped_name text
  people integer
  pay_fen bigint
table payments.grant
  county text not null
  id uuid not null
  region text not null
  elder_id uuid not null
  item text not null
  since_month text not null
  until_month text
  settled_through text
  origin text not null
  offer_id uuid
  ended_reason text
  created_at timestamp with time zone not null
  created_by uuid not null
  moved_from uuid[] not null default '{}'::uuid[]
table payments.line
  county text not null
  id uuid not null
  region text not null
  batch_id uuid not null
  grant_id uuid not null
  elder_id uuid not null
  item text not null
  month text not null
  account_id uuid
  due_fen bigint not null
  arrears_fen bigint not null
  again_fen bigint not null
  offset_fen bigint not null
  over_fen bigint not null
  pay_fen bigint not null
  code text not null
  days integer not null
  version_id uuid
  held text
  stopped text
  was_fen bigint
  file_no integer
  outcome text
table payments.part
  county text not null
  id uuid not null
  region text not null
  batch_id uuid not null
  line_id uuid not null
  grant_id uuid not null
  kind text not null
  month text not null
  due_fen bigint not null
  before_fen bigint not null
  delta_fen bigint not null
  code text
  days integer
  ref_id uuid
table payments.recoup
  county text not null
  id uuid not null
  region text not null
  elder_id uuid not null
  item text not null
  batch_id uuid not null
  grant_id uuid not null
  amount_fen bigint not null
  recovered_fen bigint not null default 0
  written_off_fen bigint not null default 0
  months text[] not null
  plan text not null
  share_percent integer
  monthly_fen bigint
  state text not null
  write_off_by uuid
  write_off_name text
  write_off_reason text
  found_at timestamp with time zone not null
  closed_at timestamp with time zone
table payments.recovery
  county text not null
  id uuid not null
  region text not null
  recoup_id uuid not null
  elder_id uuid not null
  how text not null
  amount_fen bigint not null
  batch_id uuid
  on_day date not null
  note text
  by_id uuid not null
  by_name text not null
  at timestamp with time zone not null
table payments.returned
  county text not null
  id uuid not null
  region text not null
  batch_id uuid not null
  line_id uuid not null
  elder_id uuid not null
  item text not null
  grant_id uuid not null
  amount_fen bigint not null
  reason text not null
  state text not null
  again_line_id uuid
  decided_by uuid
  decided_name text
  decided_at timestamp with time zone
  note text
  read_at timestamp with time zone not null
  late boolean not null default false  -- Came back after the batch was settled: the line was paid first, and a correction says that it was not.
table platform.audit
  county text not null
  id uuid not null
  region text not null
  at timestamp with time zone not null
  actor_id uuid not null
  actor_name text not null
  actor_kind text not null
  door text not null
  action text not null
  outcome text not null
  subject_id uuid
  what text
  purpose text
  command_id uuid
  seq bigint
  prev_hash text
  hash text
table platform.command
  county text not null
  id uuid not null
  action text not null
  actor_id uuid not null
  answer jsonb
  at timestamp with time zone not null
table platform.event
  county text not null
  id uuid not null
  region text not null
  type text not null
  payload jsonb not null
  actor_id uuid not null
  at timestamp with time zone not null
  seq bigint
table platform.file
  county text not null
  id uuid not null
  region text not null
  name text not null
  media_type text not null
  bytes bigint not null
  sha256 bytea not null
  kind text not null
  created_by uuid not null
  created_at timestamp with time zone not null
  removed_at timestamp with time zone
table platform.job_run
  county text not null
  job text not null
  period text not null
  started_at timestamp with time zone not null
  finished_at timestamp with time zone
  failure text
table platform.listener
  county text not null
  name text not null
  seq bigint not null
  failed_at timestamp with time zone
  failure text
table platform.migration
  capability text not null
  number integer not null
  checksum text not null
  at timestamp with time zone not null default now()
table platform.sequence
  county text not null
  audit_seq bigint not null default 0
  audit_hash text not null
  event_seq bigint not null default 0
table platform.session
  token_hash bytea not null
  id uuid not null
  user_id uuid not null
  level text not null
  csrf text not null
  created_at timestamp with time zone not null
  seen_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
table platform.task
  county text not null
  id uuid not null
  region text not null
  kind text not null
  input jsonb not null
  actor jsonb not null
  state text not null
  done bigint not null default 0
  total bigint not null default 0
  info jsonb not null default '{}'::jsonb
  saved jsonb
  result jsonb
  failure text
  cancel_asked boolean not null default false
  created_at timestamp with time zone not null
  started_at timestamp with time zone
  beat_at timestamp with time zone
  finished_at timestamp with time zone
table policies.version
  id uuid not null
  item text not null
  region text not null  -- Twelve-digit code of the issuing region; twelve zeros is the country.
  number integer not null
  state text not null
  yaml text not null
  upper_number integer  -- Version of the upper policy named by `extends` when this one was written: a later version above changes nothing here until this region adopts it.
  source_path text  -- File of packs/ the text came from; null for one written by a clerk.
  sample boolean not null default false
  title jsonb not null
  effective_from date
  effective_to date  -- Last day, inclusive; null is open.
  note text
  drafted_by uuid not null
  drafter text not null
  drafted_at timestamp with time zone not null
  submitted_by uuid
  reviewed_by uuid
  reviewer text
  reviewed_at timestamp with time zone
  withdrawn_by uuid
  withdrawn_at timestamp with time zone
  impact jsonb  -- Figures frozen at sending: population, date, cost, who gains and loses. Cleared when the draft is returned.
  confirmed jsonb not null default '[]'::jsonb  -- Findings of the analysis somebody said are meant so: key, words, who, when.
  source jsonb  -- Policy text a clerk put in as basis of the draft: title, number and articles, word for word as issued.
  base_number integer  -- Newest published version of the item and region when the draft was begun; a newer one by now is a conflict. Null for rows from before this column: not checked.
table regions.change
  county text not null
  id uuid not null
  number bigint not null
  on_day date not null
  change jsonb not null
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  recorder text not null
table users.account
  county text not null
  id uuid not null
  region text not null
  login text not null
  name text not null
  organisation_id uuid
  password_hash text not null
  must_change boolean not null default true
  totp_state text not null
  totp_sealed bytea
  totp_last_step bigint  -- Newest time step accepted: a code works once.
  failed integer not null default 0
  failed_at timestamp with time zone
  locked_until timestamp with time zone
  last_sign_in timestamp with time zone
  state text not null default 'active'::text
  demo boolean not null default false
  created_at timestamp with time zone not null
  left_at timestamp with time zone
  left_to uuid
table users.grant
  county text not null
  id uuid not null
  region text not null
  user_id uuid not null
  role text not null
  place text not null
  valid_from date not null
  valid_to date
  reason text
  granted_by uuid not null
  granted_at timestamp with time zone not null
table users.login
  login text not null
  county text not null
  user_id uuid not null
table users.organisation
  county text not null
  id uuid not null
  region text not null
  name text not null
  kind text not null
  created_at timestamp with time zone not null
table work.case
  county text not null
  id uuid not null
  region text not null
  type text not null
  key text not null
  subject_id uuid
  subject_name text
  title_args jsonb not null default '{}'::jsonb
  evidence jsonb
  link text
  state text not null
  owner_kind text not null
  owner_id uuid
  owner_post text
  owner_region text
  due_at timestamp with time zone
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone
  outcome text
  revision integer not null
  data jsonb not null
table work.clock
  county text not null
  id text not null
  region text not null
  case_id uuid not null
  due_at timestamp with time zone not null
  ended_at timestamp with time zone
table work.history
  county text not null
  id uuid not null
  region text not null
  case_id uuid not null
  at timestamp with time zone not null
  by_id uuid
  by_name text
  event jsonb not null
  note text

constraint assessments.assessment assessment_dispute_outcome_check CHECK ((dispute_outcome = ANY (ARRAY['confirmed'::text, 'changed'::text, 'withdrawn'::text])))
constraint assessments.assessment assessment_pkey PRIMARY KEY (county, id)
constraint assessments.assessment assessment_reason_check CHECK ((reason = ANY (ARRAY['first'::text, 'routine'::text, 'immediate'::text, 'recheck'::text, 'other'::text, 'recorded'::text])))
constraint assessments.assessment assessment_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'waitingSignatures'::text, 'complete'::text, 'disputed'::text, 'superseded'::text, 'void'::text])))
constraint assessments.need need_pkey PRIMARY KEY (county, elder_id)
constraint assessments.revision revision_county_assessment_id_fkey FOREIGN KEY (county, assessment_id) REFERENCES assessments.assessment(county, id)
constraint assessments.revision revision_county_assessment_id_version_key UNIQUE (county, assessment_id, version)
constraint assessments.revision revision_pkey PRIMARY KEY (county, id)
constraint assessments.signature signature_county_assessment_id_fkey FOREIGN KEY (county, assessment_id) REFERENCES assessments.assessment(county, id)
constraint assessments.signature signature_county_assessment_id_seq_key UNIQUE (county, assessment_id, seq)
constraint assessments.signature signature_pkey PRIMARY KEY (county, id)
constraint assessments.signature signature_role_check CHECK ((role = ANY (ARRAY['assessor'::text, 'informant'::text])))
constraint assessments.trigger trigger_pkey PRIMARY KEY (county, elder_id, code, day)
constraint assessments.use use_county_assessment_id_fkey FOREIGN KEY (county, assessment_id) REFERENCES assessments.assessment(county, id)
constraint assessments.use use_pkey PRIMARY KEY (county, id)
constraint assessments.use use_purpose_check CHECK ((purpose = ANY (ARRAY['subsidy'::text, 'ltcInsurance'::text, 'disability'::text, 'admission'::text, 'service'::text, 'other'::text])))
constraint elders.contact contact_county_elder_id_fkey FOREIGN KEY (county, elder_id) REFERENCES elders.elder(county, id)
constraint elders.contact contact_duty_check CHECK ((duty = ANY (ARRAY['supporter'::text, 'guardian'::text, 'emergency'::text, 'carer'::text, 'neighbour'::text])))
constraint elders.contact contact_pkey PRIMARY KEY (county, id)
constraint elders.elder elder_pkey PRIMARY KEY (county, id)
constraint elders.elder elder_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text])))
constraint elders.elder elder_status_check CHECK ((status = ANY (ARRAY['active'::text, 'dead'::text, 'movedOut'::text, 'merged'::text, 'undone'::text])))
constraint elders.fact fact_check CHECK (((valid_to IS NULL) OR (valid_from IS NULL) OR (valid_to > valid_from)))
constraint elders.fact fact_pkey PRIMARY KEY (county, id)
constraint elders.life_event life_event_county_source_source_ref_key UNIQUE (county, source, source_ref)
constraint elders.life_event life_event_pkey PRIMARY KEY (county, id)
constraint elders.life_event life_event_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'conflict'::text, 'unmatched'::text, 'withdrawn'::text])))
constraint elders.merge merge_pkey PRIMARY KEY (county, id)
constraint elders.not_duplicate not_duplicate_check CHECK ((a_id < b_id))
constraint elders.not_duplicate not_duplicate_pkey PRIMARY KEY (county, a_id, b_id)
constraint elders.residence residence_county_elder_id_fkey FOREIGN KEY (county, elder_id) REFERENCES elders.elder(county, id)
constraint elders.residence residence_kind_check CHECK ((kind = ANY (ARRAY['usual'::text, 'registered'::text, 'winterCamp'::text, 'summerCamp'::text, 'other'::text])))
constraint elders.residence residence_phone_coverage_check CHECK ((phone_coverage = ANY (ARRAY['good'::text, 'weak'::text, 'none'::text])))
constraint elders.residence residence_pkey PRIMARY KEY (county, id)
constraint elders.tally tally_pkey PRIMARY KEY (county, entry)
constraint entitlements.stamp stamp_pkey PRIMARY KEY (county)
constraint funds.account account_check CHECK ((may_go_below_zero OR (
CASE side
    WHEN 'credit'::text THEN ((credits - debits) - debits_held)
    ELSE ((debits - credits) - credits_held)
END >= 0)))
constraint funds.account account_pkey PRIMARY KEY (county, code)
constraint funds.account account_side_check CHECK ((side = ANY (ARRAY['debit'::text, 'credit'::text])))
constraint funds.account account_unit_check CHECK ((unit = ANY (ARRAY['fen'::text, 'minute'::text, 'coupon'::text])))
constraint funds.budget budget_amount_fen_check CHECK ((amount_fen > 0))
constraint funds.budget budget_pkey PRIMARY KEY (county, id)
constraint funds.budget budget_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text, 'dropped'::text])))
constraint funds.conflict conflict_pkey PRIMARY KEY (county, id)
constraint funds.conflict conflict_short_check CHECK ((short > 0))
constraint funds.hold hold_check CHECK (((drawn >= 0) AND (drawn <= amount)))
constraint funds.hold hold_pkey PRIMARY KEY (county, id)
constraint funds.hold hold_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'void'::text, 'expired'::text])))
constraint funds.lot lot_check CHECK (((used >= 0) AND (held >= 0) AND ((used + held) <= amount)))
constraint funds.lot lot_county_account_fkey FOREIGN KEY (county, account) REFERENCES funds.account(county, code)
constraint funds.lot lot_pkey PRIMARY KEY (county, id)
constraint funds.op op_pkey PRIMARY KEY (county, id)
constraint funds.transfer transfer_amount_check CHECK ((amount > 0))
constraint funds.transfer transfer_check CHECK ((debit <> credit))
constraint funds.transfer transfer_county_credit_fkey FOREIGN KEY (county, credit) REFERENCES funds.account(county, code)
constraint funds.transfer transfer_county_debit_fkey FOREIGN KEY (county, debit) REFERENCES funds.account(county, code)
constraint funds.transfer transfer_county_key_key UNIQUE (county, key)
constraint funds.transfer transfer_pkey PRIMARY KEY (county, id)
constraint imports.batch batch_pkey PRIMARY KEY (county, id)
constraint imports.batch batch_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'unreadable'::text, 'inspected'::text, 'checking'::text, 'checked'::text, 'committing'::text, 'committed'::text, 'undoing'::text, 'undone'::text, 'stopped'::text, 'failed'::text])))
constraint imports.problem problem_pkey PRIMARY KEY (county, batch_id, "row")
constraint imports.problem problem_state_check CHECK ((state = ANY (ARRAY['error'::text, 'question'::text, 'ready'::text, 'dropped'::text, 'skipped'::text, 'repaired'::text, 'imported'::text])))
constraint imports.slice slice_pkey PRIMARY KEY (county, batch_id, from_row)
constraint imports.template template_pkey PRIMARY KEY (county, id)
constraint lab.scenario scenario_county_item_name_key UNIQUE (county, item, name)
constraint lab.scenario scenario_pkey PRIMARY KEY (county, id)
constraint lookback.scan scan_applied_check CHECK ((applied = ANY (ARRAY['drawn'::text, 'all'::text])))
constraint lookback.scan scan_pkey PRIMARY KEY (county, id)
constraint lookback.scan scan_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'stopped'::text])))
constraint lookback.spell spell_county_scan_id_fkey FOREIGN KEY (county, scan_id) REFERENCES lookback.scan(county, id)
constraint lookback.spell spell_kind_check CHECK ((kind = ANY (ARRAY['missed'::text, 'overpaid'::text])))
constraint lookback.spell spell_pkey PRIMARY KEY (county, id)
constraint lookback.spell spell_state_check CHECK ((state = ANY (ARRAY['open'::text, 'handed'::text, 'dismissed'::text, 'closed'::text])))
constraint matching.agreed agreed_pkey PRIMARY KEY (county, run_id, part)
constraint matching.row row_kind_check CHECK ((kind = ANY (ARRAY['different'::text, 'possible'::text, 'onlyOurs'::text, 'onlyTheirs'::text, 'twice'::text, 'unreadable'::text])))
constraint matching.row row_pkey PRIMARY KEY (county, id)
constraint matching.row row_state_check CHECK ((state = ANY (ARRAY['open'::text, 'waiting'::text, 'settled'::text, 'carried'::text])))
constraint matching.run run_pkey PRIMARY KEY (county, id)
constraint matching.run run_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'unreadable'::text, 'inspected'::text, 'matching'::text, 'done'::text, 'failed'::text])))
constraint matching.settlement settlement_pkey PRIMARY KEY (county, id)
constraint messages.counter counter_pkey PRIMARY KEY (county)
constraint messages.message message_check CHECK (((elder_id IS NOT NULL) OR (to_user IS NOT NULL) OR (to_post IS NOT NULL)))
constraint messages.message message_county_key_key UNIQUE (county, key)
constraint messages.message message_pkey PRIMARY KEY (county, id)
constraint messages.message message_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'answered'::text, 'failed'::text, 'withdrawn'::text])))
constraint messages.message message_waits_for_check CHECK ((waits_for = ANY (ARRAY['gateway'::text, 'clerk'::text, 'print'::text, 'village'::text, 'reader'::text])))
constraint messages.setting setting_pkey PRIMARY KEY (county)
constraint messages.setting setting_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439)))
constraint messages.setting setting_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 1439)))
constraint messages.step step_county_message_id_fkey FOREIGN KEY (county, message_id) REFERENCES messages.message(county, id)
constraint messages.step step_pkey PRIMARY KEY (county, id)
constraint offers.ahead ahead_pkey PRIMARY KEY (county, elder_id, item)
constraint offers.offer offer_county_number_key UNIQUE (county, number)
constraint offers.offer offer_pkey PRIMARY KEY (county, id)
constraint offers.offer offer_state_check CHECK ((state = ANY (ARRAY['found'::text, 'told'::text, 'consented'::text, 'checked'::text, 'approved'::text, 'declined'::text, 'refused'::text, 'ended'::text])))
constraint offers.paper paper_county_offer_id_fkey FOREIGN KEY (county, offer_id) REFERENCES offers.offer(county, id)
constraint offers.paper paper_pkey PRIMARY KEY (county, id)
constraint offers.pending pending_pkey PRIMARY KEY (county, elder_id)
constraint offers.setting setting_on_finding_check CHECK ((on_finding = ANY (ARRAY['outbox'::text, 'send'::text])))
constraint offers.setting setting_pkey PRIMARY KEY (county)
constraint offers.step step_county_offer_id_fkey FOREIGN KEY (county, offer_id) REFERENCES offers.offer(county, id)
constraint offers.step step_pkey PRIMARY KEY (county, id)
constraint offers.sweep sweep_pkey PRIMARY KEY (county)
constraint payments.account account_pkey PRIMARY KEY (county, id)
constraint payments.bank_file bank_file_county_batch_id_fkey FOREIGN KEY (county, batch_id) REFERENCES payments.batch(county, id)
constraint payments.bank_file bank_file_pkey PRIMARY KEY (county, id)
constraint payments.bank_file bank_file_way_check CHECK ((way = ANY (ARRAY['sent'::text, 'answer'::text])))
constraint payments.batch batch_check CHECK (((released_by IS NULL) OR (released_by <> drafted_by)))
constraint payments.batch batch_county_number_key UNIQUE (county, number)
constraint payments.batch batch_pkey PRIMARY KEY (county, id)
constraint payments.batch batch_state_check CHECK ((state = ANY (ARRAY['computing'::text, 'draft'::text, 'checked'::text, 'released'::text, 'exported'::text, 'settled'::text, 'dropped'::text])))
constraint payments.grant grant_check CHECK (((until_month IS NULL) OR (until_month >= since_month) OR (ended_reason IS NOT NULL)))
constraint payments.grant grant_origin_check CHECK ((origin = ANY (ARRAY['adopted'::text, 'offer'::text])))
constraint payments.grant grant_pkey PRIMARY KEY (county, id)
constraint payments.line line_check CHECK (((held IS NOT NULL) OR (pay_fen = (((due_fen + arrears_fen) + again_fen) - offset_fen))))
constraint payments.line line_county_batch_id_fkey FOREIGN KEY (county, batch_id) REFERENCES payments.batch(county, id)
constraint payments.line line_outcome_check CHECK ((outcome = ANY (ARRAY['paid'::text, 'returned'::text])))
constraint payments.line line_pay_fen_check CHECK ((pay_fen >= 0))
constraint payments.line line_pkey PRIMARY KEY (county, id)
constraint payments.part part_kind_check CHECK ((kind = ANY (ARRAY['month'::text, 'arrears'::text, 'overpaid'::text, 'again'::text, 'offset'::text])))
constraint payments.part part_pkey PRIMARY KEY (county, id)
constraint payments.recoup recoup_amount_fen_check CHECK ((amount_fen > 0))
constraint payments.recoup recoup_check CHECK (((recovered_fen + written_off_fen) <= amount_fen))
constraint payments.recoup recoup_pkey PRIMARY KEY (county, id)
constraint payments.recoup recoup_plan_check CHECK ((plan = ANY (ARRAY['undecided'::text, 'offset'::text, 'instalments'::text])))
constraint payments.recoup recoup_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
constraint payments.recovery recovery_amount_fen_check CHECK ((amount_fen > 0))
constraint payments.recovery recovery_county_recoup_id_fkey FOREIGN KEY (county, recoup_id) REFERENCES payments.recoup(county, id)
constraint payments.recovery recovery_how_check CHECK ((how = ANY (ARRAY['offset'::text, 'cash'::text, 'writeOff'::text])))
constraint payments.recovery recovery_pkey PRIMARY KEY (county, id)
constraint payments.returned returned_amount_fen_check CHECK ((amount_fen > 0))
constraint payments.returned returned_county_line_id_key UNIQUE (county, line_id)
constraint payments.returned returned_pkey PRIMARY KEY (county, id)
constraint payments.returned returned_state_check CHECK ((state = ANY (ARRAY['read'::text, 'unclear'::text, 'open'::text, 'again'::text, 'sent'::text, 'cancelled'::text])))
constraint platform.audit audit_pkey PRIMARY KEY (county, id)
constraint platform.command command_pkey PRIMARY KEY (county, id)
constraint platform.event event_pkey PRIMARY KEY (county, id)
constraint platform.file file_pkey PRIMARY KEY (county, id)
constraint platform.job_run job_run_pkey PRIMARY KEY (county, job, period)
constraint platform.listener listener_pkey PRIMARY KEY (county, name)
constraint platform.migration migration_pkey PRIMARY KEY (capability, number)
constraint platform.sequence sequence_pkey PRIMARY KEY (county)
constraint platform.session session_id_key UNIQUE (id)
constraint platform.session session_level_check CHECK ((level = ANY (ARRAY['full'::text, 'factor'::text, 'partial'::text])))
constraint platform.session session_pkey PRIMARY KEY (token_hash)
constraint platform.task task_pkey PRIMARY KEY (county, id)
constraint platform.task task_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
constraint policies.version version_check CHECK (((state <> ALL (ARRAY['published'::text, 'withdrawn'::text])) OR (effective_from IS NOT NULL)))
constraint policies.version version_item_region_number_key UNIQUE (item, region, number)
constraint policies.version version_pkey PRIMARY KEY (id)
constraint policies.version version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'inReview'::text, 'published'::text, 'withdrawn'::text])))
constraint regions.change change_pkey PRIMARY KEY (county, id)
constraint users.account account_county_organisation_id_fkey FOREIGN KEY (county, organisation_id) REFERENCES users.organisation(county, id)
constraint users.account account_pkey PRIMARY KEY (county, id)
constraint users.account account_state_check CHECK ((state = ANY (ARRAY['active'::text, 'left'::text])))
constraint users.account account_totp_state_check CHECK ((totp_state = ANY (ARRAY['off'::text, 'required'::text, 'on'::text])))
constraint users.grant grant_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
constraint users.grant grant_county_user_id_fkey FOREIGN KEY (county, user_id) REFERENCES users.account(county, id)
constraint users.grant grant_pkey PRIMARY KEY (county, id)
constraint users.login login_pkey PRIMARY KEY (login)
constraint users.organisation organisation_kind_check CHECK ((kind = ANY (ARRAY['bureau'::text, 'township'::text, 'village'::text, 'assessor'::text, 'careHome'::text, 'provider'::text, 'department'::text])))
constraint users.organisation organisation_pkey PRIMARY KEY (county, id)
constraint work.case case_check CHECK (((owner_id IS NOT NULL) OR ((owner_post IS NOT NULL) AND (owner_region IS NOT NULL))))
constraint work.case case_county_type_key_key UNIQUE (county, type, key)
constraint work.case case_pkey PRIMARY KEY (county, id)
constraint work.clock clock_county_case_id_fkey FOREIGN KEY (county, case_id) REFERENCES work."case"(county, id)
constraint work.clock clock_pkey PRIMARY KEY (county, id)
constraint work.history history_county_case_id_fkey FOREIGN KEY (county, case_id) REFERENCES work."case"(county, id)
constraint work.history history_pkey PRIMARY KEY (county, id)

CREATE INDEX account_book ON funds.account USING btree (county, book, kind)
CREATE INDEX account_elder ON funds.account USING btree (county, elder_id) WHERE (elder_id IS NOT NULL)
CREATE INDEX account_number ON payments.account USING btree (county, number_index) WHERE (superseded_at IS NULL)
CREATE INDEX account_region ON users.account USING btree (region)
CREATE INDEX ahead_day ON offers.ahead USING btree (county, on_day)
CREATE INDEX assessment_batch ON assessments.assessment USING btree (county, batch_id) WHERE (batch_id IS NOT NULL)
CREATE INDEX assessment_due ON assessments.assessment USING btree (region, valid_until) WHERE (state = ANY (ARRAY['complete'::text, 'disputed'::text]))
CREATE INDEX assessment_elder ON assessments.assessment USING btree (elder_id, assessed_on DESC)
CREATE INDEX assessment_id ON assessments.assessment USING btree (id)
CREATE INDEX assessment_region ON assessments.assessment USING btree (region, state, changed_at DESC)
CREATE INDEX audit_at ON platform.audit USING btree (county, at DESC)
CREATE INDEX audit_subject ON platform.audit USING btree (county, subject_id, at DESC) WHERE (subject_id IS NOT NULL)
CREATE INDEX audit_unnumbered ON platform.audit USING btree (county, at) WHERE (seq IS NULL)
CREATE INDEX bank_file_batch ON payments.bank_file USING btree (county, batch_id)
CREATE INDEX batch_month ON payments.batch USING btree (county, month)
CREATE INDEX batch_recent ON imports.batch USING btree (county, created_at DESC)
CREATE INDEX budget_year ON funds.budget USING btree (county, year, item)
CREATE INDEX case_open ON work."case" USING btree (region, due_at) WHERE (closed_at IS NULL)
CREATE INDEX case_owner ON work."case" USING btree (county, owner_id) WHERE (closed_at IS NULL)
CREATE INDEX case_post ON work."case" USING btree (owner_post, owner_region) WHERE ((closed_at IS NULL) AND (owner_kind = 'post'::text))
CREATE INDEX case_subject ON work."case" USING btree (county, subject_id) WHERE (subject_id IS NOT NULL)
CREATE INDEX clock_due ON work.clock USING btree (due_at) WHERE (ended_at IS NULL)
CREATE INDEX conflict_open ON funds.conflict USING btree (county, seen_at) WHERE (settled_at IS NULL)
CREATE INDEX contact_elder ON elders.contact USING btree (county, elder_id)
CREATE INDEX contact_phone ON elders.contact USING btree (county, phone_index) WHERE (phone_index IS NOT NULL)
CREATE INDEX elder_batch ON elders.elder USING btree (county, batch_id) WHERE (batch_id IS NOT NULL)
CREATE INDEX elder_birth ON elders.elder USING btree (county, birth_day)
CREATE INDEX elder_changed ON elders.elder USING btree (county, changed_at, id)
CREATE INDEX elder_count ON elders.elder USING btree (county, status) INCLUDE (region, id)
CREATE INDEX elder_given ON elders.elder USING btree (county, given, id)
CREATE INDEX elder_household ON elders.elder USING btree (county, household_id) WHERE (household_id IS NOT NULL)
CREATE INDEX elder_id_tail ON elders.elder USING btree (county, id_tail_index)
CREATE INDEX elder_initials ON elders.elder USING btree (county, initials, id)
CREATE INDEX elder_name ON elders.elder USING btree (county, name, id)
CREATE INDEX elder_phone ON elders.elder USING btree (county, phone_index)
CREATE INDEX elder_phone_tail ON elders.elder USING btree (county, phone_tail_index)
CREATE INDEX elder_pinyin ON elders.elder USING btree (county, pinyin, id)
CREATE INDEX elder_place ON elders.elder USING btree (county, filed, pinyin, id) WHERE (status = ANY (ARRAY['active'::text, 'dead'::text, 'movedOut'::text]))
CREATE INDEX event_unnumbered ON platform.event USING btree (county, at) WHERE (seq IS NULL)
CREATE INDEX fact_batch ON elders.fact USING btree (county, batch_id) WHERE (batch_id IS NOT NULL)
CREATE INDEX fact_elder ON elders.fact USING btree (county, elder_id, key)
CREATE INDEX fact_replaced ON elders.fact USING btree (county, superseded_by) WHERE (superseded_by IS NOT NULL)
CREATE INDEX grant_elder ON payments."grant" USING btree (county, elder_id)
CREATE INDEX grant_place ON users."grant" USING btree (place, role)
CREATE INDEX grant_user ON users."grant" USING btree (county, user_id)
CREATE INDEX history_case ON work.history USING btree (county, case_id, at)
CREATE INDEX hold_book ON funds.hold USING btree (county, book) WHERE (state = 'open'::text)
CREATE INDEX hold_due ON funds.hold USING btree (county, until_day) WHERE (state = 'open'::text)
CREATE INDEX life_event_elder ON elders.life_event USING btree (county, elder_id, on_day)
CREATE INDEX line_elder ON payments.line USING btree (county, elder_id)
CREATE INDEX line_place ON payments.line USING btree (county, batch_id, region, id)
CREATE INDEX lot_open ON funds.lot USING btree (county, account) WHERE (used < amount)
CREATE INDEX message_due ON messages.message USING btree (county, due_at) WHERE (due_at IS NOT NULL)
CREATE INDEX message_elder ON messages.message USING btree (county, elder_id) WHERE (elder_id IS NOT NULL)
CREATE INDEX message_number ON messages.message USING btree (county, number)
CREATE INDEX message_open ON messages.message USING btree (county, region, queued_at) WHERE (ended_at IS NULL)
CREATE INDEX need_elder ON assessments.need USING btree (elder_id)
CREATE INDEX need_region ON assessments.need USING btree (region, from_day)
CREATE INDEX offer_elder ON offers.offer USING btree (county, elder_id)
CREATE INDEX offer_list ON offers.offer USING btree (county, state, due_on, id)
CREATE INDEX paper_offer ON offers.paper USING btree (county, offer_id)
CREATE INDEX part_batch ON payments.part USING btree (county, batch_id)
CREATE INDEX part_grant ON payments.part USING btree (county, grant_id, month)
CREATE INDEX part_line ON payments.part USING btree (county, line_id)
CREATE INDEX problem_state ON imports.problem USING btree (county, batch_id, state, "row")
CREATE INDEX recoup_elder ON payments.recoup USING btree (county, elder_id)
CREATE INDEX recoup_open ON payments.recoup USING btree (county, state)
CREATE INDEX recovery_recoup ON payments.recovery USING btree (county, recoup_id)
CREATE INDEX residence_elder ON elders.residence USING btree (county, elder_id)
CREATE INDEX returned_open ON payments.returned USING btree (county, state)
CREATE INDEX revision_elder ON assessments.revision USING btree (elder_id)
CREATE INDEX row_case ON matching."row" USING btree (county, case_id) WHERE (case_id IS NOT NULL)
CREATE INDEX row_open ON matching."row" USING btree (county, source, state, id)
CREATE INDEX row_run ON matching."row" USING btree (county, run_id, state, kind, id)
CREATE INDEX row_settlement ON matching."row" USING btree (county, settlement_id) WHERE (settlement_id IS NOT NULL)
CREATE INDEX run_recent ON matching.run USING btree (county, created_at DESC)
CREATE INDEX scan_recent ON lookback.scan USING btree (county, started_at DESC)
CREATE INDEX scenario_item ON lab.scenario USING btree (county, item, created_at DESC)
CREATE INDEX session_of_user ON platform.session USING btree (user_id)
CREATE INDEX settlement_run ON matching.settlement USING btree (county, run_id, decided_at DESC)
CREATE INDEX signature_elder ON assessments.signature USING btree (elder_id)
CREATE INDEX spell_case ON lookback.spell USING btree (county, case_id) WHERE (case_id IS NOT NULL)
CREATE INDEX spell_elder ON lookback.spell USING btree (county, elder_id, item)
CREATE INDEX spell_scan ON lookback.spell USING btree (county, scan_id, kind, item, id)
CREATE INDEX step_message ON messages.step USING btree (county, message_id, at)
CREATE INDEX step_offer ON offers.step USING btree (county, offer_id, at)
CREATE INDEX tally_place ON elders.tally USING btree (county, region)
CREATE INDEX task_open ON platform.task USING btree (created_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]))
CREATE INDEX template_fingerprint ON imports.template USING btree (county, fingerprint, saved_at DESC)
CREATE INDEX transfer_credit ON funds.transfer USING btree (county, credit, on_day, id)
CREATE INDEX transfer_debit ON funds.transfer USING btree (county, debit, on_day, id)
CREATE INDEX transfer_ref ON funds.transfer USING btree (county, ref_id)
CREATE INDEX trigger_elder ON assessments.trigger USING btree (elder_id)
CREATE INDEX use_assessment ON assessments.use USING btree (assessment_id)
CREATE INDEX use_elder ON assessments.use USING btree (elder_id)
CREATE INDEX use_region ON assessments.use USING btree (region, used_at DESC)
CREATE INDEX version_state ON policies.version USING btree (state, region)
CREATE UNIQUE INDEX account_now ON payments.account USING btree (county, elder_id) WHERE (superseded_at IS NULL)
CREATE UNIQUE INDEX assessment_open ON assessments.assessment USING btree (county, elder_id, scale_id) WHERE (state = ANY (ARRAY['draft'::text, 'waitingSignatures'::text]))
CREATE UNIQUE INDEX audit_seq ON platform.audit USING btree (county, seq)
CREATE UNIQUE INDEX elder_id_number ON elders.elder USING btree (county, id_index) WHERE ((id_index IS NOT NULL) AND (status <> ALL (ARRAY['merged'::text, 'undone'::text])))
CREATE UNIQUE INDEX event_seq ON platform.event USING btree (county, seq)
CREATE UNIQUE INDEX grant_now ON payments."grant" USING btree (county, elder_id, item) WHERE (until_month IS NULL)
CREATE UNIQUE INDEX line_once ON payments.line USING btree (county, batch_id, grant_id)
CREATE UNIQUE INDEX offer_once ON offers.offer USING btree (county, elder_id, item) WHERE (ended_on IS NULL)

policy assessments.assessment scope ALL to songbai_app
policy assessments.need scope ALL to songbai_app
policy assessments.revision scope ALL to songbai_app
policy assessments.signature scope ALL to songbai_app
policy assessments.trigger scope ALL to songbai_app
policy assessments.use scope ALL to songbai_app
policy elders.contact scope ALL to songbai_app
policy elders.elder scope ALL to songbai_app
policy elders.fact scope ALL to songbai_app
policy elders.life_event scope ALL to songbai_app
policy elders.merge scope ALL to songbai_app
policy elders.not_duplicate scope ALL to songbai_app
policy elders.residence scope ALL to songbai_app
policy elders.tally scope ALL to songbai_app
policy funds.account scope ALL to songbai_app
policy funds.budget scope ALL to songbai_app
policy funds.conflict scope ALL to songbai_app
policy funds.hold scope ALL to songbai_app
policy funds.lot scope ALL to songbai_app
policy funds.op scope ALL to songbai_app
policy funds.transfer scope ALL to songbai_app
policy imports.batch scope ALL to songbai_app
policy imports.problem scope ALL to songbai_app
policy imports.slice scope ALL to songbai_app
policy imports.template scope ALL to songbai_app
policy lab.scenario scope ALL to songbai_app
policy lookback.scan scope ALL to songbai_app
policy lookback.spell scope ALL to songbai_app
policy matching.agreed scope ALL to songbai_app
policy matching.row scope ALL to songbai_app
policy matching.run scope ALL to songbai_app
policy matching.settlement scope ALL to songbai_app
policy messages.message scope ALL to songbai_app
policy messages.setting scope ALL to songbai_app
policy messages.step scope ALL to songbai_app
policy offers.ahead scope ALL to songbai_app
policy offers.offer scope ALL to songbai_app
policy offers.paper scope ALL to songbai_app
policy offers.pending scope ALL to songbai_app
policy offers.setting scope ALL to songbai_app
policy offers.step scope ALL to songbai_app
policy payments.account scope ALL to songbai_app
policy payments.bank_file scope ALL to songbai_app
policy payments.batch scope ALL to songbai_app
policy payments.grant scope ALL to songbai_app
policy payments.line scope ALL to songbai_app
policy payments.part scope ALL to songbai_app
policy payments.recoup scope ALL to songbai_app
policy payments.recovery scope ALL to songbai_app
policy payments.returned scope ALL to songbai_app
policy platform.audit platform_lines INSERT to songbai_platform
policy platform.audit scope ALL to songbai_app
policy platform.audit sequencer ALL to songbai_platform
policy platform.event scope ALL to songbai_app
policy platform.event sequencer ALL to songbai_platform
policy platform.file scope ALL to songbai_app
policy platform.task runner ALL to songbai_platform
policy platform.task scope ALL to songbai_app
policy users.account scope ALL to songbai_app
policy users.grant above SELECT to songbai_app
policy users.grant scope ALL to songbai_app
policy users.organisation scope ALL to songbai_app
policy work.case scope ALL to songbai_app
policy work.clock scope ALL to songbai_app
policy work.history scope ALL to songbai_app

grant delete, insert, select on imports.slice to songbai_app
grant delete, insert, select on lab.scenario to songbai_app
grant delete, insert, select on matching.agreed to songbai_app
grant delete, insert, select on payments.part to songbai_app
grant delete, insert, select, update on assessments.need to songbai_app
grant delete, insert, select, update on imports.problem to songbai_app
grant delete, insert, select, update on lookback.spell to songbai_app
grant delete, insert, select, update on matching.row to songbai_app
grant delete, insert, select, update on offers.ahead to songbai_app
grant delete, insert, select, update on offers.pending to songbai_app
grant delete, insert, select, update on payments.line to songbai_app
grant delete, insert, select, update on payments.returned to songbai_app
grant delete, insert, select, update on users.grant to songbai_app
grant insert, select on elders.not_duplicate to songbai_app
grant insert, select on funds.op to songbai_app
grant insert, select on funds.transfer to songbai_app
grant insert, select on messages.step to songbai_app
grant insert, select on offers.step to songbai_app
grant insert, select on payments.bank_file to songbai_app
grant insert, select on payments.recovery to songbai_app
grant insert, select on platform.audit to songbai_app
grant insert, select on platform.audit to songbai_platform
grant insert, select on platform.event to songbai_app
grant insert, select on regions.change to songbai_app
grant insert, select on work.history to songbai_app
grant insert, select, update on assessments.assessment to songbai_app
grant insert, select, update on assessments.revision to songbai_app
grant insert, select, update on assessments.signature to songbai_app
grant insert, select, update on assessments.trigger to songbai_app
grant insert, select, update on assessments.use to songbai_app
grant insert, select, update on elders.contact to songbai_app
grant insert, select, update on elders.elder to songbai_app
grant insert, select, update on elders.fact to songbai_app
grant insert, select, update on elders.life_event to songbai_app
grant insert, select, update on elders.merge to songbai_app
grant insert, select, update on elders.residence to songbai_app
grant insert, select, update on entitlements.stamp to songbai_app
grant insert, select, update on funds.account to songbai_app
grant insert, select, update on funds.budget to songbai_app
grant insert, select, update on funds.conflict to songbai_app
grant insert, select, update on funds.hold to songbai_app
grant insert, select, update on funds.lot to songbai_app
grant insert, select, update on imports.batch to songbai_app
grant insert, select, update on imports.template to songbai_app
grant insert, select, update on lookback.scan to songbai_app
grant insert, select, update on matching.run to songbai_app
grant insert, select, update on matching.settlement to songbai_app
grant insert, select, update on messages.counter to songbai_app
grant insert, select, update on messages.message to songbai_app
grant insert, select, update on messages.setting to songbai_app
grant insert, select, update on offers.offer to songbai_app
grant insert, select, update on offers.paper to songbai_app
grant insert, select, update on offers.setting to songbai_app
grant insert, select, update on offers.sweep to songbai_app
grant insert, select, update on payments.account to songbai_app
grant insert, select, update on payments.batch to songbai_app
grant insert, select, update on payments.grant to songbai_app
grant insert, select, update on payments.recoup to songbai_app
grant insert, select, update on platform.command to songbai_app
grant insert, select, update on platform.file to songbai_app
grant insert, select, update on platform.job_run to songbai_platform
grant insert, select, update on platform.listener to songbai_platform
grant insert, select, update on platform.sequence to songbai_platform
grant insert, select, update on platform.session to songbai_platform
grant insert, select, update on platform.task to songbai_app
grant insert, select, update on policies.version to songbai_app
grant insert, select, update on users.account to songbai_app
grant insert, select, update on users.login to songbai_app
grant insert, select, update on users.organisation to songbai_app
grant insert, select, update on work.case to songbai_app
grant insert, select, update on work.clock to songbai_app
grant select on elders.tally to songbai_app
grant select on platform.event to songbai_platform
grant select on platform.sequence to songbai_app
grant select, update on platform.task to songbai_platform
