/** What capabilities below may ask: how far people came, and what stands behind an offer. */
import type { Tx } from '@songbai/platform/tx'
import type { FunnelCounts } from './contract.ts'
import { median } from './rules.ts'
import { groups, offerById, stageDays, type Filter, type Group, type Offer } from './store.ts'

export { OfferApproved, OfferEnded } from './contract.ts'
export type { FunnelCounts } from './contract.ts'

export interface StageCount {
  waiting: number
  oldestDays: number | null
  medianDays: number | null
  over: number
}

export interface Funnel {
  readonly counts: FunnelCounts
  readonly stages: Record<'found' | 'told' | 'consented' | 'checked', StageCount>
}

export interface FunnelQuestion {
  readonly place?: string | undefined
  readonly item?: string | undefined
}

/** Found → told → consented → approved in the actor's scope; each count is of everybody who came at least so far. Payments add "paid". */
export async function funnel(tx: Tx, question: FunnelQuestion): Promise<Funnel> {
  return funnelOf(tx, question, await groups(tx, question, 6))
}

/** Offers in scope, for a payment that opens what it rests on. */
export async function offersByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, Offer>> {
  const found = await Promise.all(ids.map((id) => offerById(tx, id)))
  return new Map(found.flatMap((one) => (one ? [[one.id, one] as const] : [])))
}

export async function funnelOf(tx: Tx, filter: Filter, all: readonly Group[]): Promise<Funnel> {
  const days = await stageDays(tx, filter)
  const stage = (state: string): StageCount => {
    const own = days.filter((one) => one.state === state)
    const each = own.flatMap((one) => Array.from({ length: one.n }, () => one.days))
    return { waiting: each.length, oldestDays: own.length === 0 ? null : Math.max(...own.map((one) => one.days)), medianDays: median(each), over: own.filter((one) => one.over).reduce((sum, one) => sum + one.n, 0) }
  }
  return { counts: sumOf(all), stages: { found: stage('found'), told: stage('told'), consented: stage('consented'), checked: stage('checked') } }
}

export function sumOf(all: readonly Group[]): FunnelCounts {
  const sum = (key: keyof FunnelCounts): number => all.reduce((total, one) => total + one[key], 0)
  return { found: sum('found'), told: sum('told'), consented: sum('consented'), approved: sum('approved'), declined: sum('declined'), refused: sum('refused'), ended: sum('ended') }
}
