-- Assessments by a scale: answers, who signed them, what they gave, who used the result. Answers and the steps of the sum name
-- illnesses, so both lie sealed with the county key; in the clear is only what lists and rules need.
create table assessments.assessment (
  county text not null, id uuid not null, elder_id uuid not null, own_elder_id uuid not null, region text collate "C" not null,
  scale_id text not null, scale_version text not null,
  reason text not null check (reason in ('first', 'routine', 'immediate', 'recheck', 'other', 'recorded')), reason_text text,
  state text not null check (state in ('draft', 'waitingSignatures', 'complete', 'disputed', 'superseded', 'void')),
  planned_on date, assessed_on date, place text,
  answers_sealed bytea, answers_hash text, version int not null default 0, required int not null default 0, answered int not null default 0,
  informant_name text, informant_relation text,
  result_sealed bytea, total int, level int, level_code text, dimensions jsonb, valid_until date, reassess_from date,
  issuer text not null, assessors text[] not null default '{}', document_no text,
  recheck_of uuid, replaced_by uuid, level_before int, repeat_in_validity boolean not null default false,
  disputed_at timestamptz, disputed_by uuid, dispute_from text, dispute_reason text, dispute_outcome text check (dispute_outcome in ('confirmed', 'changed', 'withdrawn')),
  elder_gone boolean not null default false, void_reason text, batch_id uuid, created_at timestamptz not null, created_by uuid not null, changed_at timestamptz not null, changed_by uuid not null, completed_at timestamptz,
  primary key (county, id)
);
comment on table assessments.assessment is 'One assessment from planning to result. A result is never changed: a newer one, or the re-check of a disputed one, takes its place and both stay readable.';
comment on column assessments.assessment.answers_sealed is 'JSON of all answers, sealed with the county key.';
comment on column assessments.assessment.answers_hash is 'SM3 over the canonical answers; what a signature stands under.';
comment on column assessments.assessment.dimensions is 'Sum and maximum of each dimension of a finished result, for curves and lists.';
comment on column assessments.assessment.own_elder_id is 'The record it was made for; elder_id follows a merge of two records and comes back to this on a split.';
comment on column assessments.assessment.elder_gone is 'The person died or moved away: the result stays readable and is due no more.';
comment on column assessments.assessment.assessors is 'Names as they stood under the result, also of people who have no account here.';
comment on column assessments.assessment.repeat_in_validity is 'Made though a result was in force, with the reason in reason_text: what mutual recognition is measured by.';
create index assessment_elder on assessments.assessment (elder_id, assessed_on desc);
create index assessment_id on assessments.assessment (id);
create index assessment_region on assessments.assessment (region, state, changed_at desc);
create index assessment_due on assessments.assessment (region, valid_until) where state in ('complete', 'disputed');
create unique index assessment_open on assessments.assessment (county, elder_id, scale_id) where state in ('draft', 'waitingSignatures');
create index assessment_batch on assessments.assessment (county, batch_id) where batch_id is not null;
select platform.protect('assessments.assessment', 'select, insert, update', 'elder_id');

create table assessments.revision (
  county text not null, id uuid not null, elder_id uuid not null, region text collate "C" not null, assessment_id uuid not null,
  version int not null, changes_sealed bytea not null, items text[] not null, answers_hash text not null, at timestamptz not null, by uuid not null, by_name text not null,
  primary key (county, id), unique (county, assessment_id, version), foreign key (county, assessment_id) references assessments.assessment (county, id)
);
comment on table assessments.revision is 'Every saving of answers with the old and the new value of each item it changed: nothing is overwritten silently.';
create index revision_elder on assessments.revision (elder_id);
select platform.protect('assessments.revision', 'select, insert, update', 'elder_id');

create table assessments.signature (
  county text not null, id uuid not null, elder_id uuid not null, region text collate "C" not null, assessment_id uuid not null,
  role text not null check (role in ('assessor', 'informant')), signer_id uuid, signer_name text not null, relation text,
  answers_hash text not null, signed_at timestamptz not null, mark_sealed bytea, witnessed_by uuid,
  seq int not null, prev_hash text not null, hash text not null,
  primary key (county, id), unique (county, assessment_id, seq), foreign key (county, assessment_id) references assessments.assessment (county, id)
);
comment on table assessments.signature is 'Signatures chained by SM3 within one assessment. One under other answers stays in the chain but no longer counts.';
comment on column assessments.signature.mark_sealed is 'Strokes drawn on the screen (or why the informant could not sign), sealed with the county key.';
comment on column assessments.signature.witnessed_by is 'Account in whose sitting the informant signed.';
create index signature_elder on assessments.signature (elder_id);
select platform.protect('assessments.signature', 'select, insert, update', 'elder_id');

create table assessments.use (
  county text not null, id uuid not null, elder_id uuid not null, region text collate "C" not null, assessment_id uuid not null,
  purpose text not null check (purpose in ('subsidy', 'ltcInsurance', 'disability', 'admission', 'service', 'other')), office text not null, reference text,
  used_on date not null, used_at timestamptz not null, used_by uuid not null, used_by_name text not null,
  primary key (county, id), foreign key (county, assessment_id) references assessments.assessment (county, id)
);
comment on table assessments.use is 'Decisions of other offices that rested on a result instead of a second assessment.';
create index use_assessment on assessments.use (assessment_id);
create index use_region on assessments.use (region, used_at desc);
create index use_elder on assessments.use (elder_id);
select platform.protect('assessments.use', 'select, insert, update', 'elder_id');

create table assessments.trigger (
  county text not null, elder_id uuid not null, region text collate "C" not null, code text not null, day date not null, recorded_at timestamptz not null,
  primary key (county, elder_id, code, day)
);
comment on table assessments.trigger is 'What happened to a person that asks for a new assessment (hospital stay, new diagnosis …); counts while no assessment was made on or after that day.';
create index trigger_elder on assessments.trigger (elder_id);
select platform.protect('assessments.trigger', 'select, insert, update', 'elder_id');

create table assessments.need (
  county text not null, elder_id uuid not null, region text collate "C" not null, from_day date not null,
  primary key (county, elder_id)
);
comment on table assessments.need is 'People without any result by the national scale and the day from which they should have one; kept true by what the registry tells and by every new result.';
create index need_region on assessments.need (region, from_day);
create index need_elder on assessments.need (elder_id);
select platform.protect('assessments.need', 'select, insert, update, delete', 'elder_id');
