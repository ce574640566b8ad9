import { Anneal, plainKit, type SearchOptions } from './anneal.ts'
import { plainOf } from './plain-of.ts'
import type { Problem } from './problem.ts'
import { richModel } from './rich-model.ts'
import { richKit } from './rich-search.ts'
import { solutionOf, type Solution } from './solution.ts'

/** A search that is run in pieces: same problem, seed and number of iterations, same answer, on any machine. */
export interface Search {
  /** Runs some iterations; false when all are done. */
  run(iterations: number): boolean
  readonly done: number
  readonly best: { readonly penalty: number; readonly cost: number; readonly unserved: number }
  /** The best plan so far. */
  solution(): Solution
}

export function createSearch(problem: Problem, options: SearchOptions): Search {
  const model = richModel(problem)
  const plain = plainOf(problem)
  // Node numbers of the fast model are those of the rich one: jobs come first in both, and a plain problem has nothing else.
  const search = plain ? new Anneal(plain, options, plainKit(plain)) : new Anneal(model, options, richKit(model))
  return {
    run: (iterations) => search.run(iterations),
    get done() { return search.done },
    get best() { return search.best },
    solution: () => {
      const { routes, absent } = search.outcome()
      return solutionOf(model, routes, absent)
    },
  }
}
