import { describe, expect, it } from 'vitest'
import { compilePolicySet, evaluatePerson, parseDraft, parseFacts, parsePolicies, parsePolicy } from './index.ts'
import { ExprError, parseExpression } from './expr.ts'
import { loadFacts, loadPolicies, text } from '../fixtures/load.ts'

const facts = loadFacts()
const GOOD = text('policies/care-subsidy.yaml')

/** `line:col code` of every problem after one replacement in the good file. */
function mistakes(from: string, to: string): string[] {
  if (!GOOD.includes(from)) throw new Error(`not in the file: ${from}`)
  const parsed = parsePolicy(GOOD.replace(from, to), facts)
  if ('policy' in parsed) return []
  return parsed.problems.map(p => `${p.code}${p.args['suggestion'] === undefined || p.args['suggestion'] === '' ? '' : ` → ${p.args['suggestion']}`}`)
}

/** Where the first problem stands, as the text from there on. */
function place(from: string, to: string): string {
  const changed = GOOD.replace(from, to)
  const parsed = parsePolicy(changed, facts)
  if ('policy' in parsed) return ''
  const { line, col } = parsed.problems[0]!
  return changed.split('\n')[line - 1]!.slice(col - 1)
}

describe('policy file', () => {
  it('[S18] a half-written file is kept: what can be read counts, a row with a mistake or resting on one does not, every mistake is listed', () => {
    const half = GOOD.replace('ability >= "moderate"', 'abilty >=').replace('version: 1', 'version: 1\ndraft: true').replace(/cases:[^]*$/, '')
    const { policy, problems } = parseDraft(half, facts, { file: 'half.yaml' })
    expect(policy!.rows.map(r => r.id)).toEqual(['r1'])
    expect(policy!.draft).toBe(true)
    expect(problems.map(p => [p.file, p.line, p.code])).toEqual([['half.yaml', half.slice(0, half.indexOf('abilty')).split('\n').length, 'exprUnexpected']])
    const byName = parseDraft(GOOD.replace('hukou == "local"', 'hukou == "locl"'), facts)
    expect(byName.policy!.rows).toEqual([])
    const made = compilePolicySet([policy!], { ...facts, perPolicy: facts.perPolicy })
    expect('problems' in made ? made.problems.map(p => p.code) : []).toEqual(['unknownItem', 'unknownItem'])
    const alone = compilePolicySet([{ ...policy!, stacking: [] }], facts)
    if ('problems' in alone) throw new Error('alone')
    expect(evaluatePerson(alone.set, '500000', { hukou: 'other' }, '2026-07-01')[0]!.answer).toBe('no')
  })

  it('[S18] nothing throws on a draft cut off anywhere', () => {
    for (let n = 0; n < GOOD.length; n += 7) expect(Array.isArray(parseDraft(GOOD.slice(0, n), facts).problems)).toBe(true)
    expect(parseDraft('', facts)).toMatchObject({ policy: null, problems: [{ code: 'notAMap' }] })
  })

  it.each([
    ['listItem: 6', 'listitem: 6', 'unknownKey → listItem'],
    ['ability >= "severe"', 'abilty >= "severe"', 'exprUnknownName → ability'],
    ['ability >= "severe"', 'ability >= "sever"', 'exprUnknownValue → severe'],
    ['ability >= "severe"', 'income >= "低保"', 'exprNotOrdered'],
    ['ability >= "severe"', 'ability >= 3', 'exprValueExpected'],
    ['ability >= "severe"', 'pension >= "2020-01-01"', 'exprType'],
    ['ability >= "severe"', 'assessed >= 3', 'exprType'],
    ['ability >= "severe"', 'pension', 'exprNotYesNo → has(pension)'],
    ['ability >= "severe"', 'pension >= 3.5', 'exprDecimal'],
    ['ability >= "severe"', 'age ≥ 80', 'exprCharacter → >='],
    ['ability >= "severe"', 'pension / 2 > 1', 'exprCharacter → share(x, num, den)'],
    ['ability >= "severe"', '60 <= age <= 80', 'exprChain'],
    ['ability >= "severe"', 'livesIn == "x"', 'exprRegionFact'],
    ['ability >= "severe"', 'within(assessed, 24, "months")', 'exprUnit'],
    ['within(assessed', 'wihtin(assessed', 'exprUnknownFunction → within'],
    ['amount: hi,', 'amount: hig,', 'exprUnknownName → hi'],
    ['amount: hi,', 'amount: -5,', 'outOfRange'],
    ['amount: hi,', 'amount: 12.5,', 'notAnInteger'],
    ['basis: a3, floor', 'basis: a33, floor', 'unknownClause → a3'],
    ['effective: { from: 2024-01-01 }', 'effective: { from: 2024-02-30 }', 'notADay'],
    ['region: 50', 'region: 501', 'badRegion'],
    ['version: 1', 'version: 0', 'outOfRange'],
    ['kind: max', 'kind: mox', 'unknownValue → max'],
    ['with: [disability-care, destitute-care], ', '', 'keyMissing'],
    ['end: eventMonth', 'end: eventMoth', 'unknownValue → eventMonth'],
    ['?auto, 能力', '?aoto, 能力', 'unknownValue → auto'],
    ['on: [ability', 'on: [abilty', 'unknownFact → ability'],
    ['every: 24 months', 'every: 2 years', 'badSpan'],
    ['in: { birth: 1945-03-02, hukou: local, income: 低保', 'in: { birth: 1945-03-02, hukou: local, income: 低宝', 'factValue → 低保'],
    ['out: { row: r1, amount: 26000 }', 'out: { row: r7, amount: 26000 }', 'unknownRow → r1'],
    ['  本地户籍: hukou', '  alone: hukou', 'nameTaken'],
    ['- { id: r2, when', '- { id: r1, when', 'duplicate'],
  ])('[S10] %s as %s is refused: %s', (from, to, code) => {
    expect(mistakes(from, to)).toContain(code)
  })

  it('[S11] a mistake inside a condition is placed at its word', () => {
    expect(place('income in ["低保", "特困"] && ability', 'income in ["低保", "特困"] && abilty')).toMatch(/^abilty >=/)
    expect(place('  评估有效: within(assessed, 24', '  评估有效: within(asessed, 24')).toMatch(/^asessed, 24/)
  })

  it('[S12] every mistake of a file is listed, not only the first', () => {
    expect(mistakes('listItem: 6\nregion: 50', 'listitem: 6\nregion: 5a\nunits: 分')).toHaveLength(3)
  })

  it('[S13] empty, broken and odd files are problems, never exceptions', () => {
    for (const bad of ['', '[]', 'a: [', 'policy: x', '42', 'policy: &a *a', `policy: x\n${'['.repeat(2000)}`, GOOD.replace('ability >= "severe"', `${'('.repeat(3000)}1`)]) {
      const parsed = parsePolicy(bad, facts)
      expect('problems' in parsed && parsed.problems.length).toBeGreaterThan(0)
    }
  })

  it('[S14] operators bind as in CEL: or, and, comparison, plus and minus, times', () => {
    expect(parseExpression('a || b && c + 1 * 2 < 4')).toMatchObject({ op: '||', b: { op: '&&', b: { op: '<', a: { op: '+', b: { op: '*' } } } } })
    expect(parseExpression('a - b - c')).toMatchObject({ op: '-', a: { op: '-' } })
    expect(() => parseExpression('a &&')).toThrow(ExprError)
  })

  it('[S15] a set refuses unknown items, circles and the same version twice', () => {
    const policies = loadPolicies(facts)
    const codes = (extra: string): string[] => {
      const made = compilePolicySet([...policies, ...parsePolicies([{ file: 'x.yaml', text: extra }], facts).policies], facts)
      return 'problems' in made ? made.problems.map(p => p.code) : []
    }
    const file = (id: string, when: string): string => `policy: ${id}\ntitle: x\nregion: 50\nversion: 1\neffective: { from: 2020-01-01 }\nbasis: { a: { doc: x } }\ntable: { rows: [{ id: r, when: '${when}', basis: a }] }\ndraft: true\n`
    expect(codes(file('new-one', 'item.voucher'))).toEqual([])
    expect(codes(file('new-one', 'item.vouchr'))).toEqual(['unknownItem'])
    expect(codes(file('new-one', 'has(benefit.vouchr)'))).toEqual(['unknownFact'])
    expect(codes(file('new-one', 'item.new-one'))).toEqual(['itemCircle'])
    expect(codes(file('voucher', 'alone'))).toEqual(['duplicate'])
  })

  it('[S16] a fact dictionary with a wrong type, a code without values or a missing key is refused', () => {
    const base = text('facts.yaml')
    const codes = (from: string, to: string): string[] => {
      const parsed = parseFacts(base.replace(from, to))
      return 'problems' in parsed ? parsed.problems.map(p => p.code) : []
    }
    expect(codes('type: day, from', 'type: date, from')).toEqual(['unknownValue'])
    expect(codes(', values: [{ id: local, zh: 本县户籍, en: local }, { id: other, zh: 外地户籍, en: elsewhere }]', '')).toEqual(['valuesMissing'])
    expect(codes('absent: unknown, ask: { zh: 查户口簿, en: household booklet } }', 'ask: { zh: 查户口簿, en: household booklet } }')).toEqual(['keyMissing'])
    expect(codes('id: birth', 'id: hukou')).toEqual(['duplicate'])
  })
})
