/** Every page there is, read from the faces themselves: a new page is looked at without anybody adding it to a list. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestApp } from '@songbai/platform/testing'

type Actor = Parameters<TestApp['must']>[0]

const CONSOLE = join(import.meta.dirname, '..', '..', '..', 'web', 'console', 'src')

/** Patterns as the router takes them: `/elders/:id`. */
export function patterns(): string[] {
  return readdirSync(CONSOLE).map((folder) => join(CONSOLE, folder, 'routes.ts')).filter((file) => existsSync(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bpath: '([^']+)'/g)].map((found) => found[1]!)).sort()
}

/** For a page about one thing: the question that names such things, and where in the answer the first one is. Null: there may be none. */
const ONE: Readonly<Record<string, { readonly ask: string; readonly input?: object; readonly id: (answer: never) => string | undefined }>> = {
  '/elders/:id': { ask: 'elders.list', input: { limit: 1 }, id: (answer: { rows: { id: string }[] }) => answer.rows[0]?.id },
  '/assessments/start/:elderId': { ask: 'elders.list', input: { limit: 1 }, id: (answer: { rows: { id: string }[] }) => answer.rows[0]?.id },
  '/assessments/:id': { ask: 'assessments.list', id: (answer: { rows: { id: string }[] }) => answer.rows[0]?.id },
  '/work/:id': { ask: 'work.list', id: (answer: { rows: { id: string }[] }) => answer.rows[0]?.id },
  '/users/person/:id': { ask: 'users.list', id: (answer: { users: { id: string }[] }) => answer.users[0]?.id },
  '/policies/versions/:id': { ask: 'policies.versions', id: (answer: { versions: { id: string }[] }) => answer.versions[0]?.id },
  '/policies/items/:id': { ask: 'policies.items', id: (answer: { items: { id: string }[] }) => answer.items[0]?.id },
  '/policies/documents/:id': { ask: 'policies.documents', id: (answer: { documents: { id: string }[] }) => answer.documents[0]?.id },
}

/** Addresses to open. `without` are the patterns for which the little county of the story holds nothing. */
export async function addresses(t: TestApp, actor: Actor): Promise<{ readonly open: readonly string[]; readonly without: readonly string[] }> {
  const open: string[] = []
  const without: string[] = []
  for (const pattern of patterns()) {
    if (!pattern.includes(':')) {
      open.push(pattern)
      continue
    }
    const base = Object.keys(ONE).find((known) => pattern === known || pattern.startsWith(`${known}/`))
    const id = base === undefined ? undefined : ONE[base]!.id((await t.must(actor, ONE[base]!.ask, ONE[base]!.input ?? {})) as never)
    if (id === undefined) without.push(pattern)
    else open.push(pattern.replace(/:\w+/, id))
  }
  return { open, without }
}
