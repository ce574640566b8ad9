import type { IndicatorDefinition, Membership } from './types.ts'

export const visitRate: IndicatorDefinition = {
  id: 'monthlyVisitCoverage', title: { zh: '月探访率', en: 'Monthly visit coverage' }, unit: 'ratio', direction: 'higher', dateRule: 'period', relation: 'within',
  numerator: { definition: { zh: '当月至少一次有效探访的人', en: 'people with at least one valid visit in the month' } },
  denominator: { definition: { zh: '当月在册的特殊困难老年人', en: 'older adults with special difficulties on the list in the month' }, exclusions: { zh: '去世、迁出、住院的，从记录之日起不计', en: 'deaths, moves and hospital stays from the day recorded' } },
  target: { value: 100, over: 100, comparator: 'atLeast', dueDay: '2025-12-31', source: { document: 'inner-mongolia-2024', clause: 's1' } },
  source: { document: 'inner-mongolia-2024', clause: 's1' },
}
export const month = { from: '2026-11-01', to: '2026-11-30' }

export const staffRatio: IndicatorDefinition = { ...visitRate, id: 'staffPerElder', dateRule: 'asAt', relation: 'apart', target: { ...visitRate.target as NonNullable<IndicatorDefinition['target']>, value: 1, over: 3 } }
export const payments: IndicatorDefinition = { ...visitRate, id: 'paid', unit: 'amountFen', direction: 'none', denominator: undefined, target: undefined }

export function createRandom(seed: number): (n: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  return (n) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % n
  }
}

/** A county with townships and villages; every tenth subject is placed only in its township, a few only in the county or nowhere. */
export function randomMembership(seed: number, size: number, weighted = false): { membership: Membership; regions: string[] } {
  const random = createRandom(seed)
  const townships = Array.from({ length: 5 }, (_, i) => `500229${100 + i}`)
  const villages = townships.flatMap((township) => Array.from({ length: 4 }, (_, i) => `${township}${200 + i}`))
  const placeOf = (): string => {
    const kind = random(40)
    if (kind === 0) return '500229'
    if (kind === 1) return '370215001200'
    if (kind === 2) return ''
    return kind < 7 ? townships[random(5)] as string : villages[random(20)] as string
  }
  const inDenominator = new Uint8Array(size)
  const inNumerator = new Uint8Array(size)
  const weight = new Int32Array(size)
  const regions = Array.from({ length: size }, placeOf)
  for (let i = 0; i < size; i++) {
    inDenominator[i] = random(4) === 0 ? 0 : 1
    inNumerator[i] = inDenominator[i] === 1 && random(3) > 0 ? 1 : 0
    weight[i] = random(500)
  }
  const ids = Array.from({ length: size }, (_, i) => `e${i}`)
  return { membership: { ids, regions, inDenominator, inNumerator, ...(weighted ? { weight } : {}) }, regions: ['500229', ...townships, ...villages] }
}
