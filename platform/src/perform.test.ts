import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { defineDo, defineSee, refuse } from './action.ts'
import { bind, type Capability } from './capability.ts'
import { openTx } from './db/scope.ts'
import { defineEvent } from './events.ts'
import { newId } from './ids.ts'
import { every, on, task } from './schedule.ts'
import { sequence, verifyAudit } from './sequencer.ts'
import { createTestApp, testActor, type TestApp } from './testing.ts'

const NoteAdded = defineEvent('notes.Added', z.object({ id: z.string() }))
const add = defineDo('notes.add', { title: { zh: '记一条', en: 'Add' }, input: z.object({ text: z.string().min(1), region: z.string().length(12) }), output: z.object({ id: z.string() }), may: ['countyClerk', 'townshipClerk'], refusals: ['notes.rude'] })
const list = defineSee('notes.list', { title: { zh: '看', en: 'List' }, input: z.object({}), output: z.object({ texts: z.array(z.string()) }), may: ['countyClerk', 'townshipClerk'] })
const lie = defineDo('notes.lie', { title: { zh: '', en: '' }, input: z.object({}), output: z.object({}), may: 'signedIn' })
const countUp = defineDo('notes.countUp', { title: { zh: '', en: '' }, input: z.object({}), output: z.object({ id: z.string() }), may: 'signedIn' })

const heard: string[] = []
const counted: string[] = []
const broken: { text: string | null } = { text: null }
const notes: Capability = {
  name: 'notes', wing: 'know', title: { zh: '', en: '' },
  migrations: [{ number: 1, sql: `create table notes.note (county text not null, id uuid not null, region text collate "C" not null, text text not null, primary key (county, id)); select platform.protect('notes.note'); create index note_region on notes.note (region)` }],
  actions: [
    bind(add, async (tx, input) => {
      const id = tx.newId()
      await tx.rows`insert into notes.note (county, id, region, text) values (${input.region.slice(0, 6)}, ${id}, ${input.region}, ${input.text})`
      tx.emit(NoteAdded, { id }, input.region)
      return input.text === 'rude' ? refuse('notes.rude', { text: input.text }) : { id }
    }),
    bind(list, async (tx) => ({ texts: (await tx.rows<{ text: string }>`select text from notes.note order by text`).map((row) => row.text) })),
    bind(lie, async () => refuse('notes.undeclared') as never),
    bind(countUp, async (tx) => ({ id: tx.startTask('notes.count', { upTo: 3 }) })),
  ],
  jobs: [
    on(NoteAdded, 'hear', async (tx, payload) => {
      const [row] = await tx.rows<{ text: string }>`select text from notes.note where id = ${payload.id}`
      if (row && row.text === broken.text) throw new Error('poisoned')
      heard.push(payload.id)
    }),
    every('day', 'count a day', async (tx, period) => void counted.push(`${tx.actor.region.slice(0, 6)} ${period}`)),
  ],
  tasks: [task<{ upTo: number }>('notes.count', async (context) => {
    for (let i = 0; i <= context.input.upTo; i++) await context.progress(i, context.input.upTo)
    return { reached: context.input.upTo }
  })],
}

let t: TestApp
const clerk = testActor(['countyClerk'])
const jimo = testActor(['countyClerk'], '370215000000')
const town = testActor(['townshipClerk'], '500229101000')
beforeAll(async () => void (t = await createTestApp([notes])))
afterAll(() => t.close())

test('[P1] an action without the right role is not run, and nobody at all is asked to sign in', async () => {
  expect(await t.outcome(testActor(['auditor']), 'notes.add', { text: 'a', region: '500229101001' })).toBe('notAllowed')
  expect(await t.outcome({ ...clerk, kind: 'anyone', roles: [] }, 'notes.list')).toBe('notSignedIn')
})

test('[P2] wrong input names the field', async () => {
  const { answer } = await t.app.perform({ action: 'notes.add', input: { text: '', region: '5' }, actor: clerk, door: 'test' })
  expect(answer).toMatchObject({ ok: false, problem: { code: 'badInput', fields: [{ path: 'text' }, { path: 'region' }] } })
})

test('[P3] the same command id gives the stored answer and has one effect, also when both come at once', async () => {
  const request = { action: 'notes.add', input: { text: 'once', region: '500229101001' }, actor: clerk, door: 'test' as const, commandId: newId(1, (into) => into.fill(9)) }
  const answers = await Promise.all([t.app.perform(request), t.app.perform(request), t.app.perform(request)])
  expect(new Set(answers.map((a) => JSON.stringify(a.answer))).size).toBe(1)
  expect((await t.must<{ texts: string[] }>(clerk, 'notes.list')).texts.filter((text) => text === 'once')).toHaveLength(1)
  const stranger = await t.app.perform({ ...request, actor: town })
  expect(stranger.answer).toMatchObject({ problem: { code: 'conflict' } })
})

test('[P4] a refusal leaves nothing behind but its audit line and its answer', async () => {
  expect(await t.outcome(clerk, 'notes.add', { text: 'rude', region: '500229101001' })).toBe('notes.rude')
  expect((await t.must<{ texts: string[] }>(clerk, 'notes.list')).texts).not.toContain('rude')
  const lines = await t.app.runAs(clerk, 'look', (tx) => tx.rows<{ outcome: string }>`select outcome from platform.audit where outcome = 'notes.rude'`)
  expect(lines).toHaveLength(1)
})

