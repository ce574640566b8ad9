import { expect, test } from 'vitest'
import { Anneal, plainKit } from './anneal.ts'
import { CareSearch } from './hhcrsp-search.ts'
import { checkHhcrsp, readHhcrsp } from './hhcrsp.ts'
import { Random } from './random.ts'
import { createSearch } from './search.ts'
import { readVroom } from './read-vroom.ts'
import { modelOfSolomon, readSolomon, SCALE } from './solomon.ts'

/** Customers on a ring around the depot: with one vehicle the shortest tour is the ring itself. */
function ring(customers: number, vehicles: number): string {
  const row = (i: number): string => {
    const angle = (2 * Math.PI * i) / customers
    return `${i + 1} ${(100 * Math.cos(angle)).toFixed(4)} ${(100 * Math.sin(angle)).toFixed(4)} 1 0 10000 0`
  }
  return `RING\n\nVEHICLE\nNUMBER CAPACITY\n${vehicles} 1000\n\nCUSTOMER\n0 0 0 0 0 10000 0\n${Array.from({ length: customers }, (_, i) => row(i)).join('\n')}\n`
}

test('[R5] the shortest tour of a ring is found, and its length is that of the file', () => {
  const instance = readSolomon(ring(24, 3))
  if ('problems' in instance) throw new Error(instance.problems.join())
  const model = modelOfSolomon(instance)
  const search = new Anneal(model, { seed: 1, iterations: 3000 }, plainKit(model))
  search.run(3000)
  const side = 2 * 100 * Math.sin(Math.PI / 24)
  expect(search.best.unserved).toBe(0)
  expect(search.best.cost / SCALE).toBeCloseTo(23 * side + 200, 1)
})

test('[R4] a vehicle that can serve but one customer serves the one that matters more, however far', () => {
  const read = readVroom({ vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [1] }], jobs: [{ id: 1, location_index: 1, delivery: [1], priority: 10 }, { id: 2, location_index: 2, delivery: [1], priority: 90 }], matrices: { car: { durations: [[0, 1, 900], [1, 0, 900], [900, 900, 0]] } } })
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  const search = createSearch(read.problem, { seed: 1, iterations: 200 })
  search.run(200)
  expect(search.solution()).toMatchObject({ summary: { unassigned: 1, cost: 1800 }, unassigned: [{ id: 1 }] })
})

/** Random patients, every third in need of two carers. */
function careInstance(seed: number): unknown {
  const random = new Random(seed)
  const points = Array.from({ length: 13 }, () => [random.below(100), random.below(100)] as const)
  const patients = points.slice(1).map((location, i) => {
    const from = random.below(400)
    const two = i % 3 === 0
    return {
      id: `p${i + 1}`, location, time_window: [from, from + 120], required_caregivers: two ? [{ service: 's1', duration: 20 }, { service: 's2', duration: 15 }] : [{ service: random.below(2) === 0 ? 's1' : 's2', duration: 20 }],
      ...(two ? { synchronization: i % 2 === 0 ? { type: 'simultaneous' } : { type: 'sequential', distance: [10, 40] } } : {}),
    }
  })
  return { patients, services: [{ id: 's1' }, { id: 's2' }], caregivers: [{ id: 'c1', abilities: ['s1', 's2'] }, { id: 'c2', abilities: ['s1'] }, { id: 'c3', abilities: ['s2'] }], central_offices: [{ id: 'd', location: points[0] }], distances: points.map(([x, y]) => points.map(([u, v]) => Math.hypot(x - u, y - v))) }
}

test('[R6] the starts given meet every window, ability and distance between two carers, and cost what they say', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const read = readHhcrsp(careInstance(seed))
    if ('faults' in read) throw new Error(JSON.stringify(read.faults))
    const search = new CareSearch(read.instance, { seed, iterations: 2000 })
    search.run(2000)
    const solution = search.solution()
    const checked = checkHhcrsp(read.instance, solution)
    expect(checked.violations, `seed ${seed}`).toEqual([])
    for (const key of ['distance', 'totalTardiness', 'maxTardiness', 'cost'] as const) expect(checked[key]).toBeCloseTo(solution[key], 6)
  }
})

test('[R6] the checker sees a carer in two places, a missing service and a gap that is too wide', () => {
  const read = readHhcrsp({ patients: [{ id: 'p1', time_window: [0, 100], required_caregivers: [{ service: 'a', duration: 10 }, { service: 'b', duration: 10 }], synchronization: { type: 'simultaneous' } }], caregivers: [{ id: 'c1', abilities: ['a', 'b'] }, { id: 'c2', abilities: ['a', 'b'] }], distances: [[0, 5], [5, 0]] })
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  const visit = (service: string, start: number) => ({ patient: 'p1', service, start })
  const faults = (routes: Parameters<typeof checkHhcrsp>[1]['routes']): number => checkHhcrsp(read.instance, { routes }).violations.length
  expect(faults([{ caregiver: 'c1', visits: [visit('a', 5)] }, { caregiver: 'c2', visits: [visit('b', 5)] }])).toBe(0)
  expect(faults([{ caregiver: 'c1', visits: [visit('a', 4)] }, { caregiver: 'c2', visits: [visit('b', 5)] }])).toBe(2)
  expect(faults([{ caregiver: 'c1', visits: [visit('a', 5)] }])).toBe(1)
  expect(faults([{ caregiver: 'c1', visits: [visit('a', 5), visit('b', 5)] }])).toBe(2)
})
