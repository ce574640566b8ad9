/** The feed of life events: match, judge, write down, apply. A thousand lines are a few statements, and the same line again is nothing. */
import { isRefused, type Does, type Tx } from '@songbai/platform/tx'
import { regionExists } from '../regions/public.ts'
import { openCases } from '../work/public.ts'
import { ElderDied, ElderMoved, ElderRegistered, FactsRecorded, lifeEvent, type LifeEvent, type recordEvents } from './contract.ts'
import { ALIVE_KINDS, effectsOf, incomplete, judge, type Effect, type KnownPerson } from './rules-events.ts'
import { CODE_WORDS, KIND_WORDS } from './rules-event-words.ts'
import { readFactValue } from './rules-facts.ts'
import { prepareElder } from './rules-prepare.ts'
import { checkPlace, readResidentId } from './rules.ts'
import { dictionary } from './store-dictionary.ts'
import { eventBy, holdersOf, insertEvents, knownRefs, lastSeenAlive, setEventState, withdrawDeaths, type EventState } from './store-events.ts'
import { layStatements, type Statement } from './store-facts.ts'
import { elderBy, eldersBy, refreshElders, type ElderRecord } from './store.ts'
import { insertPeople } from './store-write.ts'

interface Line {
  readonly event: LifeEvent
  /** Place in the caller's list. */
  readonly at: number
  readonly effects: readonly Effect[]
}

interface Judged extends Line {
  readonly elder: ElderRecord | null
  readonly state: EventState
  readonly code: string | null
}

type Result = { sourceRef: string; state: 'applied' | 'again' | 'conflict' | 'unmatched' | 'refused'; code: string | null; eventId: string | null; caseId: string | null }

export const doRecordEvents: Does<typeof recordEvents> = async (tx, input) => {
  const results: Result[] = input.events.map((event) => ({ sourceRef: event.sourceRef, state: 'again', code: null, eventId: null, caseId: null }))
  const lines = await readLines(tx, input.events, results)
  const people = await peopleOf(tx, lines)
  const judged = judgeAll(lines, people, await lastSeenAlive(tx, [...people.values()].map((elder) => elder.id)))
  const arrivals = await registerArrivals(tx, judged)
  const final = judged.map((one) => (arrivals.has(one.at) ? { ...one, elder: arrivals.get(one.at)!, state: 'applied' as const, code: null } : one))
  const ids = await insertEvents(tx, final.map((one) => ({ elderId: one.elder?.id ?? null, region: one.elder?.region ?? tx.actor.region, kind: one.event.kind, onDay: one.event.onDay, source: one.event.source, sourceRef: one.event.sourceRef, payload: withoutSecret(one.event), state: one.state, detail: one.code })))
  const fresh = final.flatMap((one, i) => (ids[i] ? [{ ...one, eventId: ids[i] }] : []))
  await applyAll(tx, fresh.filter((one) => one.state === 'applied' && one.elder !== null && !arrivals.has(one.at)) as (Line & { elder: ElderRecord })[])
  const cases = await openFor(tx, fresh)
  for (const one of fresh) results[one.at] = { sourceRef: one.event.sourceRef, state: one.state as Result['state'], code: one.code, eventId: one.eventId, caseId: cases.get(one.eventId) ?? null }
  return { results }
}

/** Lines that are complete and new, oldest first; the rest have their answer already. */
async function readLines(tx: Tx, events: readonly LifeEvent[], results: Result[]): Promise<Line[]> {
  const known = await knownRefs(tx, events)
  const seen = new Set<string>()
  const lines: Line[] = []
  for (const [at, event] of events.entries()) {
    const ref = `${event.source}\n${event.sourceRef}`
    const again = known.has(ref) || seen.has(ref)
    if (again) results[at]!.eventId = known.get(ref) ?? null
    const read = again ? null : await readLine(tx, event, at)
    if (read && 'code' in read) results[at] = { ...results[at]!, state: 'refused', code: read.code }
    else if (read) {
      seen.add(ref)
      lines.push(read)
    }
  }
  return lines.sort((a, b) => (a.event.onDay < b.event.onDay ? -1 : a.event.onDay > b.event.onDay ? 1 : a.at - b.at))
}

async function readLine(tx: Tx, event: LifeEvent, at: number): Promise<Line | { readonly code: string }> {
  const lacks = incomplete({ ...event, factCount: event.facts.length }, tx.today)
  if (lacks) return { code: lacks }
  if (event.toRegion !== undefined && event.kind !== 'moveOut') {
    const place = checkPlace(event.toRegion, await regionExists(tx, event.toRegion), tx.actor.prefixes)
    if (place) return { code: place.refused }
  }
  const facts: Effect[] = []
  for (const fact of event.facts) {
    const read = readFactValue(dictionary().facts, fact.key, fact.value)
    if (isRefused(read)) return { code: read.refused }
    facts.push({ key: fact.key, value: read.value, validFrom: fact.validFrom, validTo: fact.validTo })
  }
  const effects = effectsOf(event, facts)
  const unknown = effects.find((effect) => effect.key.startsWith('benefit.') && effect.value !== undefined && isRefused(readFactValue(dictionary().facts, effect.key, effect.value)))
  return unknown ? { code: 'elders.fact-unknown' } : { event, at, effects }
}

