/** Starting a look, seeing what it found, handing it to somebody. */
import { dayNumber, monthOf } from '@songbai/calendar'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { forRegion, type Policy, type PolicySet } from '@songbai/policy'
import { resources } from '../../resources.ts'
import { eldersByIds } from '../../know/elders/public.ts'
import { regionNames } from '../../know/regions/public.ts'
import { openCases } from '../../know/work/public.ts'
import { basisShown, clausesShown, isSample, policySetFor } from '../policies/public.ts'
import * as c from './contract.ts'
import type { ScanInput } from './jobs-scan.ts'
import type { ExportInput } from './jobs-export.ts'
import { MISSED, OVERPAID } from './rules-cases.ts'
import { MOST_MONTHS, moneyItems, monthsFromTo } from './rules.ts'
import { addScan, changeSpells, countSpells, countsOf, recentScans, scanById, spellsById, spellsOf, sumsBy, totalOf, type Scan, type StoredSpell } from './store.ts'

export const doStart: Does<typeof c.startScan> = async (tx, { place, from, to, items, applied }) => {
  if (from > to) return refuse('lookback.months-turned')
  if (to >= monthOf(tx.today)) return refuse('lookback.month-ahead')
  if (monthsFromTo(from, to).length > MOST_MONTHS) return refuse('lookback.months-many', { most: MOST_MONTHS })
  if (!tx.actor.prefixes.some((prefix) => place.startsWith(prefix))) return refuse('lookback.place-outside')
  const { set } = await policySetFor(tx, place)
  const unknown = items?.find((item) => !moneyItems(set).includes(item))
  if (unknown !== undefined) return refuse('lookback.item-unknown', { item: unknown })
  const scanId = tx.newId()
  const taskId = tx.startTask('lookback.scan', { scanId } satisfies ScanInput)
  await addScan(tx, { id: scanId, region: place, from, to, applied, items: items ?? [] }, taskId)
  return { scanId, taskId }
}

async function headsOf(tx: Tx, scans: readonly Scan[]): Promise<c.ScanHead[]> {
  const counts = await countsOf(tx, scans.map((one) => one.id))
  const names = await regionNames(tx, scans.map((one) => one.region))
  return scans.map((one) => ({
    id: one.id, place: one.region, placeName: names.get(one.region)?.full ?? one.region, from: one.from, to: one.to, applied: one.applied, items: one.items, state: one.state, taskId: one.taskId, by: one.by, at: one.at, doneAt: one.doneAt, people: one.people, seconds: one.seconds,
    ...(counts.get(one.id) ?? { missed: 0, missedFen: 0, overpaid: 0, overpaidFen: 0 }),
  }))
}

export const doList: Does<typeof c.listScans> = async (tx, { limit }) => {
  const { set } = await policySetFor(tx, tx.actor.region)
  return { scans: await headsOf(tx, await recentScans(tx, limit)), items: moneyItems(set).map((item) => ({ id: item, title: titleOf(set, item) })) }
}

function titleOf(set: PolicySet, item: string): { zh: string; en: string } {
  const policy = set.policies.findLast((one) => one.id === item)
  return policy ? { ...policy.title } : { zh: item, en: item }
}

/** The version that held in a place in a month, else the newest of the item. */
function policyIn(set: PolicySet, item: string, region: string, month: string): Policy | undefined {
  return forRegion(set, region, dayNumber(`${month}-01`)).byIndex[set.items.indexOf(item)]?.policy ?? set.policies.findLast((one) => one.id === item)
}

export const doGet: Does<typeof c.seeScan> = async (tx, { scanId }) => {
  const scan = await scanById(tx, scanId)
  if (!scan) return refuse('lookback.not-found')
  const { set } = await policySetFor(tx, scan.region)
  const places = await sumsBy(tx, scanId, 'township')
  const names = await regionNames(tx, places.map((one) => one.key))
  const { open, handed, ...total } = await totalOf(tx, scanId)
  return {
    ...(await headsOf(tx, [scan]))[0]!, total, open, handed,
    byItem: (await sumsBy(tx, scanId, 'item')).map(({ key, ...sums }) => {
      const policy = policyIn(set, key, scan.region, scan.to)
      return { ...sums, item: key, title: titleOf(set, key), basis: policy ? basisShown(policy) : { zh: '', en: '' }, sample: policy ? isSample(policy, dayNumber(`${scan.to}-01`)) : false }
    }),
    byPlace: places.map(({ key, ...sums }) => ({ ...sums, code: key, name: names.get(key)?.name ?? key })),
  }
}

