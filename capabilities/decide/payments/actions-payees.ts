/** Payees and their accounts. */
import { instantOf, monthOf } from '@songbai/calendar'
import { isRefused, refuse, type Does } from '@songbai/platform/tx'
import { eldersByIds } from '../../know/elders/public.ts'
import { regionNames } from '../../know/regions/public.ts'
import { funnel } from '../offers/public.ts'
import { itemTitles } from './actions-see.ts'
import type { adoptPayees, listPayees, revealAccount, sampleAccounts, seePaidFunnel, setAccounts } from './contract.ts'
import { readAccountNumber } from './rules.ts'
import { countPayees, insertAccounts, openAccount, paidOffers, payees, revealsSince, withAccount, withHolders, type NewAccount } from './store-payees.ts'
import { markStale } from './store.ts'

/** [Y15] More account numbers in a day by one person is a download, not work. */
export const REVEALS_A_DAY = 50

export const doListPayees: Does<typeof listPayees> = async (tx, input) => {
  const filter = await withHolders(tx, input)
  const found = await payees(tx, filter, input.after, input.limit)
  const title = await itemTitles(tx)
  const elders = new Map((await eldersByIds(tx, [...new Set(found.map((one) => one.elderId))])).map((one) => [one.id, one]))
  const places = await regionNames(tx, [...new Set(found.map((one) => one.region))], tx.today)
  const counts = await countPayees(tx, filter)
  const last = found.at(-1)
  return {
    rows: found.map((one) => ({
      grantId: one.id, elderId: one.elderId, name: elders.get(one.elderId)?.name ?? '', idMasked: elders.get(one.elderId)?.idMasked ?? null, place: places.get(one.region)?.full ?? '', region: one.region, item: one.item, itemTitle: title(one.item), sinceMonth: one.sinceMonth, untilMonth: one.untilMonth, endedReason: one.endedReason, origin: one.origin,
      account: one.accountId === null ? null : { id: one.accountId, bank: one.bank!, holder: one.holder!, masked: one.masked!, sample: one.sample! },
    })),
    total: counts.total, items: counts.items.map((one) => ({ ...one, title: title(one.item) })), next: last && found.length === input.limit ? `${last.region}|${last.id}` : null,
  }
}

export const doAdopt: Does<typeof adoptPayees> = async (tx, input) => {
  if (input.paidThrough >= monthOf(tx.today)) return refuse('payments.month-ahead', { month: monthOf(tx.today) })
  return { taskId: tx.startTask('payments.adopt', { paidThrough: input.paidThrough }) }
}

export const doSetAccounts: Does<typeof setAccounts> = async (tx, input) => {
  const elders = new Map((await eldersByIds(tx, input.accounts.map((one) => one.elderId))).map((one) => [one.id, one]))
  const rows: NewAccount[] = []
  for (const one of input.accounts) {
    const elder = elders.get(one.elderId)
    if (!elder) return refuse('payments.elder-not-found')
    const number = readAccountNumber(one.number)
    if (isRefused(number)) return number
    rows.push({ elderId: elder.id, region: elder.region, bank: one.bank, holder: one.holder, number: number as string, sample: false })
    tx.note({ subjectId: elder.id, region: elder.region, what: 'bankAccount' })
  }
  // A draft holds the account of its day: it must not pay to the old one.
  await markStale(tx, await withAccount(tx, rows.map((row) => row.elderId)), 'account')
  await insertAccounts(tx, [...new Map(rows.map((row) => [row.elderId, row])).values()])
  return { saved: rows.length }
}

export const doSampleAccounts: Does<typeof sampleAccounts> = async (tx) => ({ taskId: tx.startTask('payments.sampleAccounts', {}) })

export const doReveal: Does<typeof revealAccount> = async (tx, input) => {
  const found = await openAccount(tx, input.accountId)
  if (!found) return refuse('payments.account-not-found')
  if ((await revealsSince(tx, new Date(instantOf(tx.today, 0, 'Asia/Shanghai')))) >= REVEALS_A_DAY) return refuse('payments.too-many-reveals', { limit: REVEALS_A_DAY })
  tx.note({ subjectId: found.elderId, region: found.region, what: 'bankAccount', purpose: input.purpose })
  return { value: found.number }
}

export const doFunnel: Does<typeof seePaidFunnel> = async (tx, input) => {
  const { counts, stages } = await funnel(tx, input)
  const { paid, waitingDays } = await paidOffers(tx, input.place, input.item)
  const days = [...waitingDays].sort((a, b) => a - b)
  const approved = { waiting: days.length, oldestDays: days.at(-1) ?? null, medianDays: days[Math.floor((days.length - 1) / 2)] ?? null }
  return {
    found: counts.found, told: counts.told, consented: counts.consented, approved: counts.approved, paid, ...approved,
    stages: [...(['found', 'told', 'consented', 'checked'] as const).map((stage) => ({ stage, waiting: stages[stage].waiting, oldestDays: stages[stage].oldestDays, medianDays: stages[stage].medianDays })), { stage: 'approved' as const, ...approved }],
  }
}