/** The person of each line: by id, else by ID number. A merged record speaks for the one it went into. */
async function peopleOf(tx: Tx, lines: readonly Line[]): Promise<Map<number, ElderRecord>> {
  const numbers = new Map(lines.flatMap(({ event, at }) => {
    const id = event.elderId === undefined && event.idNumber ? readResidentId(event.idNumber, tx.today) : null
    return id && !isRefused(id) ? [[at, id.number] as const] : []
  }))
  const holders = await holdersOf(tx, [...new Set(numbers.values())])
  const wanted = new Map(lines.flatMap(({ event, at }) => {
    const ids = event.elderId === undefined ? (holders.get(numbers.get(at) ?? '') ?? []) : [event.elderId]
    return ids.length > 0 ? [[at, ids] as const] : []
  }))
  const first = new Map((await eldersBy(tx, [...new Set([...wanted.values()].flat())])).map((elder) => [elder.id, elder]))
  const kept = new Map((await eldersBy(tx, [...first.values()].flatMap((elder) => elder.mergedInto ?? []))).map((elder) => [elder.id, elder]))
  const people = new Map<number, ElderRecord>()
  for (const { event, at } of lines) {
    const all = (wanted.get(at) ?? []).flatMap((id) => first.get(id) ?? []).map((elder) => kept.get(elder.mergedInto ?? '') ?? elder).filter((elder) => elder.status !== 'undone' && elder.status !== 'merged')
    // With a record in two counties the arrival speaks of the new one, everything else of the one still active.
    const elder = event.kind === 'moveIn' ? all.find((one) => one.county === event.toRegion?.slice(0, 6)) : (all.find((one) => one.status === 'active') ?? all[0])
    if (elder) people.set(at, elder)
  }
  return people
}

/** Judges in the order of the days; what one line makes true the next one finds. */
function judgeAll(lines: readonly Line[], people: ReadonlyMap<number, ElderRecord>, alive: ReadonlyMap<string, string>): Judged[] {
  const known = new Map<string, KnownPerson>()
  return lines.map((line) => {
    const elder = people.get(line.at) ?? null
    if (!elder) return { ...line, elder, state: 'unmatched', code: 'elders.event-unmatched' }
    const person = known.get(elder.id) ?? { deadOn: elder.status === 'dead' ? elder.statusOn : null, movedOn: elder.status === 'movedOut' ? elder.statusOn : null, region: elder.region, lastSeenAlive: alive.get(elder.id) ?? null }
    const verdict = judge({ ...line.event, factCount: line.event.facts.length }, person)
    if (verdict.verdict !== 'apply') return { ...line, elder, state: 'conflict', code: verdict.code }
    known.set(elder.id, after(person, line.event))
    return { ...line, elder, state: 'applied', code: null }
  })
}

function after(person: KnownPerson, event: LifeEvent): KnownPerson {
  const seen = ALIVE_KINDS.includes(event.kind) && event.onDay > (person.lastSeenAlive ?? '') ? event.onDay : person.lastSeenAlive
  switch (event.kind) {
    case 'death': return { ...person, deadOn: event.onDay }
    case 'deathWithdrawn': return { ...person, deadOn: null }
    case 'moveOut': return { ...person, movedOn: event.onDay, lastSeenAlive: seen }
    case 'moveIn': return { ...person, movedOn: null, lastSeenAlive: seen }
    default: return { ...person, lastSeenAlive: seen }
  }
}

/** Newcomers named with their ID number get a record; one that is somebody's out of sight stays unmatched. */
async function registerArrivals(tx: Tx, judged: readonly Judged[]): Promise<Map<number, ElderRecord>> {
  const arrived = new Map<number, ElderRecord>()
  for (const { event, at, state } of judged) {
    if (state !== 'unmatched' || event.kind !== 'moveIn' || event.elderId !== undefined || !event.name || !event.idNumber || !event.toRegion) continue
    const facts = [...event.facts.map((fact) => ({ ...fact, validFrom: fact.validFrom ?? event.onDay })), { key: 'residence', value: 'local', validFrom: event.onDay, validTo: null, source: event.source, sourceRef: event.sourceRef, reason: null }]
    const person = prepareElder({ name: event.name, idNumber: event.idNumber, region: event.toRegion, address: event.address, source: event.source, facts, contacts: [], residences: [] }, { today: tx.today, dictionary: dictionary().facts })
    const id = isRefused(person) ? null : (await insertPeople(tx, [person], null)).ids[0]
    const elder = id ? await elderBy(tx, id) : null
    if (!elder || isRefused(person)) continue
    arrived.set(at, elder)
    tx.emit(ElderRegistered, { elderId: elder.id }, elder.region)
    await linkFormer(tx, elder, person.idNumber!, event)
  }
  return arrived
}

