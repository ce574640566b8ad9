-- People and organisations of the service: who signs in, what they may do, where.
create table users.organisation (
  county text not null, id uuid not null, region text collate "C" not null, name text not null,
  kind text not null check (kind in ('bureau', 'township', 'village', 'assessor', 'careHome', 'provider', 'department')), created_at timestamptz not null,
  primary key (county, id)
);
select platform.protect('users.organisation');

create table users.account (
  county text not null, id uuid not null, region text collate "C" not null, login text not null, name text not null, organisation_id uuid,
  password_hash text not null, must_change boolean not null default true,
  totp_state text not null check (totp_state in ('off', 'required', 'on')), totp_sealed bytea, totp_last_step bigint,
  failed int not null default 0, failed_at timestamptz, locked_until timestamptz, last_sign_in timestamptz,
  state text not null default 'active' check (state in ('active', 'left')), demo boolean not null default false, created_at timestamptz not null, left_at timestamptz, left_to uuid,
  primary key (county, id), foreign key (county, organisation_id) references users.organisation (county, id)
);
comment on table users.account is 'One person of the service. The password is argon2id; the second factor''s secret is sealed with the county key.';
comment on column users.account.totp_last_step is 'Newest time step accepted: a code works once.';
create index account_region on users.account (region);
select platform.protect('users.account');

-- Resolves a sign-in name before any scope is known, hence no row-level security: it holds nothing but the way to the account.
create table users.login (login text primary key, county text not null, user_id uuid not null);
grant select, insert, update on users.login to songbai_app;

create table users.grant (
  county text not null, id uuid not null, region text collate "C" not null, user_id uuid not null, role text not null, place text collate "C" not null,
  valid_from date not null, valid_to date, reason text, granted_by uuid not null, granted_at timestamptz not null,
  primary key (county, id), foreign key (county, user_id) references users.account (county, id), check (valid_to is null or valid_to >= valid_from)
);
comment on table users.grant is 'A role over a place from a day to a day: temporary grants end by themselves. `region` is the account''s own place, `place` what the role covers.';
create index grant_user on users.grant (county, user_id);
select platform.protect('users.grant', 'select, insert, update, delete');
