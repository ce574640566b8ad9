/** Looking: lists, who is due, one assessment, one person's history, where results were used. */
import { dayNumber } from '@songbai/calendar'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { compare, needsReassessment, REASSESSMENT_EVENTS, type Answers, type ReassessmentEvent } from '@songbai/scale'
import { sm3 } from '@songbai/seal/node'
import { isOpen } from './actions.ts'
import { ANSWER_READERS, NATIONAL_SCALE, type AssessmentRow, type DueKind, type listAssessments, type listDue, type listScales, type listUses, type seeAssessment, type seeForm, type seeOfElder } from './contract.ts'
import { chainHolds, LIST_SINCE } from './rules.ts'
import { countDue, duePage, listPage, usesPage } from './store-lists.ts'
import { countNeeds, needPage, peopleBy, type Person } from './store-people.ts'
import { scaleOf, scales } from './store-scales.ts'
import { assessmentBy, assessmentsOf, openAnswers, openMark, openOf, openResult, revisionsOf, signaturesOf, triggersOf, usesOf, type Assessment } from './store.ts'

export const doListScales: Does<typeof listScales> = async () => ({
  scales: [...scales().values()].map((scale) => ({
    id: scale.id, version: scale.version, title: scale.title, source: scale.source.document, levels: scale.levels.map((level) => ({ level: level.level, code: level.code, label: level.label, short: level.short ?? level.label })), items: scale.items.length,
    assessors: scale.signatures.assessors, informant: scale.signatures.informant, validMonths: scale.validity.months, validSample: scale.validity.sample === true, retired: scale.retired === true, unconfirmed: scale.unconfirmed === true,
  })),
})

export const doForm: Does<typeof seeForm> = async (_tx, input) => {
  const scale = scales().get(input.scaleId)
  return scale ? { scale: scale as unknown as Record<string, unknown> } : refuse('assessments.scale-unknown', { scale: input.scaleId })
}

function toRow(tx: Tx, row: Assessment, people: ReadonlyMap<string, Person>): AssessmentRow {
  const person = people.get(row.elderId)
  return {
    id: row.id, elderId: row.elderId, name: person?.name ?? '', age: person?.age ?? null, region: row.region, place: person?.place ?? row.region, scaleId: row.scaleId, reason: row.reason, state: row.state, plannedOn: row.plannedOn, assessedOn: row.assessedOn,
    total: row.total, level: row.level, levelCode: row.levelCode, levelBefore: row.levelBefore, validUntil: row.validUntil, daysLeft: row.validUntil === null ? null : dayNumber(row.validUntil) - dayNumber(tx.today), issuer: row.issuer, assessors: row.assessors,
    required: row.required, answered: row.answered, unconfirmed: scaleOf(row.scaleId).unconfirmed === true, changedAt: row.changedAt,
  }
}

export const doList: Does<typeof listAssessments> = async (tx, input) => {
  const { rows, next, total } = await listPage(tx, input)
  const people = await peopleBy(tx, rows.map((row) => row.elderId))
  return { rows: rows.map((row) => toRow(tx, row, people)), total, next }
}

const DUE_ORDER: readonly DueKind[] = ['disputed', 'expired', 'event', 'expiring', 'never']

/** Without a kind: the first kinds in order that fill the page, so the most pressing come first. */
export const doDue: Does<typeof listDue> = async (tx, input) => {
  const counts = { ...(await countDue(tx, input.place, input.withinDays)), never: await countNeeds(tx, input.place) }
  const kind = input.kind ?? DUE_ORDER.find((one) => counts[one] > 0) ?? 'never'
  const { rows, next } = kind === 'never'
    ? await needPage(tx, input.place, input.after, input.limit).then((found) => ({ next: found.next, rows: found.rows.map((row) => ({ elderId: row.elderId, kind, since: row.since < LIST_SINCE ? LIST_SINCE : row.since, id: null, levelCode: null, validUntil: null })) }))
    : await duePage(tx, input.place, input.withinDays, kind, input.after, input.limit)
  const ids = rows.map((row) => row.elderId)
  const people = await peopleBy(tx, ids)
  const open = await openOf(tx, ids, NATIONAL_SCALE)
  return {
    counts, next,
    rows: rows.flatMap((row) => {
      const person = people.get(row.elderId)
      return person ? [{ elderId: person.id, name: person.name, age: person.age, region: person.region, place: person.place, categories: [...person.categories], kind: row.kind, since: row.since, assessmentId: row.id, levelCode: row.levelCode, validUntil: row.validUntil, openId: open.get(person.id) ?? null }] : []
    }),
  }
}

/** The newest finished one of the same person and scale before this one. */
function previousOf(all: readonly Assessment[], row: Assessment): Assessment | null {
  const before = all.filter((one) => one.id !== row.id && one.scaleId === row.scaleId && one.levelCode !== null && one.assessedOn !== null && (row.assessedOn === null || one.assessedOn < row.assessedOn || (one.assessedOn === row.assessedOn && one.replacedBy === row.id)))
  return before.sort((a, b) => b.assessedOn!.localeCompare(a.assessedOn!))[0] ?? null
}

