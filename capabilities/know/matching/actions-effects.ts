/** What a decision does outside the list: life events and facts in the register, a case for the village; and how each is taken back. */
import type { Tx } from '@songbai/platform/tx'
import type { LifeEvent } from '../elders/contract.ts'
import { eldersByIds, recordFacts, recordLifeEvents, type ElderRecord, type FactToRecord } from '../elders/public.ts'
import { closeCases, openCases } from '../work/public.ts'
import type { Decision } from './contract.ts'
import { ASK_VILLAGE } from './rules-cases.ts'
import type { Difference } from './rules-differences.ts'
import { sourceOf } from './rules-sources.ts'
import { sayCode } from './rules.ts'
import { settle, type StoredRow } from './store-rows.ts'
import type { Run } from './store.ts'

export interface Settled {
  readonly done: readonly string[]
  /** Both cannot be true: the register opened a case for each. */
  readonly contradicted: number
  /** The register could not take these; they stay open. */
  readonly left: readonly string[]
}

type Takes = NonNullable<Difference['takes']>
type Event = Extract<Takes, { readonly onDay: string }>

export async function carryOut(tx: Tx, run: Run, rows: readonly StoredRow[], decision: Decision, settlementId: string, reason: string): Promise<Settled> {
  if (decision === 'village') return askVillage(tx, run, rows, settlementId)
  const taken = decision === 'theirs' ? await takeOver(tx, run, rows, settlementId, reason) : { contradicted: 0, left: new Set<string>() }
  const done = rows.filter((row) => !taken.left.has(row.id)).map((row) => row.id)
  await settle(tx, done, 'settled', settlementId, decision)
  return { done, contradicted: taken.contradicted, left: [...taken.left] }
}

function takesOf(row: StoredRow): Takes[] {
  return row.differences.flatMap((one) => (one.takes ? [one.takes] : []))
}

function sourceName(run: Pick<Run, 'source'>): string {
  const source = sourceOf(run.source)
  return `${source.title.zh}${source.list.zh}`.slice(0, 60)
}

/** The settlement in the reference makes a decision that was taken back and made again a new event, and a repeated call the same one. */
function refOf(run: Run, row: StoredRow, settlementId: string, what: string): string {
  return `${run.number} 第${row.row ?? 0}行 ${settlementId.slice(-8)}${what}`
}

async function takeOver(tx: Tx, run: Run, rows: readonly StoredRow[], settlementId: string, reason: string): Promise<{ contradicted: number; left: Set<string> }> {
  const events: LifeEvent[] = []
  const facts: FactToRecord[] = []
  const rowOf = new Map<string, string>()
  const listDay = run.setup!.listDay
  for (const row of rows) for (const takes of takesOf(row)) {
    const sourceRef = refOf(run, row, settlementId, '')
    if (takes.as === 'fact') facts.push({ elderId: row.elderId!, key: takes.key, value: takes.value, validFrom: takes.key === 'name' || takes.key === 'sex' ? null : listDay, validTo: null, source: sourceName(run), sourceRef, reason })
    else {
      rowOf.set(sourceRef, row.id)
      events.push({ kind: takes.as === 'death' ? 'death' : takes.as === 'moveOut' ? 'moveOut' : 'deathWithdrawn', onDay: takes.onDay, elderId: row.elderId!, facts: [], source: sourceName(run), sourceRef, note: reason })
    }
  }
  const answer = events.length > 0 ? await recordLifeEvents(tx, events) : { results: [] }
  const outcomes = 'results' in answer ? answer.results : []
  const left = new Set(outcomes.flatMap((one) => (one.state === 'refused' || one.state === 'unmatched' ? [rowOf.get(one.sourceRef)!] : [])))
  const leftElders = new Set(rows.filter((row) => left.has(row.id)).map((row) => row.elderId))
  const going = facts.filter((one) => !leftElders.has(one.elderId))
  if (going.length > 0) await recordFacts(tx, going, settlementId)
  return { contradicted: outcomes.filter((one) => one.state === 'conflict').length, left }
}

