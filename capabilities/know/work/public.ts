import { createWorkCalendar, holidaysCn, withProvisionalYear } from '@songbai/calendar'
import { decide, openCase, type Case, type CaseType, type Command, type Owner } from '@songbai/casework'
import type { Tx } from '@songbai/platform/tx'
import { resources } from '../../resources.ts'
import { CaseClosed } from './contract.ts'
import { caseActor, MANUAL } from './rules.ts'
import { cases, caseForUpdate, insertCases, saveCase, saveTrail, type StoredCase } from './store.ts'

// Next year's decree comes in November: until it is loaded, deadlines that reach into it are counted by weekdays and marked provisional.
const calendar = createWorkCalendar(withProvisionalYear(holidaysCn, Math.max(...Object.keys(holidaysCn.years).map(Number)) + 1))

export function caseType(id: string): CaseType {
  const type = [MANUAL, ...resources().caseTypes].find((one) => one.id === id)
  if (!type) throw new Error(`no case type ${id}`)
  return type
}

export interface Opening {
  readonly type: string
  /** Opens once: the same type and key again is left alone, open or closed. */
  readonly key: string
  readonly region: string
  readonly subjectId?: string | null
  readonly subjectName?: string | null
  readonly titleArgs?: Readonly<Record<string, string | number>>
  /** One line of what is known, in both languages. */
  readonly evidence?: { readonly zh: string; readonly en: string } | null
  /** Page that shows the matter, e.g. `/elders/…`. */
  readonly link?: string | null
  readonly owner?: Owner
}

/** Opens cases; answers the case id for each opening that is new, null for one seen before. */
export async function openCases(tx: Tx, openings: readonly Opening[]): Promise<(string | null)[]> {
  if (openings.length === 0) return []
  const decided = openings.map((opening) => {
    const decision = openCase(caseType(opening.type), { id: tx.newId(), region: opening.region, actor: null, ...(opening.owner ? { owner: opening.owner } : {}) }, tx.nowMs, calendar)
    if (!decision.ok) throw new Error(`case ${opening.type} cannot open: ${decision.code}`)
    return { opening, decision }
  })
  const inserted = await insertCases(tx, decided.map(({ opening, decision }) => ({ case: decision.case, key: opening.key, subjectId: opening.subjectId ?? null, subjectName: opening.subjectName ?? null, titleArgs: opening.titleArgs ?? {}, evidence: opening.evidence ?? null, link: opening.link ?? null })))
  await saveTrail(tx, decided.filter(({ decision }) => inserted.has(decision.case.id)).map(({ decision }) => decision), null)
  return decided.map(({ decision }) => (inserted.has(decision.case.id) ? decision.case.id : null))
}

/** Carries out one command on one case; answers the casework refusal code, or null when done. */
export async function commandCase(tx: Tx, id: string, command: Command, note: string | null = null): Promise<{ readonly stored: StoredCase; readonly held: Case } | { readonly refused: 'missing' | Exclude<ReturnType<typeof decide>, { ok: true }>['code'] }> {
  const stored = await caseForUpdate(tx, id)
  if (!stored) return { refused: 'missing' }
  const decision = decide(caseType(stored.type), stored.data, command, tx.nowMs, calendar)
  if (!decision.ok) return { refused: decision.code }
  await saveCase(tx, stored, decision.case)
  await saveTrail(tx, [decision], note)
  if (decision.case.closedAt !== null && stored.data.closedAt === null) tx.emit(CaseClosed, { caseId: id, type: stored.type, key: stored.key, outcome: decision.case.outcome, subjectId: stored.subjectId, by: tx.actor.kind === 'person' ? { id: tx.actor.id, name: tx.actor.name } : null }, stored.region)
  return { stored, held: decision.case }
}

/** Closes open cases of these keys because the matter itself was settled; used by the capability that opened them. */
export async function closeCases(tx: Tx, type: string, keys: readonly string[], move: string, outcome: string, note: string): Promise<number> {
  const open = (await cases(tx, { open: true, type })).filter((one) => keys.includes(one.key))
  for (const one of open) await commandCase(tx, one.id, { kind: 'move', move, outcome, actor: { ...caseActor(tx.actor), roles: [...tx.actor.roles, 'program'] } }, note)
  return open.length
}
