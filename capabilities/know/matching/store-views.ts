/** Rows as shown: our side from the register as it is now, their side and the differences as they were found. */
import { sayDoubt, type Doubt } from '@songbai/linkage'
import { countyOf, type Tx } from '@songbai/platform/tx'
import { eldersByIds, prepareContext, type ElderRecord } from '../elders/public.ts'
import { regionNames } from '../regions/public.ts'
import type { RowView } from './contract.ts'
import { maskNumber, type Difference } from './rules-differences.ts'
import { allowed } from './rules.ts'
import { rowsById, type StoredRow } from './store-rows.ts'

const HIDDEN = { zh: '＊＊', en: '**' }

/** Without a purpose sensitive values are left out; with one, each person looked at stands in the log. */
export async function viewsOf(tx: Tx, rows: readonly StoredRow[], purpose: string | null = null): Promise<RowView[]> {
  const { facts } = prepareContext(tx).dictionary
  const isSecret = (takes: Difference['takes'], code: string): boolean => facts.get(takes?.as === 'fact' ? takes.key : code.replace(/^(unclear\.)?fact\./, ''))?.sensitive === true
  const people = new Map((await eldersByIds(tx, [...new Set(rows.flatMap((row) => [row.elderId ?? [], ...row.others.map((one) => one.id)].flat()))])).map((one) => [one.id, one]))
  const places = await regionNames(tx, [...[...people.values()].map((one) => one.region), ...rows.flatMap((row) => row.theirs?.region ?? [])])
  const place = (code: string): string => places.get(code)?.full ?? code
  const side = (one: ElderRecord) => ({ id: one.id, name: one.name, idMasked: one.idMasked, sex: one.sex, birth: one.birthDay ?? one.birthMonth, place: place(one.region) })
  if (purpose !== null) for (const row of rows) if (row.elderId && row.differences.some((one) => isSecret(one.takes, one.code))) tx.note({ subjectId: row.elderId, region: row.region, what: row.differences.map((one) => one.code).join(' ').slice(0, 60), purpose })
  return rows.map((row) => {
    const ours = people.get(row.elderId ?? '')
    return {
      id: row.id, runId: row.runId, source: row.source, row: row.row, kind: row.kind, codes: row.codes, state: row.state, region: row.region,
      theirs: row.theirs && { name: row.theirs.name, idMasked: row.theirs.idNumber === null ? null : maskNumber(row.theirs.idNumber), sex: row.theirs.sex, birth: row.theirs.birth, place: row.theirs.place },
      ours: ours ? { ...side(ours), status: ours.status } : null,
      differences: row.differences.map(({ takes, ...one }) => (isSecret(takes, one.code) && purpose === null ? { ...one, ours: HIDDEN, theirs: HIDDEN, takes: takes !== null, hidden: true } : { ...one, takes: takes !== null, hidden: false })), why: [...row.why], doubt: row.doubt === null ? null : sayDoubt(row.doubt as Doubt),
      others: row.others.flatMap(({ id, bits }) => (people.has(id) ? [{ ...side(people.get(id)!), bits }] : [])),
      decisions: row.state === 'open' ? allowed(row) : [], decision: row.decision, reason: row.reason, decidedBy: row.decidedBy, settledAt: row.settledAt, settlementId: row.settlementId, remembered: row.remembered, caseId: row.caseId, firstAskedAt: row.firstAskedAt,
    }
  })
}

export async function rowOfCase(tx: Tx, caseId: string): Promise<StoredRow | null> {
  const found = await tx.rows<{ id: string }>`select id from matching.row where county = ${countyOf(tx.actor.region)} and case_id = ${caseId} and state = 'waiting'`
  return found[0] ? ((await rowsById(tx, [found[0].id]))[0] ?? null) : null
}
