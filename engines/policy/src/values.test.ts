import { describe, expect, it } from 'vitest'
import { compilePolicySet, evaluatePerson, parseFacts, parsePolicies } from './index.ts'
import type { PersonAnswer, PolicySet } from './index.ts'

const dictionary = parseFacts(`
version: 1
facts:
  - { id: birth, label: { zh: 出生日期, en: birth }, type: day, from: elders, population: elder, absent: unknown, ask: { zh: 查户口簿, en: booklet } }
  - { id: member, label: { zh: 成员, en: member }, type: bool, from: elders, population: elder, absent: no }
  - { id: told, label: { zh: 已告知, en: told }, type: bool, from: elders, population: elder, absent: unknown, ask: { zh: 入户核实, en: visit } }
  - { id: pension, label: { zh: 每月养老金, en: monthly pension }, type: fen, unit: { zh: 分/月, en: fen a month }, min: 0, max: 10000000, from: elders, population: elder, absent: unknown, ask: { zh: 问社保部门, en: ask the pension office } }
`)
if (!('facts' in dictionary)) throw new Error(JSON.stringify(dictionary))
const { facts } = dictionary

function setOf(rows: Record<string, { when?: string; amount: string }>): PolicySet {
  const files = Object.entries(rows).map(([id, { when, amount }]) => ({
    file: id,
    text: `policy: ${id}\ntitle: { zh: ${id}项, en: item ${id} }\nregion: 000000\nversion: 1\neffective: { from: 2020-01-01 }\nbasis: { x: { doc: 示例〔2020〕1号, article: 第九条 } }\ntable: { rows: [{ id: r, ${when === undefined ? '' : `when: '${when}', `}amount: '${amount}', basis: x }] }\ndraft: true\n`,
  }))
  const { policies, problems } = parsePolicies(files, facts)
  const made = compilePolicySet(policies, facts)
  if ('problems' in made || problems.length > 0) throw new Error(JSON.stringify([problems, made]))
  return made.set
}

const answer = (set: PolicySet, item: string, person: object): PersonAnswer => evaluatePerson(set, '500229', { ...person }, '2026-01-01').find((one) => one.item === item)!

describe('values', () => {
  it('[S25] what is not on record is unknown, unless the dictionary says that absent means no', () => {
    expect(answer(setOf({ a: { when: 'told', amount: '1' } }), 'a', {}).answer).toBe('unknown')
    expect(answer(setOf({ a: { when: 'member', amount: '1' } }), 'a', {}).answer).toBe('no')
    expect(answer(setOf({ a: { when: '!member', amount: '1' } }), 'a', {}).answer).toBe('yes')
  })

  it('[S27] shares round half up, what is below nothing is nothing', () => {
    const share = (pension: number): number => answer(setOf({ a: { amount: 'share(pension, 1, 2)' } }), 'a', { pension }).amount
    expect([share(4), share(5), share(1)]).toEqual([2, 3, 1])
    expect(answer(setOf({ a: { amount: 'pension - 10' } }), 'a', { pension: 3 }).amount).toBe(0)
  })

  it('[S41] and, or, not over true, false and unknown are Kleene\'s', () => {
    const states = [['yes', true], ['no', false], ['unknown', undefined]] as const
    const and = { yes: { yes: 'yes', no: 'no', unknown: 'unknown' }, no: { yes: 'no', no: 'no', unknown: 'no' }, unknown: { yes: 'unknown', no: 'no', unknown: 'unknown' } } as const
    const or = { yes: { yes: 'yes', no: 'yes', unknown: 'yes' }, no: { yes: 'yes', no: 'no', unknown: 'unknown' }, unknown: { yes: 'yes', no: 'unknown', unknown: 'unknown' } } as const
    const not = { yes: 'no', no: 'yes', unknown: 'unknown' } as const
    const set = setOf({ a: { when: 'told && pension == 1', amount: '1' }, b: { when: 'told || pension == 1', amount: '1' }, c: { when: '!told', amount: '1' } })
    for (const [p, told] of states) for (const [q, one] of states) {
      const person = { ...(told === undefined ? {} : { told }), ...(one === undefined ? {} : { pension: one ? 1 : 2 }) }
      expect([answer(set, 'a', person).answer, answer(set, 'b', person).answer, answer(set, 'c', person).answer], `${p} ${q}`).toEqual([and[p][q], or[p][q], not[p]])
    }
  })

  it('[S48] an item may read the raw result of another, and a circle of them is refused', () => {
    const set = setOf({ a: { when: 'told', amount: '7' }, b: { when: 'item.a', amount: '2' } })
    expect(answer(set, 'b', { told: true }).amount).toBe(2)
    expect(answer(set, 'b', { told: false }).answer).toBe('no')
    expect(() => setOf({ a: { when: 'item.b', amount: '1' }, b: { when: 'item.a', amount: '1' } })).toThrow()
  })
})
