import { hashPassword, oneTimePassword } from '@songbai/platform/passwords'
import { countyOf, refuse, type Does, type Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import type { Role } from '../../roles.ts'
import { regionNames } from '../regions/public.ts'
import { UserLeft, type changeGrants, type createOrganisation, type createUser, type leaveUser, type listOrganisations, type listUsers, type resetPassword, type unlockUser, type UserRow } from './contract.ts'
import { currentGrants, rolesClash } from './rules.ts'
import { accounts, adminCount, endGrants, grantsOf, insertAccount, insertGrants, insertOrganisation, organisations, saveFailure, saveLeft, savePassword, saveTotp, type Account, type GrantRow } from './store.ts'

export async function signedInUser(tx: Tx) {
  const [account] = await accounts(tx, { ids: [tx.actor.id] })
  if (!account) return null
  const names = await regionNames(tx, [account.region])
  const roles = [...new Set(currentGrants(await grantsOf(tx, [account.id]), tx.today).map((grant) => grant.role))]
  return { id: account.id, name: account.name, login: account.login, roles, region: account.region, place: names.get(account.region)?.full ?? account.region, organisation: account.organisation, demo: account.demo }
}

export const doListUsers: Does<typeof listUsers> = async (tx, input) => {
  const found = await accounts(tx, { state: input.state, ...(input.place ? { prefix: prefixOf(input.place) } : {}), ...(input.text ? { text: input.text } : {}), ...(input.role ? { role: input.role } : {}) })
  const grants = await grantsOf(tx, found.map((account) => account.id))
  const names = await regionNames(tx, [...found.map((account) => account.region), ...grants.map((grant) => grant.place)])
  return { users: found.map((account) => toRow(account, grants.filter((grant) => grant.userId === account.id), names, tx.today)) }
}

function toRow(account: Account, grants: readonly GrantRow[], names: ReadonlyMap<string, { full: string }>, today: string): UserRow {
  const place = (code: string): string => names.get(code)?.full ?? code
  return {
    id: account.id, login: account.login, name: account.name, organisation: account.organisation, organisationId: account.organisationId, region: account.region, place: place(account.region),
    roles: [...new Set(currentGrants(grants, today).map((grant) => grant.role))], state: account.state, secondFactor: account.totpState, lockedUntil: account.lockedUntil, lastSignIn: account.lastSignIn,
    grants: grants.map((grant) => ({ id: grant.id, role: grant.role, region: grant.place, place: place(grant.place), validFrom: grant.validFrom, validTo: grant.validTo, reason: grant.reason })),
  }
}

export const doListOrganisations: Does<typeof listOrganisations> = async (tx) => {
  const rows = await organisations(tx)
  const names = await regionNames(tx, rows.map((row) => row.region))
  return { organisations: rows.map((row) => ({ ...row, place: names.get(row.region)?.full ?? row.region })) }
}

export const doCreateOrganisation: Does<typeof createOrganisation> = async (tx, input) => {
  if (!(await regionNames(tx, [input.region])).has(input.region)) return refuse('users.region-unknown', { region: input.region })
  return { id: await insertOrganisation(tx, input) }
}

export const doCreateUser: Does<typeof createUser> = async (tx, input) => {
  const places = [input.region, ...input.grants.map((grant) => grant.region)]
  const unknown = await unknownPlace(tx, places)
  if (unknown) return refuse('users.region-unknown', { region: unknown })
  if (rolesClash(input.grants.map((grant) => grant.role))) return refuse('users.roles-separate')
  const password = oneTimePassword()
  const id = await insertAccount(tx, { login: input.login, name: input.name, region: input.region, organisationId: input.organisationId ?? null, passwordHash: await hashPassword(password), mustChange: true, totpState: 'required', demo: false })
  if (id === null) return refuse('users.login-taken', { login: input.login })
  await insertGrants(tx, { id, region: input.region }, input.grants)
  tx.note({ subjectId: id, region: input.region, what: 'newAccount' })
  return { id, oneTimePassword: password }
}

/** The first of these places that does not exist or is not the actor's to give. */
async function unknownPlace(tx: Tx, places: readonly string[]): Promise<string | null> {
  const names = await regionNames(tx, places)
  return places.find((place) => !names.has(place) || !tx.actor.prefixes.some((prefix) => prefixOf(place).startsWith(prefix))) ?? null
}

export const doChangeGrants: Does<typeof changeGrants> = async (tx, input) => {
  const [account] = await accounts(tx, { ids: [input.id] })
  if (!account) return refuse('users.not-found')
  if (account.id === tx.actor.id) return refuse('users.own-grants')
  const unknown = await unknownPlace(tx, input.add.map((grant) => grant.region))
  if (unknown) return refuse('users.region-unknown', { region: unknown })
  const kept = currentGrants(await grantsOf(tx, [account.id]), tx.today).filter((grant) => !input.end.includes(grant.id))
  const roles: Role[] = [...kept.map((grant) => grant.role), ...input.add.map((grant) => grant.role)]
  if (rolesClash(roles)) return refuse('users.roles-separate')
  await endGrants(tx, account.id, input.end)
  await insertGrants(tx, account, input.add)
  if ((await adminCount(tx, account.county)) === 0) return refuse('users.last-admin')
  tx.note({ subjectId: account.id, region: account.region, what: 'grants' })
  return {}
}

export const doResetPassword: Does<typeof resetPassword> = async (tx, input) => {
  const [account] = await accounts(tx, { ids: [input.id] })
  if (!account) return refuse('users.not-found')
  const password = oneTimePassword()
  await savePassword(tx, account.id, await hashPassword(password), true)
  if (input.alsoSecondFactor) await saveTotp(tx, account.id, null, 'required', null)
  tx.note({ subjectId: account.id, region: account.region, what: input.alsoSecondFactor ? 'passwordAndCodeReset' : 'passwordReset' })
  return { oneTimePassword: password }
}

export const doUnlockUser: Does<typeof unlockUser> = async (tx, input) => {
  const [account] = await accounts(tx, { ids: [input.id] })
  if (!account) return refuse('users.not-found')
  await saveFailure(tx, account.id, 0, null)
  tx.note({ subjectId: account.id, region: account.region, what: 'unlocked' })
  return {}
}

export const doLeaveUser: Does<typeof leaveUser> = async (tx, input) => {
  const [account] = await accounts(tx, { ids: [input.id], state: 'active' })
  const [successor] = await accounts(tx, { ids: [input.successorId], state: 'active' })
  if (!account) return refuse('users.not-found')
  if (!successor || successor.id === account.id || successor.county !== account.county) return refuse('users.successor-not-fit')
  await endGrants(tx, account.id, null)
  if ((await adminCount(tx, countyOf(account.region))) === 0) return refuse('users.last-admin')
  await saveLeft(tx, account.id, successor.id)
  tx.note({ subjectId: account.id, region: account.region, what: 'left', purpose: input.reason })
  tx.emit(UserLeft, { userId: account.id, successorId: successor.id }, account.region)
  return {}
}
