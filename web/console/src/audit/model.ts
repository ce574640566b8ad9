import type * as z from 'zod'
import type { auditLine } from '@songbai/platform/system'
import * as system from '@songbai/platform/system'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'

export type AuditLine = z.output<typeof auditLine>
export interface Title { readonly zh: string; readonly en: string }

// Every contract names its actions in both languages; a new capability needs no line here.
const contracts = import.meta.glob<Record<string, unknown>>('../../../../capabilities/*/*/contract.ts', { eager: true })

function isAction(value: unknown): value is { readonly name: string; readonly title: Title; readonly kind: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'title' in value && 'kind' in value && 'may' in value
}

export const ACTIONS: ReadonlyMap<string, Title> = new Map([system as Record<string, unknown>, ...Object.values(contracts)].flatMap((module) => Object.values(module)).filter(isAction).map((action) => [action.name, action.title]))

/** Doors a deed can come through. */
export const DOORS = { http: 'audit.door.http', cli: 'audit.door.cli', task: 'audit.door.task', event: 'audit.door.event', clock: 'audit.door.clock' } as const satisfies Record<string, WordKey>

/** What was touched, as the capability wrote it into the line. */
export const WHATS = {
  newAccount: 'audit.what.newAccount', grants: 'audit.what.grants', passwordReset: 'audit.what.passwordReset', passwordAndCodeReset: 'audit.what.passwordAndCodeReset', unlocked: 'audit.what.unlocked', left: 'audit.what.left',
  password: 'audit.what.password', wrongPassword: 'audit.what.wrongPassword', code: 'audit.what.code', wrongCode: 'audit.what.wrongCode', newPassword: 'audit.what.newPassword',
  assessment: 'audit.what.assessment', answers: 'audit.what.answers', cancelledAssessment: 'audit.what.cancelledAssessment', dispute: 'audit.what.dispute', disputeWithdrawn: 'audit.what.disputeWithdrawn', paperAssessment: 'audit.what.paperAssessment', resultUsed: 'audit.what.resultUsed', informantSigned: 'audit.what.informantSigned', signed: 'audit.what.signed',
  registered: 'audit.what.registered', contact: 'audit.what.contact', residence: 'audit.what.residence', page: 'audit.what.page', idNumber: 'audit.what.idNumber', phone: 'audit.what.phone', contactPhone: 'audit.what.contactPhone', entitlements: 'audit.what.entitlements', entitlementList: 'audit.what.entitlementList', indicatorRows: 'audit.what.indicatorRows',
  policyTrialPerson: 'audit.what.policyTrialPerson', policyCase: 'audit.what.policyCase', policyTrial: 'audit.what.policyTrial', policyTrialNames: 'audit.what.policyTrialNames',
} as const satisfies Record<string, WordKey>

type DoorWord = (typeof DOORS)[keyof typeof DOORS] | 'audit.door.other'
type WhatWord = (typeof WHATS)[keyof typeof WHATS]

export function doorWord(door: string): DoorWord {
  return (DOORS as Record<string, DoorWord>)[door] ?? 'audit.door.other'
}

export function whatWord(what: string): WhatWord | null {
  return (WHATS as Record<string, WhatWord>)[what] ?? null
}

/** The page of whom a line is about, when there is one. */
export function subjectPage(line: Pick<AuditLine, 'action' | 'subjectId'>): string | null {
  if (line.subjectId === null) return null
  const [capability] = line.action.split('.')
  if (capability === 'users') return `/users/person/${line.subjectId}`
  return capability === 'elders' || capability === 'assessments' || capability === 'entitlements' || capability === 'indicators' ? `/elders/${line.subjectId}` : null
}

export interface AuditFilter {
  readonly who: string
  readonly action: string
  readonly door: string
  readonly outcome: string
}

/** What the server cannot filter by is filtered here, over everything fetched. */
export function fits(line: AuditLine, filter: AuditFilter): boolean {
  return (filter.who === '' || line.actorName.includes(filter.who)) && (filter.door === '' || doorWord(line.door) === filter.door) && (filter.outcome === '' || (line.outcome === 'done') === (filter.outcome === 'done'))
}
