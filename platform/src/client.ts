/** The typed client of the HTTP face: `client.do(register, {…})`. Safe in a browser; carries no zod at run time. */
import type { ActionSpec, Answer, OutputOf, SentOf } from './action.ts'
import { newId } from './ids.ts'

export interface ClientOptions {
  readonly fetch?: typeof fetch
  /** Where the server answers; empty for the same origin. */
  readonly base?: string
  readonly onSignedOut?: () => void
}

export interface Client {
  do<S extends ActionSpec>(spec: S, input: SentOf<S>, commandId?: string): Promise<Answer<OutputOf<S>>>
  see<S extends ActionSpec>(spec: S, input: SentOf<S>, signal?: AbortSignal): Promise<Answer<OutputOf<S>>>
  /** Bytes first, then an action that names the file by its id; up to 100 MiB, `tooLarge` above. */
  upload(file: Blob, name: string, signal?: AbortSignal): Promise<Answer<UploadedFile>>
  /** Where a finished file is fetched from; an ordinary link, asked with the person's own session. */
  fileUrl(id: string): string
}

export interface UploadedFile {
  readonly id: string
  readonly name: string
  readonly bytes: number
}

const OFFLINE: Answer<never> = { ok: false, problem: { code: 'busy', id: 'OFFLINE' } }

export function createClient(options: ClientOptions = {}): Client {
  // Proves a request comes from our own page; the server hands it out in a header a foreign page cannot read.
  let csrf: string | null = null
  const send = async (url: string, body: string | Blob, headers: Record<string, string>, signal?: AbortSignal): Promise<Answer<never>> => {
    const answer = await (options.fetch ?? fetch)((options.base ?? '') + url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', ...(csrf ? { 'x-songbai-csrf': csrf } : {}), ...headers },
      body,
      signal: signal ?? null,
    }).catch((error: unknown) => (signal?.aborted ? Promise.reject(error) : null))
    if (answer === null) return OFFLINE
    csrf = answer.headers.get('x-songbai-csrf') ?? csrf
    if (answer.status === 401) options.onSignedOut?.()
    return (await answer.json()) as Answer<never>
  }
  return {
    do: (spec, input, commandId) => send(`/api/do/${spec.name}`, JSON.stringify(input), { 'x-command-id': commandId ?? newId(Date.now(), randomBytes) }),
    see: (spec, input, signal) => send(`/api/see/${spec.name}`, JSON.stringify(input), {}, signal),
    upload: (file, name, signal) => send('/api/files', file, { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) }, signal),
    fileUrl: (id) => `${options.base ?? ''}/api/files/${encodeURIComponent(id)}`,
  }
}

function randomBytes(into: Uint8Array): Uint8Array {
  return globalThis.crypto.getRandomValues(into as Uint8Array<ArrayBuffer>)
}
