import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadFacts, POLICY_FILES, text as fixture } from '../fixtures/load.ts'
import { readPolicyFiles } from './node.ts'
import { editTable, newColumn, parseFacts, parsePolicies, parsePolicy, readTable, redo, startHistory, step, undo } from './index.ts'
import type { Cell, EditAnswer, FactDictionary, Policy, PolicyTable, TableEdit } from './index.ts'

const PACKS = new URL('../../../packs/', import.meta.url)
const packFacts = dictionary(readFileSync(new URL('facts.yaml', PACKS), 'utf8'))
const files = readPolicyFiles(PACKS.pathname)
const fixtures = loadFacts()
const MEALS = files.find(f => f.file.endsWith('jimo-2024/policies/meal-subsidy.yaml'))!.text

function dictionary(text: string): FactDictionary {
  const read = parseFacts(text)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.facts
}

function upperOf(text: string): { upper?: string } {
  const named = /^extends: (\d+)\/([a-z-]+)/m.exec(text)
  return named === null ? {} : { upper: files.find(f => new RegExp(`^policy: ${named[2]}$`, 'm').test(f.text) && f.text.includes(`\nregion: ${named[1]}\n`))!.text }
}

function edited(answer: EditAnswer): string {
  if ('refused' in answer) throw new Error(answer.refused)
  return answer.text
}

const meals = (edit: TableEdit, text = MEALS): string => edited(editTable(text, packFacts, edit))
const table = (text: string): PolicyTable => readTable(text, packFacts, upperOf(text))!
const row = (text: string, id: string) => table(text).rows.find(r => r.id === id)!

const { policies } = parsePolicies(files, packFacts)

function parsed(text: string): Policy {
  const read = parsePolicy(text, packFacts, { uppers: policies })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.policy
}

/** Lines that differ, as [before, after]. */
function changed(before: string, after: string): string[][] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  if (a.length !== b.length) return [['lines', String(b.length - a.length)]]
  return a.flatMap((line, i) => (line === b[i] ? [] : [[line, b[i]!]]))
}

describe('reading', () => {
  test('[T1] every policy of the packs is a table, with every condition in a cell or kept as written', () => {
    expect(files.length).toBeGreaterThan(40)
    for (const f of files) {
      const t = readTable(f.text, packFacts, upperOf(f.text))!
      const policy = parsed(f.text)
      expect(t.rows.map(r => r.id), f.file).toEqual(policy.rows.map(r => r.id))
      for (const r of t.rows) expect(Object.keys(r.cells).length + (r.parts.length === 0 ? 1 : 0), `${f.file} ${r.id}`).toBeGreaterThan(0)
      expect(t.cases.length, f.file).toBe(policy.cases.length)
      expect(t.cases.map(c => c.line), f.file).toEqual(policy.cases.map(c => c.line))
    }
  })

  test('[T1] a text that is no YAML mapping is no table, one with mistakes in it is', () => {
    expect(readTable('a: [', packFacts)).toBeNull()
    expect(readTable('- a', packFacts)).toBeNull()
    expect(readTable('policy: x\ntable: { rows: [ { id: r1, when: "agee >=" } ] }', packFacts)!.rows[0]!.cells).toEqual({ other: { kind: 'expression', texts: ['agee >='] } })
  })

  test('[T2] codes, ranges, validity, yes/no and the rest each have their cell; two limits share one', () => {
    const cells = (when: string): Record<string, Cell> => readTable(`table:\n  rows:\n    - { id: r, when: '${when}' }\nparams: { months: { values: {} }, old: { values: {} } }\nlet:\n  困难: income in ["低保", "特困"]\n  甲: alone || ltci\n  乙: 甲`, fixtures)!.rows[0]!.cells
    expect(cells('ability >= "severe" && age >= 60 && age < old')).toEqual({
      'fact:ability': { kind: 'codes', fact: 'ability', values: ['severe', 'total'], not: false },
      'fact:age': { kind: 'range', fact: 'age', from: { op: '>=', value: 60, param: false }, to: { op: '<', value: 'old', param: true } },
    })
    expect(cells('within(assessed, months, "month") && !ltci && has(assessed) && "visual" in disabilities')).toEqual({
      'within:assessed': { kind: 'within', fact: 'assessed', n: 'months', unit: 'month' }, 'is:ltci': { kind: 'yesNo', subject: 'ltci', yes: false },
      'is:has(assessed)': { kind: 'yesNo', subject: 'has(assessed)', yes: true }, 'is:"visual" in disabilities': { kind: 'yesNo', subject: '"visual" in disabilities', yes: true },
    })
    expect(cells('困难 && 乙 && hukou != "local"')).toMatchObject({ 'fact:income': { kind: 'codes', not: false }, 'is:乙': { kind: 'yesNo', yes: true }, 'fact:hukou': { kind: 'codes', values: ['local'], not: true } })
    expect(cells('alone || ltci && age >= 60')).toEqual({ other: { kind: 'expression', texts: ['alone || ltci && age >= 60'] } })
    expect(cells('age >= 60 && age >= 70')).toMatchObject({ other: { kind: 'expression', texts: ['age >= 70'] } })
    expect(cells('50000 > pension && household == 2')).toMatchObject({ 'fact:pension': { to: { op: '<', value: 50000 } }, 'fact:household': { from: { value: 2 }, to: { value: 2 } } })
  })

  test('[T3] what all rows share stands once, the rest are columns', () => {
    expect(table(MEALS).columns.map(c => [c.id, c.common])).toEqual([['fact:residence', true], ['fact:age', false], ['fact:incomeStanding', false]])
    expect(newColumn('abilityLevel', packFacts)!.column).toMatchObject({ id: 'fact:abilityLevel', ordered: true, label: { zh: expect.stringContaining('能力') } })
    expect(newColumn('usualResidence', packFacts)).toBeNull()
  })

  test('[T6] rows of the policy above stand where the engine puts them, marked as inherited', () => {
    const t = readTable(fixture('policies/age-allowance-500229.yaml'), fixtures, { upper: fixture('policies/age-allowance.yaml') })!
    expect(t.rows.map(r => [r.id, r.inherited])).toEqual([['r80', true], ['r90', false], ['r100', true], ['r70', false]])
    expect(t.rows[1]).toMatchObject({ amount: { kind: 'fixed', fen: 16000 } })
    expect(t.rows[1]!.cells['fact:age']).toMatchObject({ from: { value: 90 } })
  })
})

