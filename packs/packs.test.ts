import { mkdtempSync, cpSync, readFileSync, writeFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadPacks, PackError, packsFolder } from './src/index.ts'

const packs = loadPacks()
const requirements = readFileSync(join(packsFolder, '../docs/clauses.csv'), 'utf8').trim().split('\n').slice(1).map(readRow)

function readRow(line: string): { id: string; clauses: string[]; status: string } {
  const m = /^([A-Z]+-\d+),"[^"]*",([^,]*),(built|later),/.exec(line)
  if (m === null) throw new Error(`clauses.csv: ${line}`)
  return { id: m[1]!, clauses: m[2]!.split(' ').filter(Boolean), status: m[3]! }
}

describe('documents', () => {
  test.each([['inner-mongolia-2024', 13], ['jimo-2024', 21], ['chengkou-2021', 20], ['nantong-2022', 23], ['tieling-2023', 11]])('%s has %i numbered clauses', (id, count) => {
    expect(packs.documents.find(d => d.id === id)!.clauses.filter(c => c.numbered)).toHaveLength(count)
  })

  test('the five documents have 88 numbered clauses, each id once in its document', () => {
    expect(packs.documents).toHaveLength(5)
    expect(packs.documents.flatMap(d => d.clauses).filter(c => c.numbered)).toHaveLength(88)
    for (const d of packs.documents) expect(new Set(d.clauses.map(c => c.id)).size).toBe(d.clauses.length)
  })

  test('every numbered clause serves a requirement, and the table of requirements says the same', () => {
    const byClause = new Map<string, string[]>()
    for (const r of requirements) for (const c of r.clauses) byClause.set(c.replace(':', '/'), [...(byClause.get(c.replace(':', '/')) ?? []), r.id])
    for (const d of packs.documents) {
      for (const c of d.clauses) expect([d.id, c.id, c.requirements]).toEqual([d.id, c.id, byClause.get(`${d.id}/${c.id}`) ?? []])
      for (const c of d.clauses.filter(c => c.numbered)) expect(c.requirements.length, `${d.id} ${c.id}`).toBeGreaterThan(0)
    }
  })
})

describe('requirements', () => {
  test('124 requirements and the wish A-23 stand in the table, each with clauses that exist', () => {
    expect(requirements.filter(r => r.id !== 'A-23')).toHaveLength(124)
    expect(new Set(requirements.map(r => r.id)).size).toBe(125)
    for (const r of requirements) {
      if (r.id !== 'A-23') expect(r.clauses.length, r.id).toBeGreaterThan(0)
      for (const c of r.clauses) expect(packs.clauses, r.id).toContain(c.replace(':', '/'))
    }
  })
})

describe('targets', () => {
  test('42 target figures, T-01 to T-42, each with clauses of its own document', () => {
    expect(packs.targets.map(t => t.id).sort()).toEqual(Array.from({ length: 42 }, (_, i) => `T-${String(i + 1).padStart(2, '0')}`))
    for (const t of packs.targets) for (const c of t.clauses) expect(packs.clauses, t.id).toContain(`${t.document}/${c}`)
  })

  test('parts by place and year add up to the whole, the unnamed remainder included', () => {
    const split = packs.targets.flatMap(t => t.measures.filter(m => m.split).map(m => ({ id: t.id, whole: m.value, parts: m.split!.reduce((s, p) => s + p.value, 0) })))
    expect(split).toEqual([{ id: 'T-11', whole: 18, parts: 18 }, { id: 'T-12', whole: 23, parts: 23 }, { id: 'T-13', whole: 113, parts: 113 }])
  })

  test('Chengkou leaves 6 homes and 5 centres unnamed', () => {
    const rest = (id: string): number | undefined => packs.targets.find(t => t.id === id)!.measures[0]!.split!.find(p => p.unnamed)?.value
    expect([rest('T-11'), rest('T-12'), rest('T-13')]).toEqual([6, 5, undefined])
  })

  test('a part that claims named places names that many, but for the village points whose table is missing', () => {
    for (const t of packs.targets.filter(t => t.id !== 'T-13')) {
      for (const p of t.measures.flatMap(m => m.split ?? []).filter(p => !p.unnamed)) expect([t.id, new Set(p.names).size]).toEqual([t.id, p.value])
    }
  })

  test('a figure with a range says both ends, a figure without a number says so by its comparator', () => {
    for (const m of packs.targets.flatMap(t => t.measures)) {
      expect(m.upTo !== undefined).toBe(m.comparator === 'between')
      if (m.value === null) expect(['all', 'basicallyAll']).toContain(m.comparator)
    }
  })

  test('every capability a target names is a requirement', () => {
    for (const t of packs.targets) for (const c of t.capabilities) expect(requirements.map(r => r.id), t.id).toContain(c)
  })
})

