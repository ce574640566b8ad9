import { countyOf, type Tx } from '@songbai/platform/tx'
import type { Role } from '../../roles.ts'

export interface Account {
  readonly county: string
  readonly id: string
  readonly region: string
  readonly login: string
  readonly name: string
  readonly organisationId: string | null
  readonly organisation: string | null
  readonly passwordHash: string
  readonly mustChange: boolean
  readonly totpState: 'off' | 'required' | 'on'
  readonly totpSealed: Buffer | null
  readonly totpLastStep: number | null
  readonly failed: number
  readonly failedAt: number | null
  readonly lockedUntil: number | null
  readonly lastSignIn: number | null
  readonly state: 'active' | 'left'
  readonly demo: boolean
}

export interface GrantRow {
  readonly id: string
  readonly userId: string
  readonly role: Role
  readonly place: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly reason: string | null
}

export async function accountByLogin(tx: Tx, login: string): Promise<Account | null> {
  const [row] = await tx.rows<{ userId: string }>`select user_id as "userId" from users.login where login = ${login}`
  return row ? ((await accounts(tx, { ids: [row.userId] }))[0] ?? null) : null
}

/** Accounts in scope; all filters must hold. Locks nothing. */
export async function accounts(tx: Tx, by: { ids?: readonly string[]; prefix?: string; text?: string; state?: string; role?: string }): Promise<Account[]> {
  return tx.rows<Account>`
    select a.county, a.id, a.region, a.login, a.name, a.organisation_id as "organisationId", o.name as organisation, a.password_hash as "passwordHash", a.must_change as "mustChange",
      a.totp_state as "totpState", a.totp_sealed as "totpSealed", a.totp_last_step as "totpLastStep", a.failed, a.failed_at as "failedAt", a.locked_until as "lockedUntil", a.last_sign_in as "lastSignIn", a.state, a.demo
    from users.account a left join users.organisation o on o.county = a.county and o.id = a.organisation_id
    where (${by.ids ?? null}::uuid[] is null or a.id = any(${by.ids ?? null}::uuid[]))
      and (${by.prefix ?? null}::text is null or a.region like ${`${by.prefix ?? ''}%`})
      and (${by.text ?? null}::text is null or a.name like ${`%${by.text ?? ''}%`} or a.login like ${`${by.text ?? ''}%`})
      and (${by.state ?? null}::text is null or a.state = ${by.state ?? null})
      and (${by.role ?? null}::text is null or exists (select from users.grant g where g.county = a.county and g.user_id = a.id and g.role = ${by.role ?? null} and g.valid_from <= ${tx.today} and (g.valid_to is null or g.valid_to >= ${tx.today})))
    order by a.region, a.login`
}

export async function grantsOf(tx: Tx, userIds: readonly string[]): Promise<GrantRow[]> {
  return tx.rows<GrantRow>`select id, user_id as "userId", role, place, valid_from as "validFrom", valid_to as "validTo", reason from users.grant where user_id = any(${userIds}::uuid[]) order by place, role, valid_from`
}

/** Duties that hold today over places inside the scope or above it; whose they are is not told. */
export async function postsHeld(tx: Tx): Promise<{ readonly role: Role; readonly place: string }[]> {
  return tx.rows<{ role: Role; place: string }>`select distinct role, place from users.grant where valid_from <= ${tx.today} and (valid_to is null or valid_to >= ${tx.today}) order by place, role`
}

export interface NewAccount {
  readonly login: string
  readonly name: string
  readonly region: string
  readonly organisationId: string | null
  readonly passwordHash: string
  readonly mustChange: boolean
  readonly totpState: Account['totpState']
  readonly demo: boolean
}