describe('round trip', () => {
  const all = [...files.map(f => ({ ...f, facts: packFacts, options: upperOf(f.text) })), ...POLICY_FILES.map(name => ({ file: name, text: fixture(`policies/${name}.yaml`), facts: fixtures, options: name === 'age-allowance-500229' ? { upper: fixture('policies/age-allowance.yaml') } : {} }))]

  test('[T4] setting every cell to what it is gives the same bytes', () => {
    for (const f of all) {
      const t = readTable(f.text, f.facts, f.options)!
      for (const r of t.rows) for (const [column, cell] of Object.entries(r.cells)) expect(edited(editTable(f.text, f.facts, { do: 'cell', row: r.id, column, cell }, f.options)), `${f.file} ${r.id} ${column}`).toBe(f.text)
    }
  })

  test('[T8] clearing a cell of the packs takes its conjuncts out of that row alone, and what was not touched keeps every byte', () => {
    let edits = 0
    for (const f of all) {
      const t = readTable(f.text, f.facts, f.options)!
      for (const r of t.rows.filter(x => !x.inherited)) for (const column of Object.keys(r.cells)) {
        const after = edited(editTable(f.text, f.facts, { do: 'cell', row: r.id, column, cell: null }, f.options))
        const lines = changed(f.text, after)
        expect(lines.length, `${f.file} ${r.id} ${column}`).toBeLessThanOrEqual(1)
        const now = readTable(after, f.facts, f.options)!
        expect(now.rows.find(x => x.id === r.id)!.cells[column]).toBeUndefined()
        expect(now.rows.filter(x => x.id !== r.id)).toEqual(t.rows.filter(x => x.id !== r.id))
        edits++
      }
    }
    expect(edits).toBeGreaterThan(150)
  })

  test('[T4] every row moved down and up again gives the same bytes', () => {
    for (const f of all) {
      const own = readTable(f.text, f.facts)!.rows
      for (const [i, r] of own.entries()) {
        const down = edited(editTable(f.text, f.facts, { do: 'moveRow', row: r.id, before: null }))
        const back = edited(editTable(down, f.facts, { do: 'moveRow', row: r.id, before: own[i + 1]?.id ?? null }))
        expect(back, `${f.file} ${r.id}`).toBe(f.text)
        expect(readTable(down, f.facts)!.rows.at(-1)!.id).toBe(r.id)
      }
    }
  })
})