describe('service list, categories, indicators', () => {
  test('the national list has 16 items in order, each with a clause that exists', () => {
    expect(packs.serviceList.items.map(i => i.number)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
    for (const i of packs.serviceList.items) expect(packs.clauses).toContain(`national/${i.clause}`)
  })

  test('the 13 categories and the umbrella cite clauses that exist; the umbrella names categories only', () => {
    expect(packs.categories.categories).toHaveLength(13)
    const ids = packs.categories.categories.map(c => c.id)
    expect(new Set(ids).size).toBe(13)
    for (const c of packs.categories.categories.flatMap(c => c.clauses)) expect(packs.clauses).toContain(c)
    for (const p of packs.categories.umbrella.places) {
      for (const m of p.anyOf) expect(ids).toContain(m)
      for (const c of p.clauses) expect(packs.clauses).toContain(c)
    }
  })

  test('eight indicators cite clauses, categories and targets that exist', () => {
    expect(packs.indicators.indicators).toHaveLength(8)
    const categories = [...packs.categories.categories.map(c => c.id), packs.categories.umbrella.id]
    for (const i of packs.indicators.indicators) {
      for (const c of i.clauses) expect(packs.clauses).toContain(c)
      for (const n of [i.numerator, i.denominator]) if (n?.category !== undefined) expect(categories).toContain(n.category)
      if (i.target !== null) expect(packs.targets.map(t => t.id)).toContain(i.target)
      expect(i.unit === 'percent', i.id).toBe(i.denominator !== null)
    }
  })

  test('fact ids are unique and a closed list stands exactly where the type is a code', () => {
    const ids = packs.facts.facts.map(f => f.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const f of packs.facts.facts) expect([f.id, f.values !== undefined]).toEqual([f.id, f.type === 'code' || f.type === 'codes'])
  })
})

describe('loader', () => {
  function broken(file: string, change: (text: string) => string): unknown {
    const dir = mkdtempSync(join(tmpdir(), 'packs-'))
    try {
      cpSync(packsFolder, dir, { recursive: true, filter: p => !/node_modules|\/src$/.test(p) })
      writeFileSync(join(dir, file), change(readFileSync(join(dir, file), 'utf8')))
      loadPacks(dir)
      return null
    } catch (error) {
      return error
    } finally {
      rmSync(dir, { recursive: true })
    }
  }

  test('an unknown key is refused with the file and the place', () => {
    const error = broken('jimo-2024/document.yaml', t => t.replace('short: Jimo 2024', 'short: Jimo 2024\nauthor: nobody'))
    expect(error).toBeInstanceOf(PackError)
    expect((error as PackError).file).toBe('jimo-2024/document.yaml')
    expect((error as PackError).issues.join()).toContain('author')
  })

  test('a target without a comparator we know is refused', () => {
    expect((broken('nantong-2022/targets.yaml', t => t.replace('comparator: atLeast', 'comparator: roughly')) as PackError).issues[0]).toContain('targets.0.measures.0.comparator')
  })

  test('broken YAML is refused with the file', () => {
    expect((broken('facts.yaml', t => `${t}\n  - [`) as PackError).file).toBe('facts.yaml')
  })

  test('policies come in an order in which what is extended comes first', () => {
    const order = [...new Set(packs.policies.map(p => p.pack))]
    expect(order[0]).toBe('national')
    expect(order.indexOf('inner-mongolia-2024')).toBe(1)
    expect(order).toHaveLength(6)
  })
})