export const doSpells: Does<typeof c.listSpells> = async (tx, { after, limit, ...filter }) => {
  const scan = await scanById(tx, filter.scanId)
  if (!scan) return refuse('lookback.not-found')
  const mark = /^(\d{1,15})\|([0-9a-f-]{36})$/.exec(after ?? '')
  const found = await spellsOf(tx, filter, mark ? { fen: Number(mark[1]), id: mark[2]! } : null, limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return { rows: await viewsOf(tx, scan, page), ...(await countSpells(tx, filter)), next: found.length > limit && last ? `${last.sumFen}|${last.id}` : null }
}

export async function viewsOf(tx: Tx, scan: Scan, spells: readonly StoredSpell[]): Promise<c.SpellView[]> {
  const { set } = await policySetFor(tx, scan.region)
  const people = new Map((await eldersByIds(tx, [...new Set(spells.map((one) => one.elderId))])).map((one) => [one.id, one]))
  const places = await regionNames(tx, [...people.values()].map((one) => one.region))
  const { packs } = resources()
  return spells.map((one) => {
    const policy = policyIn(set, one.item, one.region, one.from)
    const person = people.get(one.elderId)
    return {
      id: one.id, elderId: one.elderId, name: person?.name ?? '—', place: places.get(person?.region ?? one.region)?.full ?? one.region, item: one.item, itemTitle: titleOf(set, one.item), kind: one.kind, from: one.from, to: one.to, months: one.months, sumFen: one.sumFen, unpriced: one.unpriced,
      code: one.code, clauses: policy ? clausesShown(packs, policy.clauses) : [], sample: policy ? isSample(policy, dayNumber(`${one.from}-01`)) : false, byApplication: policy?.pay?.start === 'applicationMonth', state: one.state, reason: one.reason, caseId: one.caseId, outcome: one.outcome,
    }
  })
}

async function spellsOpen(tx: Tx, ids: readonly string[], state: StoredSpell['state']): Promise<StoredSpell[] | 'missing' | 'closed'> {
  const spells = await spellsById(tx, [...new Set(ids)])
  if (spells.length !== new Set(ids).size) return 'missing'
  return spells.some((one) => one.state !== state) ? 'closed' : spells
}

export const doHandOver: Does<typeof c.handOver> = async (tx, { spellIds }) => {
  const spells = await spellsOpen(tx, spellIds, 'open')
  if (typeof spells === 'string') return refuse(spells === 'missing' ? 'lookback.spell-not-found' : 'lookback.spell-not-open')
  const scan = await scanById(tx, spells[0]!.scanId)
  // A spell of one's own places in a look over a wider place: the look itself is out of sight.
  if (!scan) return refuse('lookback.spell-not-found')
  const views = new Map((await viewsOf(tx, scan, spells)).map((one) => [one.id, one]))
  const ids = await openCases(tx, spells.map((one) => {
    const view = views.get(one.id)!
    const sum = `${(one.sumFen / 100).toFixed(2)}`
    return {
      type: (one.kind === 'missed' ? MISSED : OVERPAID).id, key: one.id, region: one.region, subjectId: one.elderId, subjectName: view.name, titleArgs: { name: view.name, item: view.itemTitle.zh, months: one.months }, link: `/elders/${one.elderId}`,
      evidence: {
        zh: `往回查 ${scan.from} 至 ${scan.to}：${one.from} 至 ${one.to} 共 ${one.months} 个月，${one.sumFen > 0 ? `${sum} 元` : '款额看发放记录'}。依据${view.clauses.map((clause) => clause.text.zh).join('；')}`.slice(0, 500),
        en: `Look back ${scan.from} to ${scan.to}: ${one.from} to ${one.to}, ${one.months} months, ${one.sumFen > 0 ? `${sum} yuan` : 'amount: see the payments'}. ${view.clauses.map((clause) => clause.text.en).join('; ')}`.slice(0, 500),
      },
    }
  }))
  await changeSpells(tx, spells.map((one) => one.id), { state: 'handed', caseIds: new Map(spells.flatMap((one, i) => (ids[i] ? [[one.id, ids[i]] as const] : []))) })
  for (const one of spells) tx.note({ subjectId: one.elderId, region: one.region, what: `lookback.${one.kind}` })
  return { opened: ids.filter((id) => id !== null).length }
}

export const doDismiss: Does<typeof c.dismissSpells> = async (tx, { spellIds, reason, aside }) => {
  const spells = await spellsOpen(tx, spellIds, aside ? 'open' : 'dismissed')
  if (typeof spells === 'string') return refuse(spells === 'missing' ? 'lookback.spell-not-found' : 'lookback.spell-not-open')
  await changeSpells(tx, spells.map((one) => one.id), aside ? { state: 'dismissed', reason } : { state: 'open' })
  for (const one of spells) tx.note({ subjectId: one.elderId, region: one.region, what: 'lookback.dismiss', purpose: reason })
  return { changed: spells.length }
}

export const doExport: Does<typeof c.exportSpells> = async (tx, input) => {
  const scan = await scanById(tx, input.scanId)
  if (!scan) return refuse('lookback.not-found')
  tx.note({ subjectId: scan.id, region: scan.region, what: 'lookback', purpose: input.purpose })
  return { taskId: tx.startTask('lookback.export', input satisfies ExportInput) }
}
