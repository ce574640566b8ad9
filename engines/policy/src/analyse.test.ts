import { describe, expect, it } from 'vitest'
import { analyse, applyFix, compilePolicySet, evaluatePerson, findingKey, findingText, FINDING_CODES, FINDING_WORDS, parsePolicies, parsePolicy, runCases } from './index.ts'
import type { Finding, FindingCode, PolicySet } from './index.ts'
import { Solver, all, any, not } from './analyse-solve.ts'
import { loadFacts, POLICY_FILES, text } from '../fixtures/load.ts'
import { dice } from '../fixtures/random.ts'

const facts = loadFacts()
const files = POLICY_FILES.map(f => ({ file: f, text: text(`policies/${f}.yaml`) }))

function setOf(list: readonly { file: string; text: string }[]): PolicySet {
  const { policies, problems } = parsePolicies(list, facts)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const made = compilePolicySet(policies, facts)
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.set
}

function seeded(file: string, from: string, to: string): { set: PolicySet; text: string } {
  const old = files.find(f => f.file === file)!.text
  if (!old.includes(from)) throw new Error(`${file} does not say ${from}`)
  const changed = old.replace(from, to)
  return { text: changed, set: setOf(files.map(f => (f.file === file ? { ...f, text: changed } : f))) }
}

const errors = (set: PolicySet): Finding[] => analyse(set).findings.filter(f => f.severity === 'error')

/** Twenty small edits of sound files, each a mistake somebody could make at the keyboard, with what must be said of it. */
const FAULTS: [what: string, file: string, from: string, to: string, code: FindingCode, rows: string[]][] = [
  ['a contradiction between two codes', 'care-subsidy', "income in [\"低保\", \"特困\"] && ability", "income in [\"低保\", \"特困\"] && income == \"无\" && ability", 'neverTrue', ['r1']],
  ['an age limit turned round', 'age-allowance', 'age >= 90 && age < 100', 'age >= 90 && age < 90', 'neverTrue', ['r90']],
  ['a condition on an earlier name that says the opposite', 'care-subsidy', '本地户籍 && 评估有效 && 困难 && ability', '!本地户籍 && 本地户籍 && 困难 && ability', 'neverTrue', ['r2']],
  ['wide and narrow row in the wrong order', 'care-subsidy', '本地户籍 && 评估有效 && income in ["低保", "特困"] && ability >= "severe"', '本地户籍 && 评估有效 && ability >= "mild"', 'shadowed', ['r2', 'r1']],
  ['a row copied and not changed', 'voucher', 'ability == "moderate" && within(assessed, 365, "day") && (pension - debts <= line || alone)', 'ability >= "severe" && within(assessed, months, "month") && pension <= line', 'shadowed', ['v2', 'v1']],
  ['bands that meet in one year under unique', 'age-allowance', 'age >= old && age < 90', 'age >= old && age <= 90', 'overlap', ['r80', 'r90']],
  ['a band without an end under unique', 'age-allowance', 'age >= 90 && age < 100 && 本地户籍', 'age >= 90 && 本地户籍', 'overlap', ['r90', 'r100']],
  ['a band that begins a year late', 'age-allowance', 'age >= 90 && age < 100', 'age >= 91 && age < 100', 'gap', []],
  ['> in place of >=', 'age-allowance', 'age >= 100 &&', 'age > 100 &&', 'gap', []],
  ['a code left out of the middle', 'care-subsidy', '困难 && ability >= "moderate"', '困难 && (ability == "moderate" || ability == "total")', 'gap', []],
  ['a value that begins after the policy', 'care-subsidy', 'values: { 2024-01-01: 10000, 2026', 'values: { 2024-03-01: 10000, 2026', 'paramWithoutValue', []],
  ['a value that stops', 'age-allowance', 'b90: { unit: 分/月, values: { 2023-01-01: 10000 }', 'b90: { unit: 分/月, values: { 2023-01-01: 10000, 2028-01-01: null }', 'paramWithoutValue', []],
  ['a name nobody uses any more', 'care-subsidy', '本地户籍 && 评估有效 && 困难 && ability', '本地户籍 && 评估有效 && income != "无" && ability', 'deadLet', []],
  ['a parameter replaced by a figure', 'age-allowance', 'amount: p.b90', 'amount: 10000', 'deadParam', []],
  ['an order of preference in a circle', 'visit-care', 'with: [home-care, self], basis: s1 }', 'with: [home-care, self], basis: s1 }\n  - { kind: first, with: [home-care], basis: s1 }', 'stackingCycle', []],
  ['a partner that ended before', 'disability-care', 'effective: { from: 2021-01-01, to: 2027-12-31 }', 'effective: { from: 2021-01-01, to: 2022-12-31 }', 'partnerMissing', []],
  ['a clause repealed before the policy began', 'care-subsidy', 'article: 第三条, issued: 2023-11-20', 'article: 第三条, issued: 2023-11-20, repealed: 2023-12-31', 'basisRepealed', ['r1']],
  ['two amounts exchanged', 'age-allowance', 'b90: { unit: 分/月, values: { 2023-01-01: 10000 }', 'b90: { unit: 分/月, values: { 2023-01-01: 4000 }', 'amountFalls', []],
  ['a new row without a case', 'care-subsidy', "basis: a3 }\nunit:", "basis: a3 }\n    - { id: r3, when: '本地户籍 && homeless', amount: 500, basis: a3 }\nunit:", 'rowWithoutCase', ['r3']],
  ['a row put before a floor row with less', 'age-allowance-500229', "- { id: r70, when: 'age >= 70 && age < old && 本地户籍 && 在世 && income == \"extremePoverty\"'", "- { id: r70, when: 'age >= 70 && age < 90 && 本地户籍 && 在世 && income == \"extremePoverty\"', before: r80", 'overlap', ['r70', 'r80']],
]

