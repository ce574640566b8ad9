import { describe, expect, it } from 'vitest'
import { addDays } from '@songbai/calendar'
import { compilePolicySet, countEn, countZh, encodePerson, explain, evaluatePerson, parsePolicy, printable, sentences, spoken, tableRows } from './index.ts'
import { Timeline } from './ahead.ts'
import { dayNumber } from '@songbai/calendar'
import { loadFacts, loadSet } from '../fixtures/load.ts'
import { asInput, dice, randomFacts } from '../fixtures/random.ts'
import { checkExplanation } from '../fixtures/truth.ts'

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

  it('[S75] [S76] [S78] 10,000 explanations: the change listed makes it yes, the day named makes it yes and the day before not, a no without a change says why, three sentences, nothing that cannot be said', () => {
    const rnd = dice(78)
    const wrong: string[] = []
    const seen = { change: 0, stated: 0, turn: 0 }
    for (let i = 0; i < 1_250; i++) {
      const person = { values: randomFacts(set, rnd, [0, 0.1, 0.4][i % 3]!), records: new Map() }
      for (const item of set.items) {
        const x = explain(set, HERE, item, person, '2026-07-01')
        wrong.push(...checkExplanation(set, person, x).map(f => `${item}: ${f}`))
        if (sentences(x, 'zh').length > 3 || sentences(x, 'en').length > 3) wrong.push(`${item}: more than three sentences`)
        if (/[\d()（）〔〕《》“”"[\]A-Za-z]/.test(spoken(x, 'zh'))) wrong.push(spoken(x, 'zh'))
        if (x.nearest !== null) seen.change++
        if (x.noWay !== null) seen.stated++
        if (x.turnsYes !== null) seen.turn++
      }
    }
    expect(wrong.slice(0, 5)).toEqual([])
    expect(seen.change).toBeGreaterThan(2_000)
    expect(seen.turn).toBeGreaterThan(20)
  }, 240_000)

  it('[S71] a reason is stated where nothing can be changed', () => {
    const reason = (item: string, at: string, facts: object = elder): unknown => explain(set, HERE, item, facts as never, at).noWay
    expect(reason('voucher', '2025-06-01')).toEqual({ reason: 'notInForce' })
    expect(reason('age-allowance', '2026-07-01')).toBeNull()
    const tiny = (rows: string): unknown => {
      const parsed = parsePolicy(`policy: tiny
title: 小
region: 50
version: 1
effective: { from: 2025-01-01 }
draft: true
basis: { b: { doc: d } }
params: { rate: { label: { zh: 标准, en: rate }, values: { 2026-01-01: 100 }, basis: b } }
table: { rows: [${rows}] }`, loadFacts())
      if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
      const made = compilePolicySet([parsed.policy], loadFacts())
      if ('problems' in made) throw new Error('tiny')
      const x = explain(made.set, '50', 'tiny', { hukou: 'local' }, '2025-06-01')
      return [x.noWay, sentences(x, 'zh')[1]]
    }
    expect(tiny("{ id: r, when: 'hukou == \"local\"', amount: rate, basis: b }")).toEqual([{ reason: 'noValue', param: { zh: '标准', en: 'rate' } }, '“标准”在这一天还没有定下数值，定下后才能算。'])
    expect(tiny('{ id: r, from: 2026-01-01, amount: 1, basis: b }')).toEqual([{ reason: 'noRow' }, '如无变化，2026-01-01起符合。'])
    expect(tiny("{ id: r, when: '!has(hukou)', amount: 1, basis: b }")).toEqual([{ reason: 'recordStands' }, '已经登记的情况决定了这一结果，除非登记有误。'])
  })

  it('[S76] what is said on the telephone has no codes, brackets or figures', () => {
    const x = explain(set, HERE, 'age-allowance', elder, '2026-07-01')
    expect(spoken(x, 'zh')).toBe('不符合示例高龄津贴，示例县，年满八十周岁这一条没有满足，现在为七十九周岁。如无变化，二〇二六年十一月二十日起符合。依据示例政办发二〇二三年七号第二条、示例县发二〇二五年一号第一条。')
    expect(spoken(x, 'en')).toContain('Not entitled to Sample advanced-age allowance, sample county, it requires at least eighty years old')
    expect(spoken(x, 'en')).toContain('entitled from 20 November 2026.')
    const yes = explain(set, HERE, 'care-subsidy', elder, '2026-07-01')
    expect(spoken(yes, 'zh')).toContain('符合示例护理补贴，每月两百六十元。这是示例数据，文件里没有规定。')
    expect(spoken(yes, 'en')).toContain('Entitled to Sample care subsidy, two hundred and sixty yuan a month. This is a sample figure, not from a document.')
  })

  it('[S76] numbers in words', () => {
    expect([0, 2, 10, 15, 22, 105, 200, 260, 1_002, 2_000, 10_050, 22_222, 200_000, 100_000_001].map(countZh)).toEqual(['零', '二', '十', '十五', '二十二', '一百零五', '两百', '两百六十', '一千零二', '两千', '一万零五十', '两万两千两百二十二', '二十万', '一亿零一'])
    expect([0, 21, 105, 260, 1_002, 26_000].map(countEn)).toEqual(['zero', 'twenty-one', 'one hundred and five', 'two hundred and sixty', 'one thousand and two', 'twenty-six thousand'])
  })

  it('[S77] a form on paper has every text ready in one language', () => {
    const form = printable(explain(set, HERE, 'care-subsidy', elder, '2026-07-01'), 'zh')
    expect(form).toMatchObject({ title: '示例护理补贴', at: '2026-07-01', sample: '（示例数据，非文件规定）', head: ['要满足', '情况', '从哪里知道', '结论'] })
    expect(form.fields).toEqual([
      { label: '结论', text: '符合' }, { label: '日期', text: '2026-07-01' }, { label: '金额', text: '每月260.00元' }, { label: '符合起始日', text: '2024-09-10' }, { label: '发放', text: '2024-10至2026-09' },
      { label: '下一次变化', text: '2026-09-10 不符合' }, { label: '依据', text: '示例民发〔2024〕18号第三条、示例民发〔2024〕18号第五条' },
    ])
    expect(printable(explain(set, HERE, 'care-subsidy', { ...elder, ltci: null }, '2026-07-01'), 'en').fields.find(f => f.label === 'Missing')!.text).toBe('draws long-term care insurance')
  })
})
