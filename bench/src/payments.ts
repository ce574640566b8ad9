/**
 * `npm run bench -- payments [--elders N] [--json]`: three months of N payees on the embedded database and, with DATABASE_URL, on PostgreSQL.
 * Births about the age limits, deaths inside the month, facts that come late, back pay and claims; each line is compared with a sum made by hand
 * that knows no rule text, no engine and no database. Stops with an error at the first fen. Then 1,000 releases of one batch at the same time.
 */
import { capabilities, CASE_TYPES, insertElders, populationChanged, prepareContext, prepareElder, readTreeSource, useResources, type PreparedElder } from '@songbai/capabilities'
import { loadPacks } from '@songbai/packs'
import { clockActor, createApp, migrateAll, openEmbedded, openServer, type Actor, type App, type Database } from '@songbai/platform/server'
import { mkdtempSync, rmSync } from 'node:fs'
import { randomBytes, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { createPayroll, makePeople, MONTHS, type MadePerson } from '../../capabilities/decide/payments/independent.fixture.ts'
import { recordFacts } from '../../capabilities/know/elders/public.ts'

const COUNTY = '500229'
const ITEM = 'age-allowance'
const SLICE = 2000
const RACES = 1000

export async function run(options: { readonly json: boolean; readonly elders?: number }): Promise<void> {
  const root = process.env['SONGBAI_ROOT'] ?? process.cwd()
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES })
  const payees = options.elders ?? 50_000
  for (const kind of process.env['DATABASE_URL'] ? (['embedded', 'server'] as const) : (['embedded'] as const)) {
    const { database, drop } = kind === 'server' ? await temporaryDatabase(process.env['DATABASE_URL']!) : { database: await openEmbedded(), drop: async () => {} }
    const figures = await measure(database, payees)
    const line = { bench: 'payments', database: kind, payees, ...figures, node: process.version }
    if (options.json) console.log(JSON.stringify(line))
    else for (const [key, value] of Object.entries(line)) console.log(`${key.padEnd(22)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    await drop()
  }
}

async function temporaryDatabase(url: string): Promise<{ database: Database; drop: () => Promise<void> }> {
  const name = `songbai_bench_${randomBytes(4).toString('hex')}`
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await admin(`create database ${name}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  return { database: openServer(target.href), drop: () => admin(`drop database ${name} with (force)`) }
}

const clerk = (name: string, last: string): Actor => ({ id: `00000000-0000-7000-8000-0000000000${last}`, name, kind: 'person', roles: ['countyClerk'], region: `${COUNTY}000000`, prefixes: [COUNTY], grants: [{ role: 'countyClerk', prefix: COUNTY }] })
const [first, second] = [clerk('first', 'a1'), clerk('second', 'a2')]

async function measure(database: Database, count: number) {
  await migrateAll(database, capabilities)
  const folder = mkdtempSync(join(tmpdir(), 'songbai-bench-files-'))
  const clock = { nowMs: Date.parse('2026-05-20T02:00:00Z') }
  const app = createApp({ database, capabilities, masterKey: Buffer.alloc(32, 1), filesFolder: folder, clock: () => clock.nowMs })
  const must = async <T>(actor: Actor, action: string, input: unknown): Promise<T> => {
    const { answer } = await app.perform({ action, input, actor, door: 'test', commandId: randomUUID() })
    if (!answer.ok) throw new Error(`${action}: ${JSON.stringify(answer)}`)
    return answer.value as T
  }
  const quiet = async (): Promise<void> => {
    await app.settle()
    app.tasks.poke()
    await app.tasks.idle()
    await app.settle()
  }
  await must(clockActor(''), 'policies.loadPacks', {})
  const people = makePeople(count, 20260716)
  const ids = await load(app, people)
  await database.analyze()
  await must(first, 'payments.adopt', { paidThrough: '2026-04' })
  await quiet()
  for (let from = 0; from < count; from += 1000) await must(first, 'payments.setAccounts', { accounts: ids.slice(from, from + 1000).map((elderId, i) => ({ elderId, bank: '样例农商行', holder: '本人', number: `9900${String(from + i).padStart(12, '0')}` })) })
  const { id: budget } = await must<{ id: string }>(first, 'funds.draftBudget', { source: 'county', item: ITEM, year: 2026, amountFen: 900_000_000_000, sample: true })
  await must(second, 'funds.approveBudget', { id: budget, amountFen: 900_000_000_000 })
  const payroll = createPayroll(people)
  const months: { month: string; people: number; payFen: number; arrears: number; claims: number; draftS: number; draftCpuS: number; seeMs: number; releaseMs: number }[] = []
  let races = { effects: 0, refused: 0 }
  for (const [n, month] of MONTHS.entries()) {
    clock.nowMs = Date.parse(`${month}-20T02:00:00Z`)
    const [begun, cpu] = [performance.now(), process.cpuUsage()]
    const { id } = await must<{ id: string }>(first, 'payments.draft', { month, items: [ITEM] })
    await quiet()
    const { user, system } = process.cpuUsage(cpu)
    const draftS = (performance.now() - begun) / 1000
    const expected = payroll(n)
    const total = await compare(app, id, ids, expected)
    const seen = performance.now()
    await must(first, 'payments.check', { id })
    const seeMs = performance.now() - seen
    const sent = performance.now()
    const outcomes = await Promise.all(Array.from({ length: n === MONTHS.length - 1 ? RACES : 1 }, async () => (await app.perform({ action: 'payments.release', input: { id, people: total.people, payFen: total.payFen }, actor: second, door: 'test', commandId: randomUUID() })).answer))
    const releaseMs = performance.now() - sent
    const effects = outcomes.filter((one) => one.ok).length
    if (effects !== 1) throw new Error(`${effects} releases took effect: ${JSON.stringify(outcomes[0])}`)
    if (n === MONTHS.length - 1) races = { effects, refused: outcomes.length - effects }
    await quiet()
    months.push({ month, ...total, arrears: expected.filter((one) => !one.held && one.arrears > 0).length, claims: expected.filter((one) => one.over > 0).length, draftS: round(draftS), draftCpuS: round((user + system) / 1e6), seeMs: Math.round(seeMs), releaseMs: Math.round(n === MONTHS.length - 1 ? releaseMs / RACES : releaseMs) })
    await tell(app, people, ids, n)
    const { equal } = await must<{ equal: boolean }>(first, 'payments.reconcile', { month })
    if (!equal) throw new Error(`the ledger of ${month} is not what its batches are`)
  }
  await app.close()
  rmSync(folder, { recursive: true, force: true })
  return { months, differences: 0, concurrentReleases: RACES, ...races }
}

const round = (n: number): number => Math.round(n * 10) / 10

async function load(app: App, people: readonly MadePerson[]): Promise<string[]> {
  const ids: string[] = []
  for (let from = 0; from < people.length; from += SLICE) {
    await app.runAs(clockActor(COUNTY), 'bench.load', async (tx) => {
      const fact = (key: string, value: unknown, validFrom: string | null) => ({ key, value, validFrom, validTo: null, source: '样例', sourceRef: null, reason: null })
      const prepared = people.slice(from, from + SLICE).map((person) => prepareElder({ name: person.name, birthDay: person.birth, region: `${COUNTY}110201`, source: '样例', contacts: [], residences: [], facts: [...(person.hukouKnown ? [fact('hukou', 'local', null)] : []), fact(`benefit.${ITEM}`, '2026-01-01', '2026-01-01')] }, prepareContext(tx)) as PreparedElder)
      ids.push(...(await insertElders({ ...tx, emit: () => {} }, prepared, null)).ids.map((id) => id!))
      await populationChanged(tx, COUNTY)
    })
  }
  return ids
}

async function tell(app: App, people: readonly MadePerson[], ids: readonly string[], n: number): Promise<void> {
  await app.runAs(clockActor(COUNTY), 'bench.tell', async (tx) => {
    const facts = people.flatMap((person, i) => {
      if (person.knownAfter !== n) return []
      const fact = (key: string, value: unknown, validFrom: string | null) => ({ elderId: ids[i]!, key, value, validFrom, validTo: null, source: '样例', sourceRef: null, reason: null })
      return [...(person.hukouKnown ? [] : [fact('hukou', 'local', null)]), ...(person.leftOn === null ? [] : [fact('hukou', 'other', person.leftOn)]), ...(person.diedOn === null ? [] : [fact('dead', person.diedOn, person.diedOn)])]
    })
    for (let from = 0; from < facts.length; from += SLICE) await recordFacts({ ...tx, emit: () => {} }, facts.slice(from, from + SLICE))
    await populationChanged(tx, COUNTY)
  })
}

/** Line by line; answers the totals of the sum made by hand. */
async function compare(app: App, batchId: string, ids: readonly string[], expected: ReturnType<ReturnType<typeof createPayroll>>): Promise<{ people: number; payFen: number }> {
  const lines = await app.runAs(clockActor(COUNTY), 'bench.look', (tx) => tx.rows<{ elderId: string; due: number; arrears: number; over: number; held: string | null }>`select elder_id as "elderId", due_fen as due, arrears_fen as arrears, over_fen as over, held from payments.line where batch_id = ${batchId}`)
  const byElder = new Map(lines.map((line) => [line.elderId, line]))
  let [people, payFen] = [0, 0]
  ids.forEach((id, i) => {
    const [line, should] = [byElder.get(id), expected[i]!]
    const got = { due: line?.due ?? 0, arrears: line?.arrears ?? 0, over: line?.over ?? 0, held: (line?.held ?? null) !== null }
    if (JSON.stringify(got) !== JSON.stringify(should)) throw new Error(`${id}: the batch has ${JSON.stringify(got)}, by hand ${JSON.stringify(should)}`)
    if (should.held || should.due + should.arrears === 0) return
    people++
    payFen += should.due + should.arrears
  })
  return { people, payFen }
}
