// Set-up every command shares: right Node, packages installed, program built. Built-ins only: it runs before anything is installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say } from './words.mjs'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const NODE_MINIMUM = [20, 19]
const SOURCES = ['engines', 'platform', 'packs', 'capabilities', 'server', 'web', 'scenarios', 'bench']

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1])) return
  fail(say('wrongNode', process.versions.node))
}

export function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

// Not `npm ci`: prebuilt tools name bindings for every platform, and a registry that mirrors only some of them makes it refuse.
/** Installs when the lockfile changed since the last install; answers whether it did. */
export async function ensureInstalled() {
  const stamp = join(ROOT, 'node_modules', '.songbai-installed')
  const wanted = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], say('installFailed'))
  writeFileSync(stamp, wanted)
  return true
}

/** Builds when a source changed since the last build; answers whether it did. */
export async function ensureBuilt({ faces = true } = {}) {
  const { buildServer, buildFaces } = await import('./build-steps.mjs')
  const stampPath = join(ROOT, 'build', '.stamp.json')
  const before = existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : {}
  const now = sourceStamp()
  const todo = { server: before.server !== now, faces: faces && before.faces !== now }
  mkdirSync(join(ROOT, 'build'), { recursive: true })
  if (todo.server) await buildServer()
  if (todo.faces) await buildFaces()
  if (todo.server || todo.faces) writeFileSync(stampPath, JSON.stringify({ server: now, faces: todo.faces || before.faces === now ? now : before.faces }))
  return todo.server || todo.faces
}

function sourceStamp() {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]).update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of SOURCES) addFolder(hash, join(ROOT, folder))
  return hash.digest('hex')
}

function addFolder(hash, folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) addFolder(hash, path)
    else if (/\.(tsx?|mjs|json|css|html|sql|yaml|svg)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(path)
      hash.update(`${path}|${size}|${mtimeMs}\n`)
    }
  }
}

export function run(command, args, whenFailed, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : fail(whenFailed)))
  })
}
