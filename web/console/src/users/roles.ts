import type { listUsers } from '@songbai/capabilities/know/users/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'

export type User = OutputOf<typeof listUsers>['users'][number]
export type Grant = User['grants'][number]
export type Role = Grant['role']

/** Duties with their words, in the order of the duties list. */
export const ROLE_WORD = {
  systemAdmin: 'role.systemAdmin', securityAdmin: 'role.securityAdmin', auditor: 'role.auditor', countyClerk: 'role.countyClerk',
  townshipClerk: 'role.townshipClerk', villageAssistant: 'role.villageAssistant', assessor: 'role.assessor', leader: 'role.leader',
} as const satisfies Record<Role, string>

/** What each duty is for, in a sentence. */
export const ROLE_DOES = {
  systemAdmin: 'role.systemAdmin.does', securityAdmin: 'role.securityAdmin.does', auditor: 'role.auditor.does', countyClerk: 'role.countyClerk.does',
  townshipClerk: 'role.townshipClerk.does', villageAssistant: 'role.villageAssistant.does', assessor: 'role.assessor.does', leader: 'role.leader.does',
} as const satisfies Record<Role, string>

export const ROLES = Object.keys(ROLE_WORD) as readonly Role[]

export const KIND_WORD = { bureau: 'org.bureau', township: 'org.township', village: 'org.village', assessor: 'org.assessor', careHome: 'org.careHome', provider: 'org.provider', department: 'org.department' } as const

/** Whether a duty holds on a day. */
export function holds(grant: Pick<Grant, 'validFrom' | 'validTo'>, day: string): boolean {
  return grant.validFrom <= day && (grant.validTo === null || grant.validTo >= day)
}

export type Standing = 'now' | 'later' | 'ended'

export function standingOf(grant: Pick<Grant, 'validFrom' | 'validTo'>, day: string): Standing {
  return holds(grant, day) ? 'now' : grant.validFrom > day ? 'later' : 'ended'
}
