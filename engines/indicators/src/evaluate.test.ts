import { describe, expect, it } from 'vitest'
import { checkIndicator, checkParts, drill, evaluate, rowsOf, valueAt } from './index.ts'
import type { Cell, IndicatorDefinition, IndicatorError, Membership } from './index.ts'
import { month, payments, randomMembership, staffRatio, visitRate } from './indicators.fixture.ts'

const small: Membership = {
  ids: ['a', 'b', 'c', 'd', 'e'],
  regions: ['500229100200', '500229100200', '500229100201', '500229100', '370215001200'],
  inDenominator: [1, 1, 1, 1, 1], inNumerator: [1, 0, 1, 1, 0],
}
const tree = ['500229', '500229100', '500229100200', '500229100201', '500229101']
const codeOf = (f: () => unknown): string => { try { f() } catch (e) { return (e as IndicatorError).code } return 'none' }

describe('definitions', () => {
  const target = visitRate.target as NonNullable<IndicatorDefinition['target']>
  it.each<[string, IndicatorDefinition]>([
    ['wordsMissing', { ...visitRate, title: { zh: '月探访率', en: '' } }],
    ['wordsMissing', { ...visitRate, numerator: { definition: { zh: ' ', en: 'visited' } } }],
    ['targetAgainstDirection', { ...visitRate, target: { ...target, comparator: 'atMost' } }],
    ['sourceMissing', { ...visitRate, target: { ...target, source: { document: 'inner-mongolia-2024', clause: '' } } }],
    ['denominatorMissing', { ...visitRate, denominator: undefined }],
    ['denominatorUnused', { ...visitRate, unit: 'count' }],
    ['targetNotWhole', { ...visitRate, target: { ...target, value: 0.8, over: 1 } }],
    ['targetAgainstDirection', { ...visitRate, direction: 'lower' }],
    ['targetImpossible', { ...visitRate, target: { ...target, value: 101 } }],
    ['dueDayNotADay', { ...visitRate, target: { ...target, dueDay: '2025-02-29' } }],
    ['sourceMissing', { ...visitRate, target: { ...target, source: { document: '', clause: '' } } }],
  ])('[S1] %s is found', (code, definition) => {
    expect(checkIndicator(definition).map((finding) => finding.code)).toContain(code)
  })

  it('[S1] the sample definitions are clean', () => {
    for (const definition of [visitRate, payments]) expect(checkIndicator(definition)).toEqual([])
    expect(checkIndicator({ ...visitRate, direction: 'lower', target: { ...target, comparator: 'atMost' } })).toEqual([])
    expect(checkIndicator({ ...visitRate, target: { ...target, sample: true, source: { document: '', clause: '' } } })).toEqual([])
  })
})