test('[P5] an undeclared refusal is a bug, not an answer', async () => {
  expect(await t.outcome(clerk, 'notes.lie')).toBe('bug')
})

test('[P6] nobody sees or writes outside the own places', async () => {
  await t.must(clerk, 'notes.add', { text: 'county', region: '500229102001' })
  expect((await t.must<{ texts: string[] }>(jimo, 'notes.list')).texts).toEqual([])
  expect((await t.must<{ texts: string[] }>(town, 'notes.list')).texts).not.toContain('county')
  expect(await t.outcome(town, 'notes.add', { text: 'x', region: '500229102001' })).toBe('notAllowed')
  const both = testActor(['countyClerk'], '500229000000', ['500229101', '500229102'])
  expect((await t.must<{ texts: string[] }>(both, 'notes.list')).texts).toContain('county')
})

test('[P7] a scope never set and a scope left over from the transaction before both give no rows', async () => {
  const { db } = t.app.world.database
  const count = async () => Number((await sql<{ n: number }>`select count(*)::int as n from notes.note`.execute(db)).rows[0]!.n)
  await openTx(db, 'songbai_app', clerk, async (trx) => expect((await sql`select 1 from notes.note`.execute(trx)).rows.length).toBeGreaterThan(0))
  await db.transaction().execute(async (trx) => {
    await sql.raw('set local role songbai_app').execute(trx)
    expect((await sql`select 1 from notes.note`.execute(trx)).rows).toEqual([])
  })
  await openTx(db, 'songbai_app', { prefixes: [] }, async (trx) => expect((await sql`select 1 from notes.note`.execute(trx)).rows).toEqual([]))
  expect(await count()).toBeGreaterThan(0) // the owner itself sees them: which is why nothing runs as owner
})

test('[P8] the application role owns nothing and bypasses nothing', async () => {
  const { rows } = await sql<{ super: boolean; bypass: boolean; owned: number }>`select rolsuper as super, rolbypassrls as bypass, (select count(*)::int from pg_class c where c.relowner = r.oid) as owned from pg_roles r where rolname = 'songbai_app'`.execute(t.app.world.database.db)
  expect(rows[0]).toEqual({ super: false, bypass: false, owned: 0 })
})

test('[P9] listeners hear every committed event once the sequencer has numbered it, and the chain of the log holds', async () => {
  await t.app.settle()
  const n = heard.length
  expect(n).toBeGreaterThanOrEqual(2)
  await t.app.settle()
  expect(heard.length).toBe(n)
  await sequence(t.app.world.database)
  const check = await openTx(t.app.world.database.db, 'songbai_platform', { prefixes: [''] }, (db) => verifyAudit(db, '500229'))
  expect(check).toMatchObject({ waiting: 0, fault: null })
  expect(check.lines).toBe(3)
})

test('[P10] any edit, deletion or cut of the log is found and located', async () => {
  const { db } = t.app.world.database
  const look = () => openTx(db, 'songbai_platform', { prefixes: [''] }, (trx) => verifyAudit(trx, '500229'))
  const total = (await look()).lines
  await sql`update platform.audit set actor_name = 'forged' where county = '500229' and seq = 2`.execute(db)
  expect((await look()).fault).toEqual({ why: 'contentChanged', seq: 2 })
  await sql`update platform.audit set actor_name = 'countyClerk' where county = '500229' and seq = 2`.execute(db)
  expect((await look()).fault).toBeNull()
  await sql`delete from platform.audit where county = '500229' and seq = ${total}`.execute(db)
  expect((await look()).fault).toEqual({ why: 'tailMissing', seq: total })
})

test('[P11] a calendar job runs once a county and period', async () => {
  counted.length = 0
  await t.app.tick(['500229', '370215'])
  await t.app.tick(['500229', '370215'])
  expect(counted).toEqual(['500229 2026-07-16', '370215 2026-07-16'])
})

test('[P12] long work runs after commit and shows how far it is', async () => {
  const { id } = await t.must<{ id: string }>(clerk, 'notes.countUp')
  await t.app.settle()
  t.app.tasks.poke()
  await t.app.tasks.idle()
  expect(await t.must(clerk, 'system.task', { id })).toMatchObject({ state: 'done', done: 3, total: 3, result: { reached: 3 } })
  expect(await t.outcome(jimo, 'system.task', { id })).toBe('system.task-not-found')
})

test('[P13] a listener that fails on one event has handled those before it, stops there, and goes on once it can', async () => {
  heard.length = 0
  broken.text = 'poison'
  for (const text of ['one', 'poison', 'two']) await t.must(clerk, 'notes.add', { text, region: '500229102001' })
  await t.app.settle()
  expect(new Set(heard).size).toBe(1)
  broken.text = null
  await t.app.settle()
  expect(new Set(heard).size).toBe(3)
})

test('a loop of transactions lets timers and sockets in between', async () => {
  let ticks = 0
  const timer = setInterval(() => void ticks++, 0)
  for (let i = 0; i < 40; i++) await t.app.runAs(clerk, 'test', (tx) => tx.rows`select 1`)
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(10)
})
