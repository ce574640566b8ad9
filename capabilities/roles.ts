/** Duties of the people of the service. Grants name these; a person may hold several, each over the person's own places. */
export const ROLES = ['systemAdmin', 'securityAdmin', 'auditor', 'countyClerk', 'townshipClerk', 'villageAssistant', 'assessor', 'leader'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_TITLES: Record<Role, { readonly zh: string; readonly en: string }> = {
  systemAdmin: { zh: '系统管理员', en: 'System administrator' },
  securityAdmin: { zh: '安全管理员', en: 'Security administrator' },
  auditor: { zh: '审计员', en: 'Auditor' },
  countyClerk: { zh: '县级经办', en: 'County clerk' },
  townshipClerk: { zh: '乡镇经办', en: 'Township clerk' },
  villageAssistant: { zh: '村级养老助理', en: 'Village assistant' },
  assessor: { zh: '评估员', en: 'Assessor' },
  leader: { zh: '领导', en: 'Leader' },
}

/** Everybody who works with elders' records in their own places. */
export const CLERKS = ['countyClerk', 'townshipClerk'] as const satisfies readonly Role[]
export const CARERS = ['countyClerk', 'townshipClerk', 'villageAssistant'] as const satisfies readonly Role[]
/** Everybody who may read elders' records in their own places; secrets stay masked. */
export const READERS = ['countyClerk', 'townshipClerk', 'villageAssistant', 'assessor', 'leader'] as const satisfies readonly Role[]
