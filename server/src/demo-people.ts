/** Loads generated people through the registry's own bulk door: same checks, same sealing, same facts as an import. */
import { buildAssessments, followLifeEvents, insertBuiltAssessments, insertElders, prepareContext, prepareElder, recordLifeEvents, refreshNeeds, resources, withFacts, type PreparedElder } from '@songbai/capabilities'
import { clockActor, type App } from '@songbai/platform/server'
import { isRefused } from '@songbai/platform/action'
import type { Tx } from '@songbai/platform/tx'
import { generateDemo, type DemoPerson } from '@songbai/scenarios/demo'
import { dayNumber, monthOf, todayIn } from '@songbai/calendar'

const CHUNK = 400
const SAMPLE_SOURCE = '演示数据（虚构）'

export interface DemoRequest {
  /** Two, four or six digits. */
  readonly region: string
  readonly elders: number
  readonly seed: string
}

/** Answers how many people were stored. Records of one month are written as recorded in that month, so past days can be looked at. */
export async function loadPeople(app: App, request: DemoRequest, progress: (done: number) => void): Promise<number> {
  const { regions, packs } = resources()
  const today = todayIn(app.world.clock(), 'Asia/Shanghai')
  const former = regions.places.rows.filter((row) => row[3] === 'somewhere').map(([code, name, now]) => ({ code, name, now }))
  const people = generateDemo({ ...request, today, divisions: regions.divisions, factIds: [...packs.facts.facts, ...packs.facts.families].map((fact) => fact.id), formerPlaces: former })
  let done = 0
  let analyzed = 0
  for (const chunk of byMonth(people)) {
    await storeChunk(app, request.region, chunk)
    done += chunk.length
    if (done > analyzed * 4) {
      await app.world.database.analyze()
      analyzed = done
    }
    progress(done)
  }
  await app.settle()
  return done
}

/** People in chunks that share the month they were recorded in; at most a few thousand wait in memory. */
function* byMonth(people: Iterable<DemoPerson>): Generator<DemoPerson[]> {
  const waiting = new Map<string, DemoPerson[]>()
  for (const person of people) {
    const month = monthOf(person.recordedOn)
    const group = waiting.get(month) ?? []
    group.push(person)
    if (group.length >= CHUNK) {
      waiting.delete(month)
      yield group
    } else waiting.set(month, group)
  }
  yield* waiting.values()
}

/** One transaction: people, their assessments and what happened to them are all there or none of it. */
async function storeChunk(app: App, region: string, chunk: readonly DemoPerson[]): Promise<void> {
  const recordedMs = Math.max(...chunk.map((person) => dayNumber(person.recordedOn))) * 86_400_000
  await app.runAs({ ...clockActor(region), name: SAMPLE_SOURCE }, 'demo.people', async (tx) => {
    // Told to nobody: what listeners would derive of each person is derived right here, for the whole chunk at once.
    const now: Tx = { ...tx, emit: () => {} }
    const then: Tx = { ...now, nowMs: Math.min(recordedMs, tx.nowMs) }
    const stored = await storePeople(then, chunk)
    await recordLifeEvents(now, eventsOf(stored))
    await followLifeEvents(now, stored.filter((person) => person.events.length > 0).map((person) => person.id))
    await refreshNeeds(now, stored.filter((person) => person.events.length === 0).map((person) => person.id))
  })
}

/** Answers who was stored: of a place loaded a second time with another seed some ID numbers are taken. */
async function storePeople(tx: Tx, chunk: readonly DemoPerson[]): Promise<DemoPerson[]> {
  const context = prepareContext(tx)
  const assessments = buildAssessments(tx, chunk.flatMap((person) => person.assessments.map((assessment) => ({
    elderId: person.id, region: person.region, scaleId: assessment.scale, answers: assessment.answers, assessedOn: assessment.on, reason: assessment.reason,
    issuer: SAMPLE_SOURCE, assessors: assessment.assessors.map((name) => ({ id: null, name })), informantName: person.contacts[0]?.name ?? person.name,
  }))))
  const results = new Map<string, (typeof assessments.facts)[number][]>()
  for (const fact of assessments.facts) results.set(fact.elderId, [...(results.get(fact.elderId) ?? []), fact])
  const { ids } = await insertElders(tx, chunk.map((person) => withFacts(prepare(person, context), results.get(person.id) ?? [])), null)
  const stored = chunk.filter((_person, i) => ids[i] !== null)
  const here = new Set(ids)
  await insertBuiltAssessments(tx, stored.length === chunk.length ? assessments : { ...assessments, built: assessments.built.filter((one) => here.has(one.elderId)) })
  return stored
}

function eventsOf(people: readonly DemoPerson[]) {
  return people.flatMap((person) => person.events).sort((a, b) => (a.onDay < b.onDay ? -1 : 1)).map((event) => ({ ...event, facts: [] }))
}

/** Particulars the registry writes as facts by itself, and levels the assessments record. */
const OWN = new Set(['birth', 'sex', 'ethnicity', 'usualResidence', 'registeredRegion', 'name', 'address'])

function prepare(person: DemoPerson, context: Parameters<typeof prepareElder>[1]): PreparedElder {
  const prepared = prepareElder({
    id: person.id, name: person.name, sex: person.sex, ...(person.birthDay ? { birthDay: person.birthDay } : {}), ...(person.birthMonth ? { birthMonth: person.birthMonth } : {}), ...(person.idNumber ? { idNumber: person.idNumber } : {}), ...(person.phone ? { phone: person.phone } : {}),
    ethnicity: person.ethnicity, region: person.region, address: person.address, registeredRegion: person.registeredRegion, householdId: person.householdId, source: person.source,
    facts: person.facts.filter((fact) => !OWN.has(fact.key) && fact.home !== 'assessments').map(({ key, value, validFrom, validTo, source }) => ({ key, value, validFrom, validTo, source, sourceRef: null, reason: null })),
    contacts: person.contacts, residences: person.residences,
  }, context)
  if (isRefused(prepared)) throw new Error(`demo person refused: ${prepared.refused} ${JSON.stringify(prepared.args)}`)
  return prepared
}
