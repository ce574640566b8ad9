/** The HTTP door. Every declared action is one route; nothing else changes data. */
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer, ProblemCode } from '../action.ts'
import { NOBODY, operatorActor, type Actor } from '../actor.ts'
import type { App } from '../app.ts'
import { isId } from '../ids.ts'
import { problem } from '../perform.ts'
import type { Session } from '../sessions.ts'
import { docsPage } from './docs-page.ts'
import { openApi } from './openapi.ts'

export interface HttpOptions {
  /** Turns a signed-in user id into an actor; null when the account is gone or locked. */
  readonly actorOf: (session: Session) => Promise<Actor | null>
  /** Built faces by path: `/` is the console. */
  readonly staticFolder?: string
  /** True for the local socket of the command line: the file's permission is the proof, the operator is the actor. */
  readonly operatorDoor?: boolean
  readonly secureCookie?: boolean
  readonly version: string
}

const COOKIE = 'songbai'
const MAX_JSON_BYTES = 1_000_000
export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024

const STATUS: Record<ProblemCode, number> = { badInput: 400, notSignedIn: 401, notAllowed: 403, notFound: 404, conflict: 409, tooLarge: 413, tooMany: 429, busy: 503, pastDay: 409, bug: 500 }

export function createHttp(app: App, options: HttpOptions): FastifyInstance {
  const http = Fastify({ bodyLimit: MAX_JSON_BYTES, requestTimeout: 60_000, connectionTimeout: 70_000, logger: false, trustProxy: false })
  http.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MAX_UPLOAD_BYTES }, (_request, body, done) => done(null, body))
  http.setErrorHandler((error, _request, reply) => sendAnswer(reply, errorAnswer(app, error as Error & { statusCode?: number })))
  http.addHook('onSend', async (_request, reply) => secure(reply))
  addActions(http, app, options)
  addFiles(http, app, options)
  http.get('/api/health', async () => ({ ok: true, version: options.version }))
  http.get('/api/openapi.json', async () => openApi(app.actions.values(), options.version))
  http.get('/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(docsPage(app.actions.values(), options.version)))
  if (options.staticFolder && existsSync(join(options.staticFolder, 'index.html'))) addPages(http, options.staticFolder)
  return http
}

function addActions(http: FastifyInstance, app: App, options: HttpOptions): void {
  http.post<{ Params: { kind: string; name: string } }>('/api/:kind/:name', async (request, reply) => {
    const { kind, name } = request.params
    const action = app.actions.get(name)
    if (!action || action.spec.kind !== kind) return sendAnswer(reply, problem('notFound'))
    const caller = await identify(request, app, options)
    if (caller.session && !csrfFits(request, caller.session)) return sendAnswer(reply, problem('notAllowed'))
    const commandId = request.headers['x-command-id']
    if (commandId !== undefined && (typeof commandId !== 'string' || !isId(commandId))) return sendAnswer(reply, problem('badInput'))
    const { answer, session } = await app.perform({ action: name, input: request.body ?? {}, actor: caller.actor, door: options.operatorDoor ? 'cli' : 'http', ...(commandId ? { commandId } : {}) })
    if (caller.session && name === 'users.me') reply.header('x-songbai-csrf', caller.session.csrf)
    if (session) await changeSession(reply, app, options, session, caller.session)
    return sendAnswer(reply, answer)
  })
}

