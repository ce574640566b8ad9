/** What a batch shows: every figure can be opened to its lines, every line to its rule. */
import { dayNumber, lastOfMonth, monthOf } from '@songbai/calendar'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { eldersByIds, type ElderRecord } from '../../know/elders/public.ts'
import { regionNames } from '../../know/regions/public.ts'
import { explainPeople } from '../entitlements/public-people.ts'
import { budgetsLeft } from '../funds/public.ts'
import { isSample, policySetFor } from '../policies/public.ts'
import type { LineRow, listBatches, listLayouts, listLines, seeBatch, seeLine, seeNotice, seeOfElder, Sums } from './contract.ts'
import { LAYOUTS, layoutOf } from './rules-layouts.ts'
import { afterDeath, change, findingsOf, maskName, SETTINGS, type Finding } from './rules.ts'
import { bankFiles, batches, countLines, countyFor, headSums, lineById, lines, monthsPaid, narrowed, outcomes, paidOfElder, partsOf, readSoFar, stopSums, sumsBy, type BatchRow, type LineFilter, type LineRecord, type SumRow } from './store.ts'

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** Titles of items as the law of the county has them. */
export async function itemTitles(tx: Tx): Promise<(item: string) => Bilingual> {
  const { set } = await policySetFor(tx, countyFor(tx))
  const titles = new Map(set.policies.map((one) => [one.id, one.title]))
  return (item) => titles.get(item) ?? { zh: item, en: item }
}

type Head = Parameters<typeof shownHead>[2]

function shownHead(batch: BatchRow, title: (item: string) => Bilingual, sums: { people: number; payFen: number; held: number; stopped: number } | undefined, actorId: string) {
  return {
    id: batch.id, number: batch.number, month: batch.month, items: batch.items.map((id) => ({ id, title: title(id) })), state: batch.state, stale: batch.stale, taskId: batch.taskId, knownOn: batch.knownOn, region: batch.region,
    people: sums?.people ?? 0, payFen: sums?.payFen ?? 0, held: sums?.held ?? 0, stopped: sums?.stopped ?? 0, draftedBy: batch.draftedName, draftedAt: batch.draftedAt, mine: batch.draftedBy === actorId, checkedBy: batch.checkedName, releasedBy: batch.releasedName, releasedAt: batch.releasedAt, settledAt: batch.settledAt,
  }
}

export const doListBatches: Does<typeof listBatches> = async (tx, input) => {
  const all = await batches(tx, { month: input.month, year: input.year })
  const title = await itemTitles(tx)
  const page = all.slice(0, input.limit)
  const sums = await headSums(tx, page.map((one) => one.id))
  return { rows: page.map((one) => shownHead(one, title, sums.get(one.id) as Head, tx.actor.id)), total: all.length }
}

const sumsShown = ({ key: _key, ...row }: SumRow): Sums => row

export const doSeeBatch: Does<typeof seeBatch> = async (tx, input) => {
  const [batch] = await batches(tx, { id: input.id })
  if (!batch) return refuse('payments.batch-not-found')
  const title = await itemTitles(tx)
  const [total] = await sumsBy(tx, batch.id, 'none')
  const items = await sumsBy(tx, batch.id, 'item')
  const places = await sumsBy(tx, batch.id, 'township')
  const names = await regionNames(tx, places.map((one) => one.key!.padEnd(12, '0')), tx.today)
  const budgets = await budgetsLeft(tx, batch.county, Number(batch.month.slice(0, 4)), batch.items)
  const { set } = await policySetFor(tx, batch.county)
  const day = dayNumber(lastOfMonth(`${batch.month}-01`))
  const outcome = batch.state === 'settled' ? await outcomes(tx, batch.id) : batch.state === 'exported' ? { ...(await outcomes(tx, batch.id)), ...(await readSoFar(tx, batch.id)) } : null
  return {
    batch: shownHead(batch, title, total, tx.actor.id), total: sumsShown(total!),
    items: items.map((one) => ({ ...sumsShown(one), item: one.key!, title: title(one.key!), sample: set.policies.some((policy) => policy.id === one.key && isSample(policy, day)), budgetLeftFen: budgets.filter((left) => left.item === one.key).reduce((sum, left) => sum + left.leftFen, 0), budgetSample: budgets.some((left) => left.item === one.key && left.sample) })),
    places: places.map((one) => ({ ...sumsShown(one), code: one.key!.padEnd(12, '0'), name: names.get(one.key!.padEnd(12, '0'))?.name ?? one.key! })),
    stops: await stopSums(tx, batch.id), findings: await findings(tx, batch),
    files: (await bankFiles(tx, batch.id)).map((one) => ({ ...one, title: layoutOf(one.layout)?.title ?? { zh: one.layout, en: one.layout } })),
    outcome: outcome && { ...outcome, paid: outcome.sent - outcome.returned, paidFen: outcome.sentFen - outcome.returnedFen },
    settings: { ...SETTINGS },
  }
}

