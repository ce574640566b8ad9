/** What capabilities below may ask of the registry, inside their own transaction and scope, always for many people. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import { doRecordEvents } from './actions-events.ts'
import { BatchUndone, EldersImported, FactsRecorded, type LifeEvent } from './contract.ts'
import type { PreparedElder, PrepareContext } from './rules-prepare.ts'
import { placeOfDay } from './rules-places.ts'
import { historySlice, undoSlice, type HistorySlice, type Undone } from './store-batch.ts'
import { dictionary } from './store-dictionary.ts'
import { likelyFor, type Candidate, type Likely } from './store-duplicates.ts'
import { eventsInConflict, holdersOf, type OpenConflict } from './store-events.ts'
import { factsIn, isNow, layStatements, viewOf, type AsOf, type FactRow, type Recorded, type Statement } from './store-facts.ts'
import { asRecords, peopleIn } from './store-past.ts'
import { residencesOf, type ResidenceRecord } from './store-person.ts'
import { eldersBy, refreshElders, type ElderRecord } from './store.ts'
import { insertPeople, type Inserted } from './store-write.ts'

export { prepareElder, withFacts, type PreparedContact, type PreparedElder, type PreparedFact } from './rules-prepare.ts'
export { readHistory, type HistoryFact } from './rules-history.ts'
export type { AsOf, Candidate, ElderRecord, FactRow, HistorySlice, Inserted, Likely, OpenConflict, Recorded, ResidenceRecord, Undone }

const MAX_PEOPLE = 10_000

export function prepareContext(tx: Tx): PrepareContext {
  return { today: tx.today, dictionary: dictionary().facts }
}

/** Those of the ids in scope; for another day as they were then. */
export async function eldersByIds(tx: Tx, ids: readonly string[], asOf: AsOf = {}): Promise<ElderRecord[]> {
  return isNow(tx, asOf) ? eldersBy(tx, ids) : asRecords(tx, await peopleIn(tx, viewOf(tx, asOf), ids))
}

/** The facts that hold, by person and key. */
export function factsOf(tx: Tx, ids: readonly string[], asOf: AsOf = {}, keys: readonly string[] | null = null): Promise<Map<string, Map<string, FactRow>>> {
  return factsIn(tx, ids, viewOf(tx, asOf), keys)
}

/** Stores new people in the order given, 10,000 a call at most. `ids[i]` is null where the ID number is somebody's already, in scope or not. */
export async function insertElders(tx: Tx, people: readonly PreparedElder[], batchId: string | null): Promise<Inserted> {
  if (people.length > MAX_PEOPLE) throw new Error(`insertElders takes ${MAX_PEOPLE} people at a time`)
  const inserted = await insertPeople(tx, people, batchId)
  const elderIds = inserted.ids.filter((id) => id !== null)
  if (batchId !== null && elderIds.length > 0) tx.emit(EldersImported, { batchId, elderIds }, tx.actor.region)
  return inserted
}

/** Elder id by ID number (18 characters), for those in scope. */
export async function findByIdNumbers(tx: Tx, numbers: readonly string[]): Promise<Map<string, string>> {
  return new Map([...(await holdersOf(tx, numbers))].map(([number, ids]) => [number, ids[0]!]))
}

export const likelyDuplicatesOf: (tx: Tx, candidates: readonly Candidate[]) => Promise<Likely[]> = likelyFor

/** Undoes one slice of a batch; call again with `afterId` until it is null. */
export async function undoBatch(tx: Tx, batchId: string, afterId: string | null, limit: number): Promise<Undone> {
  const undone = await undoSlice(tx, batchId, afterId, limit)
  const elderIds = [...undone.undone, ...undone.restored]
  if (elderIds.length > 0) tx.emit(BatchUndone, { batchId, elderIds }, tx.actor.region)
  return undone
}

/** Fact intervals of a place for population columns; see `historySlice` for the packed form. */
export function factHistory(tx: Tx, place: { readonly region: string; readonly afterId?: string | null; readonly limit?: number }): Promise<HistorySlice> {
  return historySlice(tx, place)
}

export type FactToRecord = Pick<Statement, 'elderId' | 'key' | 'value' | 'validFrom' | 'validTo' | 'source' | 'sourceRef' | 'reason'>

/** Records what a capability below found out (an assessment's level, a benefit in payment). Undefined as value ends the fact in that time. People out of scope are left out. */
export async function recordFacts(tx: Tx, facts: readonly FactToRecord[], batchId: string | null = null): Promise<Recorded> {
  const people = new Map((await eldersBy(tx, [...new Set(facts.map((fact) => fact.elderId))])).map((person) => [person.id, person]))
  const statements = facts.flatMap((fact) => {
    const person = people.get(fact.elderId)
    return person ? [{ ...fact, county: countyOf(person.county), region: person.region }] : []
  })
  const recorded = await layStatements(tx, statements, batchId)
  await refreshElders(tx, [...people.keys()])
  for (const person of people.values()) tx.emit(FactsRecorded, { elderId: person.id, keys: [...new Set(statements.filter((one) => one.elderId === person.id).map((one) => one.key))] }, person.region)
  return recorded
}

/** Where each person is on a day: camp, home or nothing known. */
export async function placesOfDay(tx: Tx, ids: readonly string[], asOf: AsOf = {}): Promise<Map<string, ResidenceRecord>> {
  const view = viewOf(tx, asOf)
  const all = await residencesOf(tx, ids, view)
  return new Map(ids.flatMap((id) => {
    const place = placeOfDay(all.filter((one) => one.elderId === id), view.at)
    return place ? [[id, place] as const] : []
  }))
}

/** The feed of life events for a capability or a demo: judged, written down and applied as the action does it. */
export function recordLifeEvents(tx: Tx, events: readonly LifeEvent[]) {
  return doRecordEvents(tx, { events: [...events] })
}

export function openEventConflicts(tx: Tx, limit = 100): Promise<OpenConflict[]> {
  return eventsInConflict(tx, limit)
}
