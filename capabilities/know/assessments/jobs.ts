import { every, on } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { BatchUndone, ElderDied, ElderMoved, ElderRegistered, EldersImported, EldersMerged, EldersSplit, FactsRecorded, IdentityCorrected } from '../elders/contract.ts'
import { factsOf } from '../elders/public.ts'
import { closeCases, openCases } from '../work/public.ts'
import { AssessmentSigned, ResultDisputed } from './contract.ts'
import { DISPUTED, EXPIRING } from './rules-cases.ts'
import { followPeople, handOver, peopleBy, refreshNeeds } from './store-people.ts'
import { endingSoon } from './store-lists.ts'
import { assessmentBy, insertTriggers, replacedBy } from './store.ts'

/** Days before the end at which the work begins; the same as the routine date of the scale. */
const NOTICE_DAYS = 30

async function openExpiring(tx: Tx): Promise<void> {
  const rows = await endingSoon(tx, NOTICE_DAYS)
  const people = await peopleBy(tx, rows.map((row) => row.elderId))
  await openCases(tx, rows.flatMap((row) => {
    const person = people.get(row.elderId)
    return person ? [{ type: EXPIRING.id, key: row.id, subjectId: row.elderId, subjectName: person.name, region: row.region, titleArgs: { name: person.name, validUntil: row.validUntil }, link: `/assessments/${row.id}` }] : []
  }))
}

async function openDisputed(tx: Tx, payload: { assessmentId: string; elderId: string }): Promise<void> {
  const row = await assessmentBy(tx, payload.assessmentId)
  const person = (await peopleBy(tx, [payload.elderId])).get(payload.elderId)
  if (row?.state !== 'disputed' || !person) return
  await openCases(tx, [{ type: DISPUTED.id, key: `${row.id} ${row.disputedAt}`, subjectId: person.id, subjectName: person.name, region: row.region, titleArgs: { name: person.name }, link: `/assessments/${row.id}` }])
}

/** A new result settles what was open about the ones before it. */
async function closeSettled(tx: Tx, payload: { assessmentId: string }): Promise<void> {
  const older = await replacedBy(tx, payload.assessmentId)
  if (older.length === 0) return
  await closeCases(tx, EXPIRING.id, older.map((row) => row.id), 'finish', 'assessed', '新的评估已签字')
  await closeCases(tx, DISPUTED.id, older.flatMap((row) => (row.disputedAt === null ? [] : [`${row.id} ${row.disputedAt}`])), 'finish', 'assessed', '复评已签字')
}

/** What the registry learnt may ask for a new assessment (hospital stay, disability card) and changes who is due. */
async function hear(tx: Tx, elderId: string, keys: readonly string[]): Promise<void> {
  await refreshNeeds(tx, [elderId])
  if (!keys.some((key) => ASKING.has(key))) return
  const person = (await peopleBy(tx, [elderId])).get(elderId)
  if (!person) return
  const facts = keys.includes('hospitalised') ? (await factsOf(tx, [elderId], {}, ['hospitalised'])).get(elderId)?.get('hospitalised') : undefined
  if (facts?.value === true) await insertTriggers(tx, [{ elderId, region: person.region, code: 'hospital_stay', day: facts.validFrom ?? tx.today }])
  if (keys.includes('disabilityGrade') || keys.includes('disabilityKind')) await insertTriggers(tx, [{ elderId, region: person.region, code: 'status_change', day: tx.today }])
}

/** Facts after which somebody should be assessed again. */
const ASKING = new Set(['hospitalised', 'disabilityGrade', 'disabilityKind'])

async function follow(tx: Tx, elderId: string): Promise<void> {
  await followPeople(tx, [elderId])
  await refreshNeeds(tx, [elderId])
}

async function hearMany(tx: Tx, elderIds: readonly string[]): Promise<void> {
  await refreshNeeds(tx, elderIds)
}

export const jobs = [
  every('day', 'open a case for each assessment that ends within 30 days', openExpiring),
  on(ResultDisputed, 'open a case for a disputed result', openDisputed),
  on(AssessmentSigned, 'close what a new result settles', closeSettled),
  on(ElderRegistered, 'note who was never assessed', (tx, { elderId }) => hearMany(tx, [elderId])),
  on(EldersImported, 'note who of a list was never assessed', (tx, { elderIds }) => hearMany(tx, elderIds)),
  on(BatchUndone, 'forget who was imported by mistake', (tx, { elderIds }) => hearMany(tx, elderIds)),
  on(FactsRecorded, 'hear what may ask for a new assessment', (tx, { elderId, keys }) => hear(tx, elderId, keys)),
  on(IdentityCorrected, 'note a corrected age', (tx, { elderId }) => hearMany(tx, [elderId])),
  on(ElderDied, 'stop asking for assessments of the dead', (tx, { elderId }) => follow(tx, elderId)),
  on(ElderMoved, 'follow who moved', (tx, { elderId }) => follow(tx, elderId)),
  on(EldersMerged, 'put the assessments of two records together', async (tx, { keepId, dropId }) => {
    await handOver(tx, dropId, keepId, '并档')
    await followPeople(tx, [keepId])
    await refreshNeeds(tx, [keepId, dropId])
  }),
  on(EldersSplit, 'give each record its assessments back', async (tx, { keepId, dropId }) => {
    await handOver(tx, dropId, dropId, '拆档')
    await followPeople(tx, [keepId, dropId])
    await refreshNeeds(tx, [keepId, dropId])
  }),
]