describe('sums', () => {
  it('[S4] one pass gives every region, and [S5] what is known less exactly is its own part', () => {
    const evaluation = evaluate(visitRate, small, tree, month)
    expect(drill(evaluation, '500229')).toEqual({ region: '500229', value: { known: true, numerator: 3, denominator: 4 }, children: [{ region: '500229100', value: { known: true, numerator: 3, denominator: 4 } }, { region: '500229101', value: { known: false, why: 'zeroDenominator' } }], rest: null })
    expect(drill(evaluation, '500229100')).toMatchObject({ children: [{ value: { numerator: 1, denominator: 2 } }, { value: { numerator: 1, denominator: 1 } }], rest: { known: true, numerator: 1, denominator: 1 } })
    expect(evaluation.outside).toEqual({ numerator: 0, denominator: 1 })
    expect(drill(evaluation, '44')).toBeNull()
  })

  it('[S4] a level left out of the tree is skipped, not lost', () => {
    const evaluation = evaluate(visitRate, small, ['50', '500229100200', '500229100201'], month)
    expect(evaluation.nodes.get('50')).toMatchObject({ children: ['500229100200', '500229100201'], total: { numerator: 3, denominator: 4 }, rest: { numerator: 1, denominator: 1 } })
  })

  it('[S4] the tree is the same in whatever order its regions are asked for, children by code', () => {
    const shuffled = ['500229100201', '500229', '500229101', '500229100200', '500229100']
    const nodes = evaluate(visitRate, small, shuffled, month).nodes
    expect(nodes).toEqual(evaluate(visitRate, small, tree, month).nodes)
    expect([nodes.get('500229')?.children, nodes.get('500229100')?.children]).toEqual([['500229100', '500229101'], ['500229100200', '500229100201']])
  })

  it('[S6] nobody in the denominator is no value, neither 0 nor 100 %', () => {
    const evaluation = evaluate(visitRate, small, tree, month)
    expect(valueAt(evaluation, '500229101')).toEqual({ known: false, why: 'zeroDenominator' })
    expect(valueAt(evaluation, '44')).toEqual({ known: false, why: 'noSuchRegion' })
    const none = evaluate({ ...payments, unit: 'count' }, { ...small, inNumerator: [0, 0, 0, 0, 0] }, tree, month)
    expect(valueAt(none, '500229')).toEqual({ known: true, numerator: 0, denominator: 1 }) // a count of nothing is 0
  })

  it('[S2] weight counts on both sides of a ratio, on the numerator of minutes, and alone in a sum', () => {
    const weighted = { ...small, weight: [10, 20, 30, 40, 50] }
    const sum = (definition: IndicatorDefinition): Cell | undefined => evaluate(definition, weighted, tree, month).nodes.get('500229')?.total
    expect(sum(visitRate)).toEqual({ numerator: 80, denominator: 100 })
    expect(sum({ ...visitRate, unit: 'minutes' })).toEqual({ numerator: 80, denominator: 4 })
    expect(sum(payments)).toEqual({ numerator: 80, denominator: 0 })
  })

  it('[S3] columns that contradict themselves are refused by code', () => {
    const tryWith = (more: Partial<Membership>, definition = visitRate) => codeOf(() => evaluate(definition, { ...small, ...more }, tree, month))
    expect(tryWith({ inDenominator: [0, 1, 1, 1, 1] })).toBe('indicators.numeratorOutsideDenominator')
    expect(tryWith({ inDenominator: [0, 1, 1, 1, 1] }, { ...visitRate, relation: 'apart' })).toBe('none')
    expect(tryWith({ ids: ['a', 'a', 'c', 'd', 'e'] })).toBe('indicators.doubleSubject')
    for (const short of [{ inNumerator: [1] }, { inDenominator: [1] }, { regions: ['500229'] }, { weight: [1] }]) expect(tryWith(short)).toBe('indicators.lengthsDiffer')
    expect(tryWith({ weight: [1, 1, 1, 1, 0.5] })).toBe('indicators.badWeight')
    expect(tryWith({ weight: [1, 1, 1, 1, -1] })).toBe('indicators.badWeight')
    expect(tryWith({ weight: [Number.MAX_SAFE_INTEGER, 1, 1, 1, 1] })).toBe('indicators.sumTooLarge')
    expect(codeOf(() => evaluate(visitRate, small, ['50022'], month))).toBe('indicators.badRegion')
  })

  it('[S4] the date rule of the indicator is kept', () => {
    expect(codeOf(() => evaluate(visitRate, small, tree, { at: '2026-11-30' }))).toBe('indicators.dateRuleDiffers')
    expect(codeOf(() => evaluate(staffRatio, small, tree, month))).toBe('indicators.dateRuleDiffers')
    expect(codeOf(() => evaluate(visitRate, small, tree, { from: '2026-11-30', to: '2026-11-01' }))).toBe('indicators.badPeriod')
    expect(codeOf(() => evaluate(staffRatio, small, tree, { at: '2026-02-29' }))).toBe('indicators.badPeriod')
  })

  it('[S5] on 60 random counties children and rest equal the parent, and every number equals a plain recount and its rows', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { membership, regions } = randomMembership(seed, 600, seed % 2 === 0)
      const evaluation = evaluate(visitRate, membership, regions, month)
      for (const region of regions) {
        // The recount knows nothing of the tree: it filters by prefix, subject by subject.
        const recount = { numerator: 0, denominator: 0 }
        membership.ids.forEach((_, i) => {
          if (!(membership.regions[i] as string).startsWith(region)) return
          recount.numerator += membership.inNumerator[i] === 1 ? membership.weight?.[i] ?? 1 : 0
          recount.denominator += membership.inDenominator[i] === 1 ? membership.weight?.[i] ?? 1 : 0
        })
        expect(evaluation.nodes.get(region)?.total, `${seed} ${region}`).toEqual(recount)
        if (membership.weight !== undefined) continue
        const rows = (which: 'numerator' | 'denominator' | 'missing') => rowsOf(visitRate, membership, region, which).length
        expect([rows('numerator'), rows('denominator'), rows('missing')]).toEqual([recount.numerator, recount.denominator, recount.denominator - recount.numerator])
      }
      const all = [...evaluation.nodes.values()].reduce((sum, node) => sum + node.rest.denominator, evaluation.outside.denominator)
      expect(all).toBe(membership.ids.reduce((sum, _, i) => sum + (membership.inDenominator[i] === 1 ? membership.weight?.[i] ?? 1 : 0), 0))
    }
  })

  it('[S5] a stored evaluation whose parts were altered is found', () => {
    const evaluation = evaluate(visitRate, small, tree, month)
    const node = evaluation.nodes.get('500229100') as NonNullable<ReturnType<typeof evaluation.nodes.get>>
    const altered = new Map(evaluation.nodes).set('500229100', { ...node, total: { numerator: 4, denominator: 4 } })
    expect(codeOf(() => checkParts({ nodes: altered }))).toBe('indicators.partsDiffer')
  })

  it('[S7] the rows behind a number, and the work still to do', () => {
    expect(rowsOf(visitRate, small, '500229', 'numerator')).toEqual(['a', 'c', 'd'])
    expect(rowsOf(visitRate, small, '500229', 'missing')).toEqual(['b'])
    expect(rowsOf(payments, small, '500229', 'denominator')).toEqual([])
  })
})
