import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { defineDo, defineSee } from '../action.ts'
import { bind, type Capability } from '../capability.ts'
import { createTestApp, testActor, type TestApp } from '../testing.ts'
import { createHttp } from './server.ts'

const actor = testActor(['countyClerk'])
const echo: Capability = {
  name: 'users', wing: 'know', title: { zh: '', en: '' }, migrations: [],
  actions: [
    bind(defineDo('echo.sign', { title: { zh: '登', en: 'In' }, may: 'anyone', scope: 'program', input: z.object({}), output: z.object({}) }), async (tx) => {
      tx.session({ open: { userId: actor.id, level: 'full' } })
      return {}
    }),
    bind(defineSee('users.me', { title: { zh: '我', en: 'Me' }, may: 'anyone', input: z.object({}), output: z.object({ name: z.string() }) }), async (tx) => ({ name: tx.actor.name })),
    bind(defineDo('echo.say', { title: { zh: '说', en: 'Say' }, may: ['countyClerk'], input: z.object({ text: z.string().max(10) }), output: z.object({ text: z.string() }) }), async (_tx, input) => ({ text: input.text, leaked: 'secret' }) as never),
  ],
}

let t: TestApp
let http: FastifyInstance
let cookie = ''
let csrf = ''
beforeAll(async () => {
  const pages = mkdtempSync(join(tmpdir(), 'songbai-pages-'))
  writeFileSync(join(pages, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="/a.js"></script>')
  t = await createTestApp([echo])
  http = createHttp(t.app, { version: 'test', staticFolder: pages, actorOf: async () => actor })
})
afterAll(async () => {
  await http.close()
  await t.close()
})

const post = (url: string, body: unknown, headers: Record<string, string> = {}) => http.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, payload: JSON.stringify(body) })

test('[H1] signing in sets a cookie scripts cannot read, and hands the page its proof in a header', async () => {
  const answer = await post('/api/do/echo.sign', {})
  const set = String(answer.headers['set-cookie'])
  expect(set).toMatch(/HttpOnly; SameSite=Lax/)
  cookie = set.split(';')[0]!
  csrf = String(answer.headers['x-songbai-csrf'])
  expect(csrf.length).toBeGreaterThan(15)
  const me = await post('/api/see/users.me', {}, { cookie })
  expect(me.headers['x-songbai-csrf']).toBe(csrf)
})

test('[H2] a signed-in browser without the page\'s proof changes nothing', async () => {
  expect((await post('/api/do/echo.say', { text: 'hi' }, { cookie })).statusCode).toBe(403)
  expect((await post('/api/do/echo.say', { text: 'hi' }, { cookie, 'x-songbai-csrf': csrf.replace(/.$/, csrf.endsWith('A') ? 'B' : 'A') })).statusCode).toBe(403)
  expect((await post('/api/do/echo.say', { text: 'hi' }, { cookie, 'x-songbai-csrf': csrf })).json()).toEqual({ ok: true, value: { text: 'hi' } })
})

test('[H3] what the contract does not name never leaves the server', async () => {
  expect((await post('/api/do/echo.say', { text: 'hi' }, { cookie, 'x-songbai-csrf': csrf })).body).not.toContain('secret')
})

test('[H4] a made-up cookie is nobody', async () => {
  const answer = await post('/api/do/echo.say', { text: 'hi' }, { cookie: 'songbai=made-up' })
  expect(answer.statusCode).toBe(401)
})

test('[H5] a session ends after thirty idle minutes', async () => {
  t.clock.nowMs += 31 * 60_000
  expect((await post('/api/do/echo.say', { text: 'hi' }, { cookie, 'x-songbai-csrf': csrf })).statusCode).toBe(401)
  t.clock.nowMs -= 31 * 60_000
})

test('[H6] wrong action, wrong kind, wrong JSON and too much of it are answered plainly', async () => {
  expect((await post('/api/do/no.such', {})).statusCode).toBe(404)
  expect((await post('/api/see/echo.say', { text: 'x' })).statusCode).toBe(404)
  expect((await http.inject({ method: 'POST', url: '/api/do/echo.say', headers: { 'content-type': 'application/json' }, payload: '{' })).statusCode).toBe(400)
  expect((await post('/api/do/echo.say', { text: 'x'.repeat(1_100_000) })).statusCode).toBe(413)
  expect((await post('/api/do/echo.say', { text: 'x'.repeat(50) }, { cookie, 'x-songbai-csrf': csrf })).json()).toMatchObject({ ok: false, problem: { code: 'badInput', fields: [{ path: 'text' }] } })
})

test('[H7] a page carries a fresh nonce and a policy without inline scripts; an unknown path is a page, an unknown file is not', async () => {
  const [one, two] = [await http.inject('/elders/x'), await http.inject('/')]
  const nonce = /nonce="([^"]+)"/.exec(one.body)![1]!
  expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
  expect(one.headers['content-security-policy']).toContain("script-src 'self';")
  expect(two.body).not.toContain(nonce)
  expect((await http.inject('/no/such.js')).statusCode).toBe(404)
})

test('[H8] the API describes itself, for machines and for people', async () => {
  const { paths, openapi } = (await http.inject('/api/openapi.json')).json() as { paths: object; openapi: string }
  expect(openapi).toBe('3.1.0')
  expect(Object.keys(paths)).toContain('/api/do/echo.say')
  expect((await http.inject('/api')).body).toContain('echo.say')
})

test('[H9] an upload needs somebody signed in; a file of another county is not there', async () => {
  const send = (headers: Record<string, string>) => http.inject({ method: 'POST', url: '/api/files', headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('名单.xlsx'), ...headers }, payload: Buffer.from('abc') })
  expect((await send({})).statusCode).toBe(401)
  const { value } = (await send({ cookie, 'x-songbai-csrf': csrf })).json() as { value: { id: string; name: string } }
  expect(value.name).toBe('名单.xlsx')
  expect((await http.inject({ url: `/api/files/${value.id}`, headers: { cookie } })).body).toBe('abc')
  const other = createHttp(t.app, { version: 'test', actorOf: async () => testActor(['countyClerk'], '370215000000') })
  expect((await other.inject({ url: `/api/files/${value.id}`, headers: { cookie } })).statusCode).toBe(404)
  await other.close()
})
