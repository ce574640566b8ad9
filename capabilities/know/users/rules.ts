import type { Day } from '@songbai/calendar'
import { prefixOf } from '../../common.ts'
import type { Role } from '../../roles.ts'

export const MAX_TRIES = 5
const REST_MS = 15 * 60_000

/** [U1] Five wrong tries within 15 minutes rest the account for 15 minutes; an old failure does not count. */
export function afterFailure(before: { readonly failed: number; readonly failedAt: number | null }, nowMs: number): { readonly failed: number; readonly lockedUntil: number | null } {
  const recent = before.failedAt !== null && nowMs - before.failedAt < REST_MS ? before.failed : 0
  const failed = recent + 1
  return failed >= MAX_TRIES ? { failed: 0, lockedUntil: nowMs + REST_MS } : { failed, lockedUntil: null }
}

const COMMON = new Set(['password', '12345678', '123456789', '1234567890', 'qwertyuiop', '11111111', '88888888', '66666666', 'abcd1234', 'a1234567', 'aa123456', 'songbai123', 'admin123', 'iloveyou', 'woaini1314'])

/** [U2] At least 10 characters, not among the most used ones, not the sign-in name. Length beats odd signs (NIST SP 800-63B). */
export function passwordFault(password: string, login: string): 'users.password-short' | 'users.password-common' | null {
  if ([...password].length < 10) return 'users.password-short'
  const plain = password.toLowerCase()
  return COMMON.has(plain) || plain.includes(login) || /^(.)\1+$/.test(plain) ? 'users.password-common' : null
}

export interface Grant {
  readonly role: Role
  readonly place: string
  readonly validFrom: Day
  readonly validTo: Day | null
}

/** [U3] A grant counts from its first to its last day, both included. */
export function currentGrants<G extends Grant>(grants: readonly G[], today: Day): G[] {
  return grants.filter((grant) => grant.validFrom <= today && (grant.validTo === null || grant.validTo >= today))
}

/** [U4] Administration, security and audit stay in three hands (GB/T 22239 level 3, three separated duties). */
export function rolesClash(roles: readonly Role[]): boolean {
  return (['systemAdmin', 'securityAdmin', 'auditor'] as const).filter((role) => roles.includes(role)).length > 1
}

/** [U5] A role over a place covers everything below it. */
export function prefixesOf(grants: readonly Grant[]): { readonly role: Role; readonly prefix: string }[] {
  return grants.map((grant) => ({ role: grant.role, prefix: prefixOf(grant.place) }))
}