function addFiles(http: FastifyInstance, app: App, options: HttpOptions): void {
  http.post('/api/files', { bodyLimit: MAX_UPLOAD_BYTES }, async (request, reply) => {
    const caller = await identify(request, app, options)
    if (caller.actor.roles.length === 0) return sendAnswer(reply, problem('notSignedIn'))
    if (caller.session && !csrfFits(request, caller.session)) return sendAnswer(reply, problem('notAllowed'))
    const name = decodeURIComponent(String(request.headers['x-file-name'] ?? 'upload')).replaceAll(/[\u0000-\u001f/\\]/g, '_').slice(0, 200)
    if (!Buffer.isBuffer(request.body) || request.body.length === 0) return sendAnswer(reply, problem('badInput'))
    const content = request.body
    const file = await app.runAs(caller.actor, 'files.upload', (tx) => app.files.save(tx, { name, mediaType: 'application/octet-stream', kind: 'upload', content }))
    return sendAnswer(reply, { ok: true, value: file })
  })
  http.get<{ Params: { id: string } }>('/api/files/:id', async (request, reply) => {
    const caller = await identify(request, app, options)
    if (!isId(request.params.id)) return sendAnswer(reply, problem('notFound'))
    const file = caller.actor.roles.length === 0 ? null : await app.runAs(caller.actor, 'files.download', async (tx) => {
      const found = await app.files.open(tx, request.params.id)
      if (found) tx.note({ subjectId: found.id, region: tx.actor.region, what: 'file' })
      return found
    })
    if (!file) return sendAnswer(reply, problem(caller.actor.roles.length === 0 ? 'notSignedIn' : 'notFound'))
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`).type(file.mediaType).send(file.content)
  })
}

/** Pages carry a fresh style nonce each time; the script hash names of the bundle make caching safe. */
function addPages(http: FastifyInstance, folder: string): void {
  const index = readFileSync(join(folder, 'index.html'), 'utf8')
  http.register(fastifyStatic, { root: folder, index: false, wildcard: false, maxAge: '1y', immutable: true })
  const page = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const nonce = randomBytes(16).toString('base64')
    reply.header('content-security-policy', contentPolicy(nonce))
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(index.replaceAll('__CSP_NONCE__', nonce))
  }
  http.get('/', page)
  http.setNotFoundHandler((request, reply) => (request.method === 'GET' && !request.url.startsWith('/api') && !/\.\w+$/.test(request.url.split('?')[0]!) ? page(request, reply) : sendAnswer(reply, problem('notFound'))))
}

function contentPolicy(nonce: string): string {
  return `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`
}

function secure(reply: FastifyReply): void {
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('cross-origin-resource-policy', 'same-origin')
  if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
}

interface Caller {
  readonly actor: Actor
  readonly session: Session | null
}

async function identify(request: FastifyRequest, app: App, options: HttpOptions): Promise<Caller> {
  if (options.operatorDoor) return { actor: operatorActor(String(request.headers['x-songbai-operator'] ?? 'operator').slice(0, 60), /^\d{2,6}$/.exec(String(request.headers['x-songbai-county'] ?? ''))?.[0] ?? ''), session: null }
  const token = tokenOf(request)
  const session = token === null ? null : await app.sessions.find(token)
  const actor = session === null ? null : await options.actorOf(session)
  return actor ? { actor: { ...actor, sessionId: session!.id, sessionLevel: session!.level }, session } : { actor: NOBODY, session: null }
}

function tokenOf(request: FastifyRequest): string | null {
  const cookies = request.headers.cookie ?? ''
  const found = cookies.split(/; */).find((cookie) => cookie.startsWith(`${COOKIE}=`))
  return found ? found.slice(COOKIE.length + 1) : null
}

function csrfFits(request: FastifyRequest, session: Session): boolean {
  // Asking who I am hands the token out, so it alone needs none; a foreign page cannot read the answer.
  if (request.url === '/api/see/users.me') return true
  const sent = Buffer.from(String(request.headers['x-songbai-csrf'] ?? ''))
  const expected = Buffer.from(session.csrf)
  return sent.length === expected.length && timingSafeEqual(sent, expected)
}

async function changeSession(reply: FastifyReply, app: App, options: HttpOptions, change: NonNullable<Awaited<ReturnType<App['perform']>>['session']>, old: Session | null): Promise<void> {
  if (old) await app.sessions.close(old.id)
  if ('close' in change) {
    reply.header('set-cookie', `${COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`)
    return
  }
  const { token, session } = await app.sessions.open(change.open)
  reply.header('set-cookie', `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax${options.secureCookie ? '; Secure' : ''}`)
  reply.header('x-songbai-csrf', session.csrf)
}

function sendAnswer(reply: FastifyReply, answer: Answer<unknown>): FastifyReply {
  const status = answer.ok ? 200 : 'refusal' in answer ? 422 : STATUS[answer.problem.code]
  if (status === 503) reply.header('retry-after', '2')
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(answer))
}

function errorAnswer(app: App, error: Error & { statusCode?: number }): Answer<never> {
  const code: ProblemCode = error.statusCode === 413 ? 'tooLarge' : error.statusCode !== undefined && error.statusCode < 500 ? 'badInput' : 'bug'
  const answer = problem(code)
  app.world.log({ level: code === 'bug' ? 'error' : 'warn', problem: answer.problem.id, message: error.message, stack: code === 'bug' ? error.stack : undefined })
  return answer
}
