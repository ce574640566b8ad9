import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyFile } from './load.ts'

/** Every `policies/*.yaml` below a folder of packs, in a steady order. `file` is relative to the folder. */
export function readPolicyFiles(packs: string): PolicyFile[] {
  const names = readdirSync(packs, { recursive: true, encoding: 'utf8' }).map(n => n.replaceAll('\\', '/'))
  const wanted = names.filter(n => /(^|\/)policies\/[^/]+\.yaml$/.test(n) && !n.includes('node_modules'))
  return wanted.sort().map(file => ({ file, text: readFileSync(join(packs, file), 'utf8') }))
}
