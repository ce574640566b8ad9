import { expect, test } from 'vitest'
import { check } from './check.ts'
import { randomVroom } from './random-problem.fixture.ts'
import { readVroom } from './read-vroom.ts'
import { createSearch } from './search.ts'

const SEEDS = 400

function problemOf(seed: number) {
  const read = readVroom(randomVroom(seed))
  if (!('problem' in read)) throw new Error(JSON.stringify(read.faults))
  return read.problem
}

test('[R1] what the search gives, the independent checker finds faultless and of the same cost, on random problems of every kind', () => {
  let unserved = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    const problem = problemOf(seed)
    const search = createSearch(problem, { seed, iterations: 60 })
    search.run(60)
    const solution = search.solution()
    const checked = check(problem, solution)
    expect(checked.violations, `seed ${seed}`).toEqual([])
    expect(checked.cost, `seed ${seed}`).toBe(solution.summary.cost)
    unserved += checked.unserved
  }
  // Some of the problems cannot be served whole: the test would say nothing about what is left out otherwise.
  expect(unserved).toBeGreaterThan(50)
})

test('[R2] the same problem, seed and iterations give the same answer, run whole or in pieces', () => {
  const problem = problemOf(7)
  const whole = createSearch(problem, { seed: 3, iterations: 300 })
  whole.run(300)
  const pieces = createSearch(problem, { seed: 3, iterations: 300 })
  while (pieces.run(37)) { /* in pieces */ }
  expect(pieces.solution()).toEqual(whole.solution())
})