/** The record in the county left behind, when it is in this actor's scope: closed there and linked both ways. */
async function linkFormer(tx: Tx, elder: ElderRecord, number: string, event: LifeEvent): Promise<void> {
  const former = (await eldersBy(tx, (await holdersOf(tx, [number])).get(number) ?? [])).find((one) => one.id !== elder.id)
  if (!former) return
  const statement = (of: ElderRecord, key: string, value: unknown): Statement => ({ elderId: of.id, county: of.county, region: of.region, key, value, validFrom: event.onDay, validTo: null, source: event.source, sourceRef: event.sourceRef, reason: null })
  await layStatements(tx, [statement(elder, 'movedFrom', former.id), statement(former, 'movedTo', elder.id), ...(former.status === 'active' ? [statement(former, 'moved', event.onDay)] : [])])
  await refreshElders(tx, [former.id])
  tx.emit(ElderMoved, { elderId: former.id, onDay: event.onDay, from: former.region, to: elder.region }, former.region)
}

async function applyAll(tx: Tx, lines: readonly (Line & { readonly elder: ElderRecord })[]): Promise<void> {
  const statements = lines.flatMap(({ event, elder, effects }) => effects.map((effect): Statement => ({ ...effect, elderId: elder.id, county: elder.county, region: elder.region, source: event.source, sourceRef: event.sourceRef, reason: event.note ?? null })))
  await layStatements(tx, statements)
  await withdrawDeaths(tx, lines.filter(({ event }) => event.kind === 'deathWithdrawn').map(({ elder }) => elder.id))
  await refreshElders(tx, lines.map(({ elder }) => elder.id))
  for (const { event, elder, effects } of lines) {
    const region = event.kind === 'moveWithin' ? event.toRegion! : elder.region
    if (event.kind === 'death') tx.emit(ElderDied, { elderId: elder.id, onDay: event.onDay }, region)
    else if (event.kind === 'moveWithin' || event.kind === 'moveOut') tx.emit(ElderMoved, { elderId: elder.id, onDay: event.onDay, from: elder.region, to: event.toRegion ?? '000000000000' }, region)
    else if (effects.length > 0) tx.emit(FactsRecorded, { elderId: elder.id, keys: [...new Set(effects.map((effect) => effect.key))] }, region)
  }
}

/** A contradiction or a stranger is somebody's work from this minute on. */
async function openFor(tx: Tx, fresh: readonly (Judged & { readonly eventId: string })[]): Promise<Map<string, string>> {
  const open = fresh.filter((one) => one.state === 'conflict' || one.state === 'unmatched')
  const ids = await openCases(tx, open.map(({ event, elder, eventId, state, code }) => ({
    type: state === 'conflict' ? 'elders.eventConflict' : 'elders.unmatchedEvent', key: eventId, region: elder?.region ?? tx.actor.region, subjectId: elder?.id ?? null, subjectName: elder?.name ?? event.name ?? null,
    titleArgs: { name: elder?.name ?? event.name ?? '', source: event.source, ref: event.sourceRef }, link: elder ? `/elders/${elder.id}` : null,
    evidence: { zh: `${event.onDay} ${KIND_WORDS[event.kind].zh}${CODE_WORDS[code ?? '']?.zh ?? ''}（${event.source}，编号 ${event.sourceRef}）`, en: `${event.onDay} ${KIND_WORDS[event.kind].en}${CODE_WORDS[code ?? '']?.en ?? ''} (${event.source}, no. ${event.sourceRef})` },
  })))
  return new Map(open.flatMap((one, i) => (ids[i] ? [[one.eventId, ids[i]] as const] : [])))
}

/** Carries out what a person decided about an event in conflict. */
export async function settleEvent(tx: Tx, eventId: string, right: boolean): Promise<void> {
  const stored = await eventBy(tx, eventId)
  if (!stored || stored.state !== 'conflict' || stored.elderId === null) return
  await setEventState(tx, stored.county, stored.id, right ? 'applied' : 'withdrawn')
  const elder = await elderBy(tx, stored.elderId)
  const line = right && elder ? await readLine(tx, lifeEvent.parse(stored.payload), 0) : null
  if (elder && line && 'event' in line) await applyAll(tx, [{ ...line, elder }])
}

/** What is kept of a line: never the whole ID number. */
function withoutSecret(event: LifeEvent): LifeEvent {
  const { idNumber: _number, ...rest } = event
  return rest
}
