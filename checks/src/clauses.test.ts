import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { files, ROOT, text } from './tree.ts'

const PATH = 'docs/clauses.csv'
const ROW = /^([A-Z]+-\d+),("(?:[^"]|"")*"|[^,]*),([^,]*),(built|later|part),/
const NAMED = /\b(?:REG|ASM|POL|VIS|SVC|MOB|EMG|FAC|BED|MEA|HOM|MUT|WRK|MED|SUP|GOV|PUB|PLT|A)-\d{2}\b/g

/** Requirement → what carries it: the capabilities whose README names it, and the rule ids their tests prove. */
function carried(): Map<string, { readonly rules: string[]; readonly tests: string[] }> {
  const out = new Map<string, { rules: string[]; tests: string[] }>()
  for (const readme of files(/^capabilities\/(know|decide|deliver|answer)\/[^/]+\/README\.md$/)) {
    const folder = readme.split('/').slice(0, 3).join('/')
    const tests = files(new RegExp(`^${folder}/.*\\.test\\.ts$`))
    const ids = [...new Set(tests.flatMap((path) => [...text(path).matchAll(/\btest\((?:'|"|`)\[([A-Z]{1,4}\d{1,3}[a-z]?)\]/g)].map((match) => match[1]!)))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    for (const requirement of new Set([...text(readme).matchAll(NAMED)].map((match) => match[0]))) {
      const row = out.get(requirement) ?? { rules: [], tests: [] }
      row.rules.push(`${folder.slice('capabilities/'.length)}: ${ids.join(' ')}`)
      row.tests.push(...tests)
      out.set(requirement, row)
    }
  }
  return out
}

const rows = (): readonly string[] => text(PATH).trimEnd().split('\n')

test('[C1] docs/clauses.csv says of each requirement which rules and tests carry it, as the READMEs and tests do', () => {
  const by = carried()
  const [head, ...lines] = rows()
  const now = lines.map((line) => {
    const [whole, id] = ROW.exec(line)!
    const row = line.includes(',later,') ? undefined : by.get(id!)
    return `${whole}${row?.rules.join('; ') ?? ''},${row?.tests.join(' ') ?? ''}`
  })
  const made = [head, ...now].join('\n') + '\n'
  if (process.env['SONGBAI_UPDATE']) writeFileSync(join(ROOT, PATH), made)
  expect(made).toBe(text(PATH))
})

test('[C2] what is called built is carried by a capability with tests', () => {
  const by = carried()
  const bare = rows().slice(1).map((line) => ROW.exec(line)!).filter(([, id, , , status]) => status === 'built' && (by.get(id!)?.tests.length ?? 0) === 0).map(([, id]) => id)
  expect(bare).toEqual([])
})