describe('analysis', () => {
  const good = setOf(files)

  it('[L1] in the sound files only the amount that was left open for three months is an error', () => {
    expect(errors(good).map(f => [f.file, f.code, f.args])).toEqual([['destitute-care', 'paramWithoutValue', { name: 'full', from: '2025-07-01', to: '2025-09-30' }]])
  })

  it.each(FAULTS)('[L2] finds %s', (_what, file, from, to, code, rows) => {
    const before = new Set(analyse(good).findings.map(findingKey))
    const { set } = seeded(file, from, to)
    const fresh = analyse(set).findings.filter(f => !before.has(findingKey(f)))
    const found = fresh.find(f => f.code === code && rows.every(r => f.rows.includes(r)))
    expect(fresh.map(f => f.code), findingText(fresh[0]!, set, 'zh')).toContain(code)
    expect(found).toBeDefined()
    expect(found!.line).toBeGreaterThan(0)
    for (const lang of ['zh', 'en'] as const) expect(findingText(found!, set, lang)).not.toMatch(/[{}]|undefined/)
  })

  it('[L3] a row never taken names the rows that take its people, with a person, and moving it up puts it right', () => {
    const { set, text: changed } = seeded('care-subsidy', FAULTS[3]![2], FAULTS[3]![3])
    const found = errors(set).find(f => f.code === 'shadowed')!
    expect(found).toMatchObject({ rows: ['r2', 'r1'], fix: { do: 'moveRow', row: 'r2', before: 'r1' }, line: changed.slice(0, changed.indexOf('{ id: r2')).split('\n').length })
    const person = evaluatePerson(set, '500000', found.example!.facts as never, found.example!.at).find(a => a.item === 'care-subsidy')!
    expect(person.rows).toEqual(['r1'])
    const mended = applyFix(changed, facts, found.fix!)!
    expect(analyse(setOf(files.map(f => (f.file === 'care-subsidy' ? { ...f, text: mended } : f)))).findings.map(f => f.code)).not.toContain('shadowed')
  })

  it('[L3] the person of a hole is taken by no row, and the row proposed takes that person', () => {
    const { set, text: changed } = seeded('age-allowance', 'age >= 90 && age < 100', 'age >= 91 && age < 100')
    const found = analyse(set).findings.find(f => f.code === 'gap' && f.region === '50')!
    const rowsOf = (s: PolicySet): string[] => evaluatePerson(s, '500000', found.example!.facts as never, found.example!.at).find(a => a.item === 'age-allowance')!.rows
    expect(rowsOf(set)).toEqual([])
    expect(found.fix).toMatchObject({ do: 'addRow', when: 'age >= 90 && age < 91 && hukou == "local" && !(dead <= today)' })
    const mended = applyFix(changed, facts, found.fix!)!
    expect(rowsOf(setOf(files.map(f => (f.file === 'age-allowance' ? { ...f, text: mended } : f))))).toEqual(['r4'])
  })

  it('[L2] two holes of one fact are two findings with keys of their own, each told once', () => {
    const { set } = seeded('age-allowance', 'age >= 90 && age < 100', 'age >= 91 && age < 98')
    const keys = analyse(set).findings.filter(f => f.code === 'gap' && f.policy === 'age-allowance' && f.region === '50').map(findingKey)
    expect(keys).toEqual(['gap/50/age-allowance//birth/90', 'gap/50/age-allowance//birth/98'])
  })

  it('[L3] the case proposed for a row without one comes out as written', () => {
    const [, file, from, to] = FAULTS.find(f => f[4] === 'rowWithoutCase')!
    const { set, text: changed } = seeded(file, from, to)
    const found = analyse(set).findings.find(f => f.code === 'rowWithoutCase' && f.rows[0] === 'r3')!
    const after = setOf(files.map(f => (f.file === file ? { ...f, text: applyFix(changed, facts, found.fix!)! } : f)))
    const policy = after.policies.find(p => p.file === file)!
    expect(policy.cases.at(-1)!.out).toEqual({ row: 'r3', amount: 500 })
    expect(runCases(after, policy).filter(c => !c.ok)).toEqual([])
  })

  it('[L3] what nothing reads can be taken out of the text', () => {
    const { set, text: changed } = seeded('care-subsidy', FAULTS[12]![2], FAULTS[12]![3])
    const found = analyse(set).findings.find(f => f.code === 'deadLet')!
    expect(applyFix(changed, facts, found.fix!)).toBe(changed.replace('  困难: income in ["低保边缘", "低保", "特困"]\n', ''))
  })

  it('[L4] a lower region that pays somebody less than a floor row above is an error, with that person', () => {
    const lower = `policy: care-subsidy
title: 示例
region: 500229
version: 1
effective: { from: 2025-01-01 }
basis: { c: { doc: 示例 } }
table:
  rows: [{ id: x, when: 'hukou == "local" && ability == "total"', amount: 30000, basis: c }]
cases:
  - { at: 2026-07-01, in: { hukou: local, ability: total }, out: { row: x } }`
    const set = setOf([...files, { file: 'lower', text: lower }])
    const found = errors(set).filter(f => f.file === 'lower')
    expect(found.map(f => f.code)).toEqual(['belowUpper'])
    const { facts: who, at } = found[0]!.example!
    const amount = (region: string): number => evaluatePerson(set, region, who as never, at).find(a => a.item === 'care-subsidy')!.raw
    expect(amount('500229')).toBeLessThan(amount('500230'))
  })

  it('[L4] a policy can be analysed without the law around it', () => {
    const parsed = parsePolicy(files[0]!.text, facts, { file: 'care-subsidy' })
    if ('problems' in parsed) throw new Error('fixture')
    expect(analyse(parsed.policy, { facts }).findings.filter(f => f.severity === 'error')).toEqual([])
    expect(() => analyse(parsed.policy)).toThrow('factsMissing')
  })

  it('[L5] the search finds a combination exactly when trying all of them does', () => {
    const rnd = dice(3)
    for (let round = 0; round < 300; round++) {
      const sizes = [2, 3, 2, 4]
      const atoms = Array.from({ length: 5 }, () => { const field = Math.floor(rnd() * 4); return { k: 'atom' as const, field, truth: Array.from({ length: sizes[field]! }, () => Math.floor(rnd() * 3) as 0 | 1 | 2) } })
      const pick = () => atoms[Math.floor(rnd() * 5)]!
      const goal = all(any(pick(), not(pick())), not(all(pick(), pick())), any(not(pick()), all(pick(), not(pick()))))
      const found = new Solver(sizes, 1e6).find(goal) !== null
      let really = false
      for (let n = 0; n < 48; n++) {
        const cls = [n % 2, Math.floor(n / 2) % 3, Math.floor(n / 6) % 2, Math.floor(n / 12)]
        const fixed = cls.reduce<typeof goal>((g, c, field) => ({ k: 'at', field, cls: c, n: g }), goal)
        if (new Solver([1, 1, 1, 1], 10).find(fixed) !== null) really = true
      }
      expect(found).toBe(really)
    }
  })

  it('[L6] what could not be finished is said to be not proved, and stopping ends the work', () => {
    expect(analyse(good, { limit: 2 })).toMatchObject({ proved: false })
    expect(analyse(good, { limit: 2 }).findings.map(f => f.code)).toContain('notProved')
    const stopped = analyse(good, { stop: () => true })
    expect(stopped.proved).toBe(false)
    expect(stopped.findings.filter(f => f.code === 'neverTrue' || f.code === 'shadowed')).toEqual([])
  })

  it('[L7] every code has words in both languages', () => {
    for (const code of FINDING_CODES) for (const lang of ['zh', 'en'] as const) expect(FINDING_WORDS[code][lang].length).toBeGreaterThan(5)
  })
})
