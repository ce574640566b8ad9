/** What a command gets: actions with the operator as actor, whether the server is up or not. */
import type { Answer } from '@songbai/platform/action'
import { operatorActor, type App } from '@songbai/platform/server'
import type { TaskView } from '@songbai/platform/system'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import type { Booted } from '../boot.ts'

export interface CommandOptions {
  readonly json: boolean
  readonly county: string
  readonly language: 'zh' | 'en'
  readonly root: string
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
}

export interface CommandContext extends CommandOptions {
  /** The program itself, when this process opened the data; null when a running server answers. */
  readonly app: App | null
  perform<T>(action: string, input: unknown): Promise<T>
  upload(path: string): Promise<string>
  /** Waits for long work; answers its result, throws its failure. */
  waitTask(id: string, onProgress?: (task: TaskView) => void): Promise<unknown>
  print(line: string): void
}

export type Command = (context: CommandContext) => Promise<number>

type Send = (path: string, body: Buffer | string, headers: Record<string, string>) => Promise<unknown>

/** Null when no server listens. */
export async function remoteContext(socket: string, options: CommandOptions): Promise<(CommandContext & { close(): Promise<void> }) | null> {
  if (process.platform !== 'win32' && !existsSync(socket)) return null
  const send: Send = (path, body, headers) => new Promise((resolve, reject) => {
    const call = request({ socketPath: socket, path, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body), 'x-songbai-operator': operatorName(), ...(options.county ? { 'x-songbai-county': options.county } : {}) } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8'))))
    })
    call.on('error', reject)
    call.end(body)
  })
  const kinds = await actionKinds(send).catch(() => null)
  if (!kinds) return null
  const perform = async <T>(action: string, input: unknown): Promise<T> => unwrap(action, (await send(`/api/${kinds.get(action) ?? 'do'}/${action}`, JSON.stringify(input ?? {}), { 'content-type': 'application/json' })) as Answer<T>)
  const upload = async (path: string): Promise<string> => unwrap('files', (await send('/api/files', await readFile(path), { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(basename(path)) })) as Answer<{ id: string }>).id
  return { ...options, app: null, perform, upload, waitTask: waiter(perform), print, close: async () => {} }
}

async function actionKinds(send: Send): Promise<Map<string, string>> {
  const probe = (await send('/api/see/users.me', '{}', { 'content-type': 'application/json' })) as Answer<{ actions: string[] }>
  if (!probe.ok) throw new Error('no server')
  const { capabilities } = await import('@songbai/capabilities')
  return new Map([...capabilities.flatMap((capability) => capability.actions.map((action) => [action.spec.name, action.spec.kind] as const)), ['system.task', 'see'], ['system.tasks', 'see'], ['system.audit', 'see'], ['system.verifyAudit', 'see'], ['system.auditedCounties', 'see']])
}

export function localContext(booted: Booted | null, options: CommandOptions): CommandContext & { close(): Promise<void> } {
  const app = booted?.app ?? null
  const need = (): App => {
    if (!app) throw new Error('this command has no data')
    return app
  }
  const actor = operatorActor(operatorName(), options.county)
  const perform = async <T>(action: string, input: unknown): Promise<T> => {
    const { answer } = await need().perform({ action, input: input ?? {}, actor, door: 'cli' })
    need().tasks.poke()
    return unwrap(action, answer as Answer<T>)
  }
  const upload = async (path: string): Promise<string> => {
    const content = await readFile(path)
    return (await need().runAs(actor, 'files.upload', (tx) => need().files.save(tx, { name: basename(path), mediaType: 'application/octet-stream', kind: 'upload', content }))).id
  }
  return {
    ...options, app, perform, upload, waitTask: waiter(perform), print,
    close: async () => {
      if (!app) return
      await app.settle()
      await app.close()
    },
  }
}

function unwrap<T>(action: string, answer: Answer<T>): T {
  if (answer.ok) return answer.value
  throw new Error('refusal' in answer ? `${action}: ${answer.refusal.code} ${JSON.stringify(answer.refusal.args)}` : `${action}: ${answer.problem.code} (${answer.problem.id}) ${JSON.stringify(answer.problem.fields ?? [])}`)
}

function waiter(perform: CommandContext['perform']): CommandContext['waitTask'] {
  return async (id, onProgress) => {
    for (;;) {
      const task = await perform<TaskView>('system.task', { id })
      onProgress?.(task)
      if (task.state === 'done' || task.state === 'cancelled') return task.result
      if (task.state === 'failed') throw new Error(task.failure ?? 'failed')
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }
}

function operatorName(): string {
  return `${userInfo().username}@${process.platform}`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
