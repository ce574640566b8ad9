import { describe, expect, it } from 'vitest'
import { addDays } from '@songbai/calendar'
import { encodePerson, explain, evaluatePerson, sentences, tableRows } from './index.ts'
import { Timeline } from './ahead.ts'
import { dayNumber } from '@songbai/calendar'
import { loadSet } from '../fixtures/load.ts'
import { asInput, dice, randomFacts } from '../fixtures/random.ts'

const set = loadSet()
const HERE = '500229001003'

describe('explanation', () => {
  const elder = {
    birth: { value: '1946-11-20', source: '身份证' }, hukou: { value: '本县户籍', source: '户口簿', validFrom: '2001-05-01' }, income: { value: '低保', source: '民政救助系统', validFrom: '2022-01-01' },
    ability: { value: 'severe', source: '能力评估', validFrom: '2024-09-10' }, assessed: { value: '2024-09-10', source: '能力评估', validFrom: '2024-09-10' }, ltci: false, disabilities: [], pension: 200000,
  }

  it('[S70] a yes names row, amount, parameter date, clause, values with source, pay months and the day it ends', () => {
    const x = explain(set, HERE, 'care-subsidy', elder, '2026-07-01')
    expect(x).toMatchObject({ answer: 'yes', standing: 'entitledNotEnjoying', rows: ['r1'], amountFen: 26000, since: '2024-09-10', pay: { first: '2024-10', last: '2026-09' }, sample: true })
    expect(x.params).toMatchObject([{ name: 'hi', value: 26000, from: '2026-01-01' }])
    expect(x.conditions.map(c => [c.name, c.verdict])).toEqual([['本地户籍', 'yes'], ['评估有效', 'yes'], [undefined, 'yes'], [undefined, 'yes']])
    expect(x.conditions[0]!.facts[0]).toMatchObject({ fact: 'hukou', value: 'local', source: '户口簿', validFrom: '2001-05-01' })
    expect(x.ahead[0]).toMatchObject({ on: '2026-09-10', answer: 'no' })
    expect(sentences(x, 'zh')).toEqual([
      '符合“示例护理补贴”：每月260.00元（示例数据，非文件规定）。', '2026-09-10起不再符合，请提前办理复核。', '依据示例民发〔2024〕18号第三条、示例民发〔2024〕18号第五条，从2024-10起发。',
    ])
    expect(sentences(x, 'en')[0]).toBe('Entitled to Sample care subsidy: 260.00 yuan a month (sample figure, not from a document).')
    expect(tableRows(x, 'zh')[1]).toEqual({ required: '评估有效（能力评估日期在最近24个月内）', actual: '2024-09-10', source: '能力评估，2024-09-10起', verdict: '满足', answer: 'yes' })
  })

  it('[S71] a no names the one condition not met and the day it turns', () => {
    const x = explain(set, HERE, 'age-allowance', elder, '2026-07-01')
    expect(x).toMatchObject({ answer: 'no', standing: 'notYet', nearest: { row: 'r80', changes: [{ fact: 'birth', kind: 'time', on: '2026-11-20', years: 80 }] } })
    expect(x.ahead.slice(0, 2)).toMatchObject([{ on: '2026-11-20', row: 'r80', amountFen: 8000 }, { on: '2027-01-01', row: 'r80', amountFen: 9000 }])
    expect(sentences(x, 'zh').slice(0, 2)).toEqual(['不符合“示例高龄津贴（示例县）”：年满80周岁这一条没有满足，现在为“79周岁”。', '如无变化，2026-11-20起符合。'])
  })

  it('[S72] without an assessment the answer waits and says whom to ask', () => {
    const { ability: _a, assessed: _d, ...rest } = elder
    const x = explain(set, HERE, 'care-subsidy', rest, '2026-07-01')
    expect(x).toMatchObject({ answer: 'unknown', standing: 'unknown' })
    expect(x.missing.map(m => m.fact)).toEqual(['assessed', 'ability'])
    expect(sentences(x, 'zh').slice(0, 2)).toEqual(['“示例护理补贴”待定：还缺少能力评估日期、能力等级。', '要弄清楚：安排能力评估。'])
  })

  it('[S73] what a person draws is set beside what the rules say', () => {
    const standing = (facts: object, item: string): string => evaluatePerson(set, HERE, { ...elder, ...facts }, '2026-07-01').find(a => a.item === item)!.standing
    expect(standing({ 'benefit.care-subsidy': '2025-01-01' }, 'care-subsidy')).toBe('entitledEnjoying')
    expect(standing({}, 'care-subsidy')).toBe('entitledNotEnjoying')
    expect(standing({ 'benefit.age-allowance': '2025-01-01' }, 'age-allowance')).toBe('enjoyingNotEntitled')
    expect(standing({ ltci: true }, 'care-subsidy')).toBe('displaced')
    expect(standing({ ltci: null }, 'care-subsidy')).toBe('unknown')
    expect(standing({ hukou: '外地户籍' }, 'care-subsidy')).toBe('no')
  })

  it('[S74] every turn is right on the day before and on the day, and no turn is left out', () => {
    const rnd = dice(5)
    const from = dayNumber('2026-07-01')
    const wrong: string[] = []
    for (let i = 0; i < 60; i++) {
      const person = encodePerson(set, asInput(set, randomFacts(set, rnd, 0.1)))
      const line = new Timeline(set, HERE, person, i % set.items.length)
      const turns = new Map(line.turns(from, from + 730).map(t => [t.on, t]))
      let before = line.outcome(from)
      for (let day = from + 1; day <= from + 730; day++) {
        const now = line.outcome(day)
        const same = now.answer === before.answer && now.code === before.code && now.amount === before.amount && now.stack === before.stack
        if (same === turns.has(day)) wrong.push(`${set.items[i % set.items.length]} ${addDays('1970-01-01', day)}`)
        before = now
      }
    }
    expect(wrong).toEqual([])
  })
})
