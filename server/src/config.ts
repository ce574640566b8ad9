/** What the operator may set, from the environment and the command line; read once. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface Config {
  readonly root: string
  readonly dataFolder: string
  readonly databaseUrl: string | null
  readonly host: string
  readonly port: number
  /** Without demo data: a first administrator with a one-time password, no other account. */
  readonly empty: boolean
  readonly version: string
  readonly language: 'zh' | 'en'
}

export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Config {
  const root = env['SONGBAI_ROOT'] ?? findRoot(import.meta.dirname)
  const port = Number(env['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SetupError('badPort', { port: String(env['PORT']) })
  return {
    root, port, host: env['HOST'] ?? '127.0.0.1',
    dataFolder: resolve(env['SONGBAI_DATA'] ?? join(root, 'data')),
    databaseUrl: env['DATABASE_URL'] || null,
    empty: args.includes('--empty'),
    version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    language: (env['SONGBAI_LANG'] ?? '').startsWith('en') ? 'en' : 'zh',
  }
}

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'songbai') return folder
    if (dirname(folder) === folder) throw new Error('the songbai folder was not found above the program')
  }
}

/** Something the operator must put right; shown as one sentence, never as a stack. */
export class SetupError extends Error {
  readonly code: string
  readonly args: Readonly<Record<string, string | number>>
  constructor(code: string, args: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.args = args
  }
}