/** [Y8] Released batches were checked then; asking again about people who died since would be another question. */
export async function findings(tx: Tx, batch: BatchRow): Promise<Finding[]> {
  if (!['draft', 'checked'].includes(batch.state)) return []
  const dead = await deadPaid(tx, batch.id)
  const count = async (list: LineFilter['list']): Promise<number> => countLines(tx, await narrowed(tx, { batchId: batch.id, list }))
  const items = await sumsBy(tx, batch.id, 'item')
  const budgets = await budgetsLeft(tx, batch.county, Number(batch.month.slice(0, 4)), batch.items)
  const over = items.filter((one) => one.dueFen + one.arrearsFen > budgets.filter((left) => left.item === one.key).reduce((sum, left) => sum + left.leftFen, 0))
  return findingsOf({ deadPaid: dead.length, twice: await count('twice'), sharedAccount: await count('sharedAccount'), changedAccount: await count('changedAccount'), sameId: (await sameId(tx, batch.id)).length, overBudget: over.length, stale: batch.stale === null ? 0 : 1, noAccount: await count('noAccount'), unknown: await count('unknown') })
}

const SLICE = 5000

async function* people(tx: Tx, ids: readonly string[]): AsyncGenerator<ElderRecord> {
  for (let i = 0; i < ids.length; i += SLICE) yield* await eldersByIds(tx, ids.slice(i, i + SLICE))
}

/** [Y9] Lines that pay a month after the month of death. */
export async function deadPaid(tx: Tx, batchId: string): Promise<string[]> {
  const paid = new Map((await monthsPaid(tx, batchId)).map((one) => [one.elderId, one]))
  const found: string[] = []
  for await (const elder of people(tx, [...paid.keys()])) {
    const line = paid.get(elder.id)!
    if (elder.status === 'dead' && elder.statusOn !== null && afterDeath(line.lastMonth, elder.statusOn, SETTINGS.graceMonths)) found.push(line.lineId)
  }
  return found
}

/** Two records with one name, birthday and visible part of the ID number: perhaps one person paid twice for an item. */
async function sameId(tx: Tx, batchId: string): Promise<string[]> {
  const all = await lines(tx, { batchId, list: 'pay' }, undefined, 1_000_000)
  const byElder = new Map<string, LineRecord[]>()
  for (const line of all) byElder.set(line.elderId, [...(byElder.get(line.elderId) ?? []), line])
  const groups = new Map<string, string[]>()
  for await (const elder of people(tx, [...byElder.keys()])) {
    if (elder.idMasked === null) continue
    for (const line of byElder.get(elder.id)!) {
      const key = `${line.item} ${elder.name} ${elder.birthDay ?? ''} ${elder.idMasked}`
      groups.set(key, [...(groups.get(key) ?? []), line.id])
    }
  }
  return [...groups.values()].filter((group) => group.length > 1).flat()
}