function compared(tx: Tx, previous: Assessment | null, current: Assessment, answers: Answers): Record<string, unknown> | null {
  const [before, after] = [previous && openResult(tx, previous), openResult(tx, current)]
  if (!previous || !before || !after) return null
  return compare(scaleOf(current.scaleId), { scale: { id: previous.scaleId, version: previous.scaleVersion }, answers: openAnswers(tx, previous), result: before }, { scale: { id: current.scaleId, version: current.scaleVersion }, answers, result: after }) as unknown as Record<string, unknown>
}

export const doSee: Does<typeof seeAssessment> = async (tx, input) => {
  const row = await assessmentBy(tx, input.id)
  if (!row || row.state === 'void') return refuse('assessments.not-found')
  const people = await peopleBy(tx, [row.elderId])
  const answers = openAnswers(tx, row)
  const signatures = await signaturesOf(tx, row.id)
  const previous = previousOf(await assessmentsOf(tx, row.elderId), row)
  const signed = signatures.some((one) => one.signerId === tx.actor.id && one.answersHash === row.answersHash)
  tx.note({ subjectId: row.elderId, region: row.region, what: 'assessment' })
  return {
    assessment: {
      ...toRow(tx, row, people), reasonText: row.reasonText, where: row.where, scaleVersion: row.scaleVersion, version: row.version, answersHash: row.answersHash, informantName: row.informantName, reassessFrom: row.reassessFrom, documentNo: row.documentNo,
      recheckOf: row.recheckOf, replacedBy: row.replacedBy, completedAt: row.completedAt, dispute: row.disputedAt === null ? null : { at: row.disputedAt, from: row.disputeFrom ?? '', reason: row.disputeReason ?? '', outcome: row.disputeOutcome },
    },
    answers, result: openResult(tx, row) as Record<string, unknown> | null,
    signatures: signatures.map((one) => ({ role: one.role, name: one.name, relation: one.relation, signedAt: one.signedAt, counts: one.answersHash === row.answersHash, mark: openMark(tx, row.county, one.markSealed) })),
    chainHolds: chainHolds(signatures.map((one) => ({ assessmentId: row.id, seq: one.seq, role: one.role, signerId: one.signerId, name: one.name, answersHash: one.answersHash, signedAtMs: one.signedAt, prev: one.prev, hash: one.hash })), sm3),
    mayISign: isOpen(row) && !signed && tx.actor.roles.includes('assessor'),
    previous: previous === null ? null : { id: previous.id, assessedOn: previous.assessedOn!, levelCode: previous.levelCode!, total: previous.total },
    comparison: compared(tx, previous, row, answers), revisions: await revisionsOf(tx, row.id), uses: await usesOf(tx, row.id),
  }
}

export const doOfElder: Does<typeof seeOfElder> = async (tx, input) => {
  const all = await assessmentsOf(tx, input.elderId)
  const people = await peopleBy(tx, [input.elderId])
  const national = all.filter((row) => row.scaleId === NATIONAL_SCALE && (row.state === 'complete' || row.state === 'disputed'))
  const newest = national[0] ?? null
  const previous = newest && previousOf(all, newest)
  const mayReadAnswers = ANSWER_READERS.some((role) => tx.actor.roles.includes(role))
  if (mayReadAnswers && previous) tx.note({ subjectId: input.elderId, region: newest.region, what: 'assessment' })
  return {
    rows: all.map((row) => ({ ...toRow(tx, row, people), dimensions: row.dimensions })),
    current: newest !== null && newest.validUntil! >= tx.today ? newest.id : null,
    reasons: newest === null ? [] : await reasonsOf(tx, newest),
    comparison: mayReadAnswers && newest ? compared(tx, previous, newest, openAnswers(tx, newest)) : null, comparedWith: mayReadAnswers ? (previous?.id ?? null) : null,
  }
}

async function reasonsOf(tx: Tx, row: Assessment): Promise<{ code: string; day: string }[]> {
  const known = (code: string): code is ReassessmentEvent => (REASSESSMENT_EVENTS as readonly string[]).includes(code)
  const events = (await triggersOf(tx, row.elderId)).flatMap((one) => (known(one.code) && one.day > row.assessedOn! ? [{ code: one.code, day: one.day }] : []))
  const answer = needsReassessment({ scale: scaleOf(row.scaleId), assessedOn: row.assessedOn!, on: tx.today, events })
  return 'problem' in answer ? [] : answer.reasons
}

export const doListUses: Does<typeof listUses> = async (tx, input) => {
  const { rows, next, total, repeated } = await usesPage(tx, input)
  const people = await peopleBy(tx, rows.map((row) => row.elderId))
  return { uses: rows.map((row) => ({ ...row, name: people.get(row.elderId)?.name ?? '' })), total, repeated, next }
}
