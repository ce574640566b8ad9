/** The code as text: which files there are, what they import. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')

/** Files git knows or would take, as paths from the root with forward slashes. */
export function files(pattern: RegExp): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0')
  return [...new Set(listed)].filter((path) => pattern.test(path) && existsSync(join(ROOT, path))).sort()
}

export function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

export function imports(path: string): string[] {
  return [...text(path).matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3]!)
}

/** A relative import as a path from the root, query dropped; a package name is left as it is. */
export function resolveImport(from: string, target: string): string {
  if (!target.startsWith('.')) return target
  const parts = from.split('/').slice(0, -1)
  for (const step of target.replace(/\?.*$/, '').split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}