describe('conditions', () => {
  const from = (value: number): Cell => ({ kind: 'range', fact: 'age', from: { op: '>=', value, param: false }, to: null })

  test('[T10] a name one row alone uses changes its meaning, its number and the cases that name it', () => {
    const after = meals({ do: 'cell', row: 'old', column: 'fact:age', cell: from(75) })
    expect(changed(MEALS, after)).toEqual([
      ['  满80周岁: age >= 80', '  满75周岁: age >= 75'],
      [expect.stringContaining('满80周岁'), expect.stringContaining("when: '常住本区 && 满75周岁', amount: old")],
      [expect.stringContaining('miss: [满80周岁]'), expect.stringContaining('miss: [满75周岁]')],
    ])
    parsed(after)
  })

  test('[T8] a name others use stays; the row gets its own condition, or a name that already means it', () => {
    const text = MEALS.replace("when: '常住本区 && 满80周岁'", "when: '常住本区 && 满80周岁 && 经济困难'")
    const own = meals({ do: 'cell', row: 'old', column: 'fact:incomeStanding', cell: { kind: 'codes', fact: 'incomeStanding', values: ['extremePoverty'], not: false } }, text)
    expect(changed(text, own)).toEqual([[expect.any(String), expect.stringContaining(`when: '常住本区 && 满80周岁 && incomeStanding == "extremePoverty"'`)]])
    const named = meals({ do: 'cell', row: 'poor', column: 'fact:age', cell: from(80) }, MEALS.replace("when: '常住本区 && 满80周岁'", "when: '常住本区 && 满80周岁 && 满60周岁'"))
    expect(named).toContain("id: poor, when: '常住本区 && 满80周岁 && 经济困难'")
  })

  test('[T8] an upper limit is added beside the lower one; codes in a row are written shortest', () => {
    const both = meals({ do: 'cell', row: 'old', column: 'fact:age', cell: { kind: 'range', fact: 'age', from: { op: '>=', value: 80, param: false }, to: { op: '<', value: 90, param: false } } })
    expect(both).toContain("when: '常住本区 && 满80周岁 && age < 90'")
    const level = (values: string[]): string => meals({ do: 'cell', row: 'old', column: 'fact:abilityLevel', cell: { kind: 'codes', fact: 'abilityLevel', values, not: false } })
    expect(level(['severe', 'total'])).toContain('&& abilityLevel >= "severe"')
    expect(level(['intact', 'mild'])).toContain('&& abilityLevel <= "mild"')
    expect(level(['mild', 'total'])).toContain('&& abilityLevel in ["mild", "total"]')
    for (const values of [['severe', 'total'], ['intact', 'mild'], ['mild', 'total'], ['moderate']]) {
      expect(row(level(values), 'old').cells['fact:abilityLevel']).toMatchObject({ values })
      parsed(level(values))
    }
  })

  test('[T9] a condition common to all rows is changed once, at its name', () => {
    const after = meals({ do: 'common', column: 'fact:residence', cell: { kind: 'codes', fact: 'residence', values: ['other'], not: false } })
    expect(changed(MEALS, after)).toEqual([['  常住本区: residence == "local"', '  常住本区: residence == "other"']])
    const gone = meals({ do: 'removeColumn', column: 'fact:residence' })
    expect(changed(MEALS, gone)).toHaveLength(2)
    expect(table(gone).columns.map(c => c.id)).not.toContain('fact:residence')
    const everywhere = meals({ do: 'common', column: 'is:withoutKin', cell: { kind: 'yesNo', subject: 'withoutKin', yes: true } })
    expect(table(everywhere).rows.every(r => r.cells['is:withoutKin'] !== undefined)).toBe(true)
  })

  test('[T2] a free expression typed into the last column goes in brackets where it must', () => {
    const after = meals({ do: 'cell', row: 'old', column: 'other', cell: { kind: 'expression', texts: ['withoutKin || age >= 95'] } })
    expect(after).toContain("&& (withoutKin || age >= 95)'")
    parsed(after)
    expect(row(after, 'old').cells['other']).toEqual({ kind: 'expression', texts: ['(withoutKin || age >= 95)'] })
  })
})

