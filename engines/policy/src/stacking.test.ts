import { describe, expect, it } from 'vitest'
import { compilePolicySet, evaluatePerson, explain, parsePolicies } from './index.ts'
import type { PolicySet } from './index.ts'
import { loadFacts } from '../fixtures/load.ts'

const facts = loadFacts()

/** Items a, b, c with amounts for everybody, and the stacking of each. */
function setOf(items: Record<string, { amount: number; stacking?: string }>): PolicySet {
  const files = Object.entries(items).map(([id, { amount, stacking }]) => ({
    file: id,
    text: `policy: ${id}\ntitle: { zh: ${id}项, en: item ${id} }\nregion: 000000\nversion: 1\neffective: { from: 2020-01-01 }\nbasis: { x: { doc: 示例〔2020〕1号, article: 第九条 } }\ntable: { rows: [{ id: r, amount: ${amount}, basis: x }] }\n${stacking === undefined ? '' : `stacking: [${stacking}]\n`}draft: true\n`,
  }))
  const { policies, problems } = parsePolicies(files, facts)
  const made = compilePolicySet(policies, facts)
  if ('problems' in made || problems.length > 0) throw new Error(JSON.stringify([problems, made]))
  return made.set
}

const amounts = (set: PolicySet, person: object = {}): string => evaluatePerson(set, '500229', { ...person }, '2026-01-01').map(a => `${a.item}=${a.amount}`).join(' ')

describe('stacking', () => {
  it('[S42] max: the highest amount counts, a tie goes to the item that wrote the rule', () => {
    expect(amounts(setOf({ a: { amount: 100, stacking: '{ kind: max, with: [b, c], basis: x }' }, b: { amount: 300 }, c: { amount: 200 } }))).toBe('a=0 b=300 c=0')
    expect(amounts(setOf({ a: { amount: 300, stacking: '{ kind: max, with: [b], basis: x }' }, b: { amount: 300 } }))).toBe('a=300 b=0')
  })

  it('[S43] first: order of preference, with self where it is written', () => {
    expect(amounts(setOf({ a: { amount: 900, stacking: '{ kind: first, with: [b, self], basis: x }' }, b: { amount: 1 } }))).toBe('a=0 b=1')
  })

  it('[S44] cap: the last in the list is cut first, and may keep a part', () => {
    expect(amounts(setOf({ a: { amount: 100, stacking: '{ kind: cap, with: [b, c], limit: 250, basis: x }' }, b: { amount: 100 }, c: { amount: 100 } }))).toBe('a=100 b=100 c=50')
  })

  it('[S45] offset: the others are subtracted, not below nothing', () => {
    expect(amounts(setOf({ a: { amount: 100, stacking: '{ kind: offset, with: [b], basis: x }' }, b: { amount: 30 } }))).toBe('a=70 b=30')
    expect(amounts(setOf({ a: { amount: 100, stacking: '{ kind: offset, with: [b], basis: x }' }, b: { amount: 130 } }))).toBe('a=0 b=130')
  })

  it('[S46] suspend comes before the others: what is not paid displaces nothing', () => {
    const set = setOf({ a: { amount: 100, stacking: '{ kind: max, with: [b], basis: x }' }, b: { amount: 300, stacking: '{ kind: suspend, when: ltci, text: 暂停, basis: x }' } })
    expect(amounts(set, { ltci: true })).toBe('a=100 b=0')
    expect(amounts(set, { ltci: false })).toBe('a=0 b=300')
    expect(evaluatePerson(set, '500229', {}, '2026-01-01').find(x => x.item === 'b')).toMatchObject({ answer: 'unknown', missing: ['ltci'] })
  })

  it('[S47] the loser keeps its amount, and the explanation gives reason and clause', () => {
    const set = setOf({ a: { amount: 100, stacking: '{ kind: max, with: [b], basis: x }' }, b: { amount: 300 } })
    const x = explain(set, '500229', 'a', {}, '2026-01-01')
    expect(x).toMatchObject({ answer: 'yes', standing: 'displaced', rawFen: 100, amountFen: 0, stack: { kind: 'max', others: [{ item: 'b', amountFen: 300 }], basis: [{ article: '第九条' }] } })
  })
})