/** Null when the sign-in name is taken anywhere. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<string | null> {
  const id = tx.newId()
  const county = countyOf(account.region)
  const taken = await tx.rows`insert into users.login (login, county, user_id) values (${account.login}, ${county}, ${id}) on conflict do nothing returning 1`
  if (taken.length === 0) return null
  await tx.rows`insert into users.account (county, id, region, login, name, organisation_id, password_hash, must_change, totp_state, demo, created_at)
    values (${county}, ${id}, ${account.region}, ${account.login}, ${account.name}, ${account.organisationId}, ${account.passwordHash}, ${account.mustChange}, ${account.totpState}, ${account.demo}, ${new Date(tx.nowMs)})`
  return id
}

export async function insertGrants(tx: Tx, account: { id: string; region: string }, grants: readonly { role: Role; region: string; validFrom?: string | undefined; validTo?: string | undefined; reason?: string | undefined }[]): Promise<void> {
  const rows = grants.map((grant) => ({ id: tx.newId(), role: grant.role, place: grant.region, valid_from: grant.validFrom ?? tx.today, valid_to: grant.validTo ?? null, reason: grant.reason ?? null }))
  await tx.rows`insert into users.grant (county, id, region, user_id, role, place, valid_from, valid_to, reason, granted_by, granted_at)
    select ${countyOf(account.region)}, id, ${account.region}, ${account.id}, role, place, valid_from, valid_to, reason, ${tx.actor.id}, ${new Date(tx.nowMs)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, role text, place text, valid_from date, valid_to date, reason text)`
}

/** Ends grants yesterday, or (begun today) on their first day's eve, so they hold no longer. */
export async function endGrants(tx: Tx, userId: string, grantIds: readonly string[] | null): Promise<void> {
  await tx.rows`delete from users.grant where user_id = ${userId} and (${grantIds}::uuid[] is null or id = any(${grantIds}::uuid[])) and valid_from >= ${tx.today}`
  await tx.rows`update users.grant set valid_to = ${tx.today}::date - 1 where user_id = ${userId} and (${grantIds}::uuid[] is null or id = any(${grantIds}::uuid[])) and (valid_to is null or valid_to >= ${tx.today})`
}

export async function saveFailure(tx: Tx, id: string, failed: number, lockedUntil: number | null): Promise<void> {
  await tx.rows`update users.account set failed = ${failed}, failed_at = ${new Date(tx.nowMs)}, locked_until = ${lockedUntil === null ? null : new Date(lockedUntil)} where id = ${id}`
}

export async function saveSignIn(tx: Tx, id: string): Promise<void> {
  await tx.rows`update users.account set failed = 0, failed_at = null, locked_until = null, last_sign_in = ${new Date(tx.nowMs)} where id = ${id}`
}

export async function saveTotp(tx: Tx, id: string, sealed: Buffer | null, state: Account['totpState'], lastStep: number | null): Promise<void> {
  await tx.rows`update users.account set totp_sealed = ${sealed}, totp_state = ${state}, totp_last_step = ${lastStep} where id = ${id}`
}

export async function savePassword(tx: Tx, id: string, hash: string, mustChange: boolean): Promise<void> {
  await tx.rows`update users.account set password_hash = ${hash}, must_change = ${mustChange}, failed = 0, locked_until = null where id = ${id}`
}

export async function saveLeft(tx: Tx, id: string, successorId: string): Promise<void> {
  await tx.rows`update users.account set state = 'left', left_at = ${new Date(tx.nowMs)}, left_to = ${successorId} where id = ${id}`
}

export interface OrganisationRow {
  readonly id: string
  readonly name: string
  readonly kind: 'bureau' | 'township' | 'village' | 'assessor' | 'careHome' | 'provider' | 'department'
  readonly region: string
  readonly people: number
}

export async function organisations(tx: Tx): Promise<OrganisationRow[]> {
  return tx.rows<OrganisationRow>`select o.id, o.name, o.kind, o.region, count(a.id)::int as people from users.organisation o left join users.account a on a.county = o.county and a.organisation_id = o.id and a.state = 'active' group by o.county, o.id order by o.region, o.name`
}

export async function insertOrganisation(tx: Tx, row: { name: string; kind: string; region: string }): Promise<string> {
  const id = tx.newId()
  await tx.rows`insert into users.organisation (county, id, region, name, kind, created_at) values (${countyOf(row.region)}, ${id}, ${row.region}, ${row.name}, ${row.kind}, ${new Date(tx.nowMs)})`
  return id
}

/** Current administrators of the county, so that the last one cannot lock everybody out. */
export async function adminCount(tx: Tx, county: string): Promise<number> {
  const [row] = await tx.rows<{ n: number }>`select count(distinct g.user_id)::int as n from users.grant g join users.account a on a.county = g.county and a.id = g.user_id
    where g.county = ${county} and g.role = 'systemAdmin' and a.state = 'active' and g.valid_from <= ${tx.today} and (g.valid_to is null or g.valid_to >= ${tx.today})`
  return row!.n
}