describe('rows, money, clauses, cases', () => {
  test('[T4] a row is added like another, labelled, dated, removed; nothing else moves', () => {
    const added = meals({ do: 'addRow', like: 'old', before: 'old', label: { zh: '90周岁以上', en: '90 and over' } })
    expect(added.split('\n')).toHaveLength(MEALS.split('\n').length + 1)
    expect(table(added).rows.map(r => r.id)).toEqual(['poor', 'row-3', 'old'])
    expect(row(added, 'row-3')).toMatchObject({ label: { zh: '90周岁以上' }, amount: { kind: 'param', name: 'old' }, basis: ['s11', 'annex'], sample: true })
    parsed(added)
    expect(meals({ do: 'removeRow', row: 'row-3' }, added)).toBe(MEALS)
    const dated = meals({ do: 'dates', row: 'old', from: '2026-09-01', to: null })
    expect(row(dated, 'old').from).toBe('2026-09-01')
    expect(meals({ do: 'dates', row: 'old', from: null, to: null }, dated)).toBe(MEALS)
    expect(editTable(meals({ do: 'removeRow', row: 'old' }), packFacts, { do: 'removeRow', row: 'poor' })).toEqual({ refused: 'lastRow' })
    expect(editTable(MEALS, packFacts, { do: 'label', row: 'nobody', zh: 'x', en: 'x' })).toEqual({ refused: 'unknownRow' })
  })

  test('[T7] cases of a removed row expect "no", so that they turn red instead of naming a row that is gone', () => {
    const after = meals({ do: 'removeRow', row: 'old' })
    expect(table(after).cases.filter(c => c.out.row === 'old')).toEqual([])
    parsed(after)
  })

  test('[T5] a rate changes from a day and keeps its past; the same day again replaces', () => {
    const from = meals({ do: 'param', name: 'poor', value: 600, from: '2026-09-01' })
    expect(changed(MEALS, from)).toEqual([[expect.any(String), expect.stringContaining('values: { 2024-05-07: 500, 2026-09-01: 600 }')]])
    expect(meals({ do: 'param', name: 'poor', value: 700, from: '2026-09-01' }, from)).toContain('2026-09-01: 700 }')
    expect(meals({ do: 'param', name: 'poor', value: 550, from: '2025-01-01' }, from)).toContain('{ 2024-05-07: 500, 2025-01-01: 550, 2026-09-01: 600 }')
    expect(meals({ do: 'removeParamDay', name: 'poor', from: '2026-09-01' }, from)).toBe(MEALS)
    expect(meals({ do: 'amount', row: 'poor', fen: 600, from: '2026-09-01' })).toBe(from)
  })

  test('[T5] a plain figure that is to change on a day becomes a parameter with both values', () => {
    const fixed = meals({ do: 'amount', row: 'old', fen: 350, from: null })
    expect(row(fixed, 'old').amount).toEqual({ kind: 'fixed', fen: 350 })
    const dated = meals({ do: 'amount', row: 'old', fen: 400, from: '2026-09-01' }, fixed)
    expect(row(dated, 'old').amount).toEqual({ kind: 'param', name: 'rate_old' })
    expect(table(dated).params.find(p => p.name === 'rate_old')!.values.map(v => [v.from, v.value])).toEqual([['2024-05-07', 350], ['2026-09-01', 400]])
    parsed(dated)
    const bare = readTable('policy: x\neffective: { from: 2024-01-01 }\nbasis: { b: { doc: d } }\ntable:\n  rows:\n    - { id: r, amount: "share(1, 2, 3)", basis: b }', packFacts)!
    expect(bare.rows[0]!.amount).toEqual({ kind: 'expression', text: 'share(1, 2, 3)' })
  })

  test('[T4] clauses are cited and written; quotations keep their marks', () => {
    const written = meals({ do: 'clause', id: 'new1', clause: { doc: '示例民发〔2026〕3号', article: '第三条', quote: '老人的"标准"，另定：见附件' } })
    const cited = meals({ do: 'basis', row: 'old', clauses: ['s11', 'new1'] }, written)
    expect(parsed(cited).rows.find(r => r.id === 'old')!.basis.map(b => b.quote)).toEqual([undefined, '老人的"标准"，另定：见附件'])
    expect(meals({ do: 'basis', row: 'old', clauses: ['s11', 'annex'] }, written)).toBe(written)
  })

  test('[T4] a case is added with the facts of a person, its result set, and removed', () => {
    const added = meals({ do: 'addCase', at: '2026-09-01', facts: { birth: '1945-03-02', residence: 'local', withoutKin: true, pensionFen: 120000 }, out: { row: 'old', amount: 300 }, note: null })
    const policy = parsed(added)
    expect(policy.cases.at(-1)).toMatchObject({ at: '2026-09-01', facts: { birth: '1945-03-02', residence: 'local', withoutKin: true, pensionFen: 120000 }, out: { row: 'old', amount: 300 } })
    const last = policy.cases.length - 1
    expect(parsed(meals({ do: 'caseOut', index: last, out: { unknown: ['incomeStanding'] } }, added)).cases.at(-1)!.out).toEqual({ unknown: ['incomeStanding'] })
    expect(meals({ do: 'removeCase', index: last }, added)).toBe(MEALS)
    const none = MEALS.slice(0, MEALS.indexOf('cases:'))
    parsed(meals({ do: 'addCase', at: '2026-09-01', facts: {}, out: { unknown: ['residence', 'birth'] }, note: '空白' }, none))
    const one = 'policy: x\ncases: []\n'
    expect(meals({ do: 'addCase', at: '2026-09-01', facts: {}, out: { row: null }, note: null }, one)).toBe('policy: x\ncases: \n  - { at: 2026-09-01, in: {}, out: { row: null } }\n')
  })

  test('[T6] a row or rate of the policy above is changed by an entry of this file', () => {
    const [own, upper] = [fixture('policies/age-allowance-500229.yaml'), fixture('policies/age-allowance.yaml')]
    const amount = edited(editTable(own, fixtures, { do: 'amount', row: 'r100', fen: 40000, from: null }, { upper }))
    expect(amount).toContain('- { id: r100, amount: 40000, basis: c1 }')
    const cell = edited(editTable(own, fixtures, { do: 'cell', row: 'r80', column: 'fact:age', cell: { kind: 'range', fact: 'age', from: { op: '>=', value: 'old', param: true }, to: { op: '<', value: 88, param: false } } }, { upper }))
    expect(cell).toContain("- { id: r80, when: 'age >= old && age < 88 && 本地户籍 && 在世', basis: c1 }")
    const param = edited(editTable(own, fixtures, { do: 'param', name: 'b90', value: 17000, from: '2027-01-01' }, { upper }))
    expect(readTable(param, fixtures, { upper })!.params.find(p => p.name === 'b90')!.values.at(-1)).toMatchObject({ from: '2027-01-01', value: 17000 })
    expect(editTable(own, fixtures, { do: 'removeRow', row: 'r100' }, { upper })).toEqual({ refused: 'inheritedRow' })
  })

  test('[T4] block style and comments keep their form', () => {
    const block = `policy: x # 编号\ntitle: 甲\neffective:\n  from: 2024-01-01\nbasis:\n  b1:\n    doc: d\nparams:\n  # 标准\n  p1:\n    values:\n      2024-01-01: 100 # 旧\n    basis: b1\ntable:\n  rows:\n    # 第一档\n    - id: r1\n      when: age >= 60 # 年龄\n      amount: p1\n      basis: b1\n    - id: r2\n      amount: 5\n      basis: b1\n\ncases: []\n`
    const one = meals({ do: 'cell', row: 'r1', column: 'fact:age', cell: { kind: 'range', fact: 'age', from: { op: '>=', value: 65, param: false }, to: null } }, block)
    expect(one).toBe(block.replace('age >= 60', 'age >= 65'))
    expect(meals({ do: 'param', name: 'p1', value: 120, from: '2026-01-01' }, block)).toBe(block.replace('2024-01-01: 100 # 旧', '2024-01-01: 100 # 旧\n      2026-01-01: 120'))
    expect(meals({ do: 'removeRow', row: 'r2' }, block)).toBe(block.replace('    - id: r2\n      amount: 5\n      basis: b1\n', ''))
    expect(meals({ do: 'effective', from: '2026-01-01' }, block)).toBe(block.replace('from: 2024-01-01', 'from: 2026-01-01'))
    expect(meals({ do: 'dates', row: 'r1', from: '2025-01-01', to: null }, block)).toBe(block.replace('      basis: b1\n    - id: r2', '      basis: b1\n      from: 2025-01-01\n    - id: r2'))
  })
})

test('[T11] undo and redo walk the texts; typing in one place is one step', () => {
  let h = startHistory('a')
  h = step(h, 'b', 'cell')
  h = step(h, 'bc', 'cell')
  h = step(h, 'd')
  expect([undo(h).text, undo(undo(h)).text, redo(undo(h)).text, undo(undo(undo(h))).text]).toEqual(['bc', 'a', 'd', 'a'])
  expect(step(undo(h), 'e').future).toEqual([])
  expect(step(h, 'd')).toBe(h)
})

test('[T1] no policy file of the packs is left out of these tests', () => {
  const count = readdirSync(PACKS, { recursive: true, encoding: 'utf8' }).filter(n => /policies\/[^/]+\.yaml$/.test(n) && !n.includes('node_modules')).length
  expect(files).toHaveLength(count)
})
