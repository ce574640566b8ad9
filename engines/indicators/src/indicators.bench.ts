import { bench, describe } from 'vitest'
import { evaluate, explainDifference } from './index.ts'
import { month, randomMembership, visitRate } from './indicators.fixture.ts'

const { membership, regions } = randomMembership(1, 200_000)
const other = { ...membership, inNumerator: membership.inNumerator instanceof Uint8Array ? membership.inNumerator.map((n, i) => (i % 9 === 0 ? 0 : n)) : [] }

describe('200,000 subjects, 26 regions', () => {
  bench('evaluate', () => { evaluate(visitRate, membership, regions, month) })
  bench('explainDifference', () => { explainDifference(visitRate, { membership, region: '500229' }, { membership: other, region: '500229' }) }, { iterations: 3, time: 500 })
})