async function askVillage(tx: Tx, run: Run, rows: readonly StoredRow[], settlementId: string): Promise<Settled> {
  const names = new Map((await eldersByIds(tx, rows.flatMap((row) => row.elderId ?? []))).map((one) => [one.id, one.name]))
  const ids = await openCases(tx, rows.map((row) => {
    const name = names.get(row.elderId ?? '') ?? row.theirs?.name ?? ''
    const title = sourceOf(run.source).title
    return {
      type: ASK_VILLAGE.id, key: caseKey(row, settlementId), region: row.region, subjectId: row.elderId, subjectName: name, titleArgs: { name, what: sayCode(row.codes[0] ?? '').zh }, link: row.elderId ? `/elders/${row.elderId}` : null,
      evidence: {
        zh: row.differences.length > 0 ? `${title.zh}名单（${run.number}）：${row.differences.map((one) => `${one.label.zh} ${one.theirs.zh}；这里是${one.ours.zh}`).join('。')}` : `${title.zh}名单（${run.number}）：${sayCode(row.codes[0] ?? '').zh}`,
        en: row.differences.length > 0 ? `${title.en}, list ${run.number}: ${row.differences.map((one) => `${one.label.en} ${one.theirs.en}; here ${one.ours.en}`).join('. ')}` : `${title.en}, list ${run.number}: ${sayCode(row.codes[0] ?? '').en}`,
      },
    }
  }))
  await settle(tx, rows.map((row) => row.id), 'waiting', settlementId, 'village', new Map(rows.flatMap((row, i) => (ids[i] ? [[row.id, ids[i]] as const] : []))))
  return { done: rows.map((row) => row.id), contradicted: 0, left: [] }
}

/** Both lists agree by now: the village need not look any more. */
export async function withdrawCases(tx: Tx, rows: readonly { readonly id: string; readonly settlementId: string }[]): Promise<void> {
  if (rows.length > 0) await closeCases(tx, ASK_VILLAGE.id, rows.map((row) => caseKey(row, row.settlementId)), 'settle', 'withdrawn', '新名单里两边已经一致')
}

function caseKey(row: Pick<StoredRow, 'id'>, settlementId: string): string {
  return `${row.id}.${settlementId}`
}

/** Takes events and cases of these rows back; facts go by their batch, which is the settlement. */
export async function takeBack(tx: Tx, run: Run, rows: readonly StoredRow[], settlementId: string): Promise<void> {
  const waiting = rows.filter((row) => row.state === 'waiting')
  if (waiting.length > 0) await closeCases(tx, ASK_VILLAGE.id, waiting.map((row) => caseKey(row, settlementId)), 'settle', 'withdrawn', '比对中的决定已撤回')
  const taken = rows.filter((row) => row.decision === 'theirs' && row.elderId !== null)
  const people = new Map((await eldersByIds(tx, taken.map((row) => row.elderId!))).map((one) => [one.id, one]))
  const events = taken.flatMap((row) => takesOf(row).flatMap((takes) => (takes.as === 'fact' ? [] : (reversal(takes, people.get(row.elderId!), row, run, settlementId) ?? []))))
  if (events.length > 0) await recordLifeEvents(tx, events)
  await settle(tx, rows.map((row) => row.id), 'open', null, null)
}

/** Only what the event did make true is turned back; one that was found contradictory never was. */
function reversal(takes: Event, person: ElderRecord | undefined, row: StoredRow, run: Run, settlementId: string): LifeEvent | null {
  if (!person) return null
  const base = { elderId: person.id, facts: [], source: sourceName(run), sourceRef: refOf(run, row, settlementId, ' 撤回'), note: '比对中的决定已撤回' }
  switch (takes.as) {
    case 'death': return person.status === 'dead' && person.statusOn === takes.onDay ? { ...base, kind: 'deathWithdrawn', onDay: takes.onDay } : null
    case 'alive': return person.status === 'active' ? { ...base, kind: 'death', onDay: takes.was } : null
    case 'moveOut': return person.status === 'movedOut' && person.statusOn === takes.onDay ? { ...base, kind: 'moveIn', onDay: takes.onDay, toRegion: person.region } : null
  }
}