export async function rowsOf(tx: Tx, found: readonly LineRecord[]): Promise<LineRow[]> {
  const title = await itemTitles(tx)
  const elders = new Map((await eldersByIds(tx, [...new Set(found.map((one) => one.elderId))])).map((one) => [one.id, one]))
  const names = await regionNames(tx, [...new Set(found.map((one) => one.region))], tx.today)
  return found.map(({ batchId: _batch, grantId: _grant, accountId: _account, versionId: _version, ...one }) => ({ ...one, name: elders.get(one.elderId)?.name ?? '', idMasked: elders.get(one.elderId)?.idMasked ?? null, place: names.get(one.region)?.name ?? '', itemTitle: title(one.item), change: change(one.wasFen, one.held === null ? one.dueFen : 0) }))
}

export const doListLines: Does<typeof listLines> = async (tx, input) => {
  const [batch] = await batches(tx, { id: input.batchId })
  if (!batch) return refuse('payments.batch-not-found')
  const ids = input.list === 'deadPaid' ? await deadPaid(tx, batch.id) : input.list === 'sameId' ? await sameId(tx, batch.id) : null
  const filter = await narrowed(tx, { batchId: batch.id, list: input.list, item: input.item, place: input.place, stop: input.stop, ...(ids ? { ids } : {}) })
  const found = await lines(tx, filter, input.after, input.limit)
  const last = found.at(-1)
  return { rows: await rowsOf(tx, found), total: await countLines(tx, filter), next: last && found.length === input.limit ? `${last.region}|${last.id}` : null }
}

export const doSeeLine: Does<typeof seeLine> = async (tx, input) => {
  const line = await lineById(tx, input.id)
  const [batch] = line ? await batches(tx, { id: line.batchId }) : []
  if (!line || !batch) return refuse('payments.line-not-found')
  tx.note({ subjectId: line.elderId, region: line.region, what: 'payment' })
  const [row] = await rowsOf(tx, [line])
  const at = [lastOfMonth(`${batch.month}-01`), batch.knownOn].reduce((a, b) => (a < b ? a : b))
  const person = (await explainPeople(tx, [line.elderId], at, batch.knownOn)).get(line.elderId)
  const known = person?.standings.has(line.item) || person?.ruleOf(line.item) !== undefined
  const why = person && known ? person.explain(line.item) : null
  return {
    line: row!, parts: (await partsOf(tx, line.id)).map(({ refId: _ref, ...part }) => part), versionId: line.versionId, policyVersion: why?.policyVersion ?? null, ruleRow: why?.row ?? null, sample: why?.sample ?? false,
    sentences: why?.sentences ?? [], clauses: why?.clauses ?? [], facts: (why?.conditions ?? []).map(({ must, has, source, on, verdict }) => ({ must, has, source, on, verdict })),
  }
}

export const doListLayouts: Does<typeof listLayouts> = async () => ({ layouts: LAYOUTS.map(({ id, title, sample }) => ({ id, title, sample })) })

export const doNotice: Does<typeof seeNotice> = async (tx, input) => {
  const [batch] = await batches(tx, { id: input.id })
  if (!batch) return refuse('payments.batch-not-found')
  const filter: LineFilter = { batchId: batch.id, list: 'pay', place: input.place }
  const found = await lines(tx, filter, input.after, input.limit)
  const rows = await rowsOf(tx, found)
  const [total] = await sumsBy(tx, batch.id, 'none')
  const last = found.at(-1)
  const whole = input.place === undefined ? total! : { people: await countLines(tx, filter), payFen: (await lines(tx, filter, undefined, 100_000)).reduce((sum, one) => sum + one.payFen, 0) }
  return { number: batch.number, month: batch.month, people: whole.people, payFen: whole.payFen, rows: rows.map((one) => ({ name: maskName(one.name), idMasked: one.idMasked ?? '', place: one.place, itemTitle: one.itemTitle, payFen: one.payFen })), next: last && found.length === input.limit ? `${last.region}|${last.id}` : null }
}

export const doOfElder: Does<typeof seeOfElder> = async (tx, input) => {
  const title = await itemTitles(tx)
  const rows = await paidOfElder(tx, input.elderId)
  return { rows: rows.map((row) => ({ ...row, itemTitle: title(row.item) })), paidFen: rows.reduce((sum, row) => sum + row.paidFen, 0) }
}

export const thisMonth = (tx: Tx): string => monthOf(tx.today)
