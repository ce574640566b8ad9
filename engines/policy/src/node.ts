import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FactDef } from './facts.ts'
import type { PolicyFile } from './load.ts'
import { decodeSnapshot } from './snapshot.ts'

/** Every `policies/*.yaml` below a folder of packs, in a steady order. `file` is relative to the folder. */
export function readPolicyFiles(packs: string): PolicyFile[] {
  const names = readdirSync(packs, { recursive: true, encoding: 'utf8' }).map(n => n.replaceAll('\\', '/'))
  const wanted = names.filter(n => /(^|\/)policies\/[^/]+\.yaml$/.test(n) && !n.includes('node_modules'))
  return wanted.sort().map(file => ({ file, text: readFileSync(join(packs, file), 'utf8') }))
}

/** A snapshot file read into shared memory, so that workers read the same bytes; a missing or stale one is told, never thrown. */
export function readSnapshot(path: string, defs: ReadonlyMap<string, FactDef>, options: { readonly check?: boolean } = {}): ReturnType<typeof decodeSnapshot> | { stale: 'missing' } {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { stale: 'missing' }
    throw error
  }
  try {
    const size = fstatSync(file).size
    const bytes = new Uint8Array(new SharedArrayBuffer(size))
    for (let at = 0; at < size;) {
      const n = readSync(file, bytes, at, size - at, at)
      if (n === 0) return { stale: 'damaged' }
      at += n
    }
    return decodeSnapshot(bytes, defs, { ...options, latin: part => Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1') })
  } finally {
    closeSync(file)
  }
}

/** Written beside and moved into place, so that a reader sees the old file or the new one. */
export function writeSnapshot(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.new`, bytes, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}
