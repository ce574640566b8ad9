import { settleSpend, type Refusal } from '@songbai/ledger'
import { countyOf, refuse, type Does, type Tx } from '@songbai/platform/tx'
import { eldersByIds } from '../../know/elders/public.ts'
import type { grantQuota, leaseQuota, listConflicts, seeQuotas, settleConflict, settleOffline, spendQuota } from './contract.ts'
import { quotaBook } from './rules.ts'
import { conflicts, countConflicts, insertConflict, leasesOf, loadQuota, openQuota, quotasOf, quotasOver, run, saveQuota, settleConflictRow, type QuotaOwner } from './store-quota.ts'

async function ownerOf(tx: Tx, elderId: string, item: string): Promise<Omit<QuotaOwner, 'unit'> | null> {
  const [elder] = await eldersByIds(tx, [elderId])
  return elder ? { county: countyOf(elder.county), elderId, region: elder.region, item } : null
}

const left = async (tx: Tx, elderId: string, item: string): Promise<number> => (await quotasOf(tx, elderId)).find((one) => one.item === item)?.left ?? 0

export const doSeeQuotas: Does<typeof seeQuotas> = async (tx, input) => {
  const [elder] = await eldersByIds(tx, [input.elderId])
  if (!elder) return { quotas: [] }
  const leases = await leasesOf(tx, input.elderId)
  return { quotas: (await quotasOf(tx, input.elderId)).map((one) => ({ ...one, elderName: elder.name, leases: leases.filter((lease) => lease.item === one.item).map(({ item: _item, ...lease }) => lease) })) }
}

function refusalOf(refusal: Refusal, amount: number) {
  return refusal.code === 'ledger.idUsed' ? refuse('funds.key-used') : refuse('funds.quota-short', { left: Number(refusal.args['free'] ?? 0), amount })
}

export interface QuotaGrant {
  readonly elderId: string
  readonly item: string
  readonly unit: 'minute' | 'coupon'
  readonly amount: number
  readonly expires: string | null
  readonly key: string
}

/** [F6] A grant is a lot with its last day; the same key again grants nothing. */
export async function grant(tx: Tx, input: QuotaGrant) {
  const owner = await ownerOf(tx, input.elderId, input.item)
  if (!owner) return refuse('funds.elder-not-found')
  await openQuota(tx, { ...owner, unit: input.unit })
  const id = `grant/${input.elderId}/${input.item}/${input.key}`
  const quota = (await loadQuota(tx, owner, [id]))!
  if (quota.owner.unit !== input.unit) return refuse('funds.unit-differs', { unit: quota.owner.unit })
  const codes = quotaBook(input.elderId, input.item)
  const decision = run(quota, { kind: 'transfer', id, debit: codes.granted, credit: codes.quota, amount: input.amount, on: tx.today, ...(input.expires === null ? {} : { expires: input.expires }) })
  if (!decision.ok) return refuse('funds.key-used')
  await saveQuota(tx, quota, () => 'grant')
  return { left: await left(tx, input.elderId, input.item) }
}

export const doGrantQuota: Does<typeof grantQuota> = (tx, input) => grant(tx, input)

/** A refusal takes everything back, the ledger's memory of it too: here the platform keeps the answer by the id of the command. */
export const doSpendQuota: Does<typeof spendQuota> = async (tx, input) => {
  const owner = await ownerOf(tx, input.elderId, input.item)
  if (!owner) return refuse('funds.elder-not-found')
  const id = `spend/${input.elderId}/${input.key}`
  const quota = await loadQuota(tx, owner, [id])
  if (!quota) return refuse('funds.no-quota')
  const codes = quotaBook(input.elderId, input.item)
  const decision = run(quota, { kind: 'transfer', id, debit: codes.quota, credit: codes.used, amount: input.amount, on: input.on ?? tx.today })
  if (!decision.ok) return refusalOf(decision.refusal, input.amount)
  await saveQuota(tx, quota, () => 'spend')
  return { left: await left(tx, input.elderId, input.item) }
}

export const doLeaseQuota: Does<typeof leaseQuota> = async (tx, input) => {
  const owner = await ownerOf(tx, input.elderId, input.item)
  if (!owner) return refuse('funds.elder-not-found')
  const lease = `lease/${input.elderId}/${input.key}`
  const quota = await loadQuota(tx, owner, [lease])
  if (!quota) return refuse('funds.no-quota')
  const codes = quotaBook(input.elderId, input.item)
  const decision = run(quota, { kind: 'hold', id: lease, debit: codes.quota, credit: codes.used, amount: input.amount, on: tx.today, until: input.until })
  if (!decision.ok) return refusalOf(decision.refusal, input.amount)
  await saveQuota(tx, quota, () => 'lease', input.device)
  return { lease, left: await left(tx, input.elderId, input.item) }
}

/** [F7] Whatever devices did is booked once, from lease, free quota or in part; what no quota bears is listed and touches no account. */
export const doSettleOffline: Does<typeof settleOffline> = async (tx, input) => {
  const results: { key: string; how: 'lease' | 'balance' | 'conflict' | 'notFound'; covered: number; short: number }[] = []
  for (const spend of input.spends) {
    const owner = await ownerOf(tx, spend.elderId, spend.item)
    const id = `offline/${spend.elderId}/${spend.key}`
    const quota = owner && (await loadQuota(tx, owner, [id, `${id}/free`, `${id}/part`]))
    if (!owner || !quota) {
      results.push({ key: spend.key, how: 'notFound', covered: 0, short: spend.amount })
      if (owner) await insertConflict(tx, owner, { id, device: spend.device, asked: spend.amount, covered: 0, short: spend.amount, on: spend.on })
      continue
    }
    const codes = quotaBook(spend.elderId, spend.item)
    const settled = settleSpend(quota.book, { id, device: spend.device, lease: spend.lease, quota: codes.quota, into: codes.used, amount: spend.amount, on: spend.on })
    await saveQuota(tx, quota, () => 'offline', spend.device)
    if (settled.short > 0) await insertConflict(tx, owner, { id, device: spend.device, asked: spend.amount, covered: settled.covered, short: settled.short, on: spend.on })
    results.push({ key: spend.key, how: settled.how, covered: settled.covered, short: settled.short })
  }
  return { results }
}

export const doListConflicts: Does<typeof listConflicts> = async (tx, input) => {
  const rows = await conflicts(tx, { open: input.open }, input.limit)
  const names = new Map((await eldersByIds(tx, [...new Set(rows.map((row) => row.elderId))])).map((one) => [one.id, one.name]))
  return { rows: rows.map((row) => ({ ...row, elderName: names.get(row.elderId) ?? '' })), total: await countConflicts(tx, input.open) }
}

export const doSettleConflict: Does<typeof settleConflict> = async (tx, input) => {
  const [row] = await conflicts(tx, { id: input.id })
  if (!row) return refuse('funds.conflict-not-found')
  return (await settleConflictRow(tx, input.id, input.settlement)) ? { id: input.id } : refuse('funds.conflict-settled')
}

const AT_A_TIME = 500

/** What ran out overnight: leases nobody returned go back, lots past their last day lapse. */
export async function expireQuotas(tx: Tx): Promise<void> {
  for (const { county, elderId, region, item } of await quotasOver(tx, tx.today, AT_A_TIME)) {
    const quota = (await loadQuota(tx, { county, elderId, region, item }, []))!
    for (const command of quota.book.due(tx.today)) run(quota, command)
    // What a freed hold had aside may itself have run out.
    for (const command of quota.book.due(tx.today)) run(quota, command)
    await saveQuota(tx, quota, () => 'lapse')
  }
}
