import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { randomVroom } from './random-problem.fixture.ts'
import { readHhcrsp } from './hhcrsp.ts'
import { readVroom } from './read-vroom.ts'
import { readSolomon } from './solomon.ts'

const matrices = { car: { durations: [[0, 10], [10, 0]] } }

function paths(input: unknown): string[] {
  const read = readVroom(input)
  return 'faults' in read ? read.faults.map((fault) => `${fault.path} ${fault.code}`) : []
}

test('[R3] every fault is named with its path, all at once', () => {
  expect(paths({ vehicles: [{ id: 1, start_index: 0, capacty: [3] }], jobs: [{ id: 1, location_index: 7, service: -1 }, { id: 2, location_index: 1, time_windows: [[50, 20]] }], matrices })).toEqual(['vehicles[0].capacty unknownKey', 'jobs[0].service range', 'jobs[1].time_windows[0] order'])
  expect(paths({ vehicles: [{ id: 1, start_index: 0 }, { id: 1, end_index: 0 }], jobs: [{ id: 1, location_index: 7 }], matrices })).toEqual(['vehicles[1].id duplicate', 'jobs[0].location_index place'])
  expect(paths({ vehicles: [], jobs: [] })).toEqual(['vehicles empty'])
  expect(paths({ vehicles: [{ id: 1, start_index: 0, profile: 'bike' }], jobs: [], matrices })).toEqual(['vehicles[0].profile profile'])
  expect(paths({ vehicles: [{ id: 1 }], jobs: [], matrices })).toEqual(['vehicles[0] missing'])
})

test('[R3] a mistyped key comes with the word that was meant, in both languages', () => {
  const read = readVroom({ vehicles: [{ id: 1, start_index: 0, capacty: [3] }], jobs: [], matrices })
  expect('faults' in read && read.faults[0]).toMatchObject({ zh: expect.stringContaining('capacity') as string, en: expect.stringContaining('capacity') as string })
})

test('[R3] no damage to an input makes a reader throw', () => {
  const random = new Random(5)
  const junk: readonly unknown[] = [null, -1, 1e99, 'x', [], {}, true, [[]], 0.5]
  for (let seed = 1; seed <= 300; seed++) {
    const input = randomVroom(seed)
    let node: Record<string, unknown> = input
    for (let depth = 0; depth < 4; depth++) {
      const keys = Object.keys(node)
      if (keys.length === 0) break
      const key = keys[random.below(keys.length)]!
      const value = node[key]
      if (random.below(3) === 0 || typeof value !== 'object' || value === null) {
        node[key] = junk[random.below(junk.length)]
        break
      }
      node = value as Record<string, unknown>
    }
    expect(() => readVroom(input)).not.toThrow()
    expect(() => readHhcrsp(input)).not.toThrow()
  }
  for (const one of junk) expect(() => [readVroom(one), readHhcrsp(one)]).not.toThrow()
})

test('[R3] what is not a Solomon file says which line is wrong', () => {
  expect(readSolomon('')).toMatchObject({ problems: [expect.stringContaining('vehicles')] })
  expect(readSolomon('X\n2 10\n0 0 0 0 0 100 0\n1 1 1 1 9 3 0\n2 1 1\n')).toMatchObject({ problems: ['line 5: seven numbers expected', 'customer 1: the window ends before it begins'] })
})
