/** Our side of `npm run bench -- policy`: the tasks of the population and their targets in milliseconds of CPU for a million people and 25 items. */
import { benchSet, people as makePeople, AT } from '@songbai/policy/bench'
import {
  compareDay, createPopulation, dueForMonth, encodeSnapshot, evaluateAmounts, evaluatePopulation, forecast, forRegion, NO_DAY, RunningDay, scenarioOf, sumChanges, sumPlaces,
  type FactColumns, type Population, type PolicySet, type Results,
} from '@songbai/policy'
import { readSnapshot, writeSnapshot } from '@songbai/policy/node'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Task {
  readonly name: string
  /** Milliseconds of CPU for a million people (or for the task itself where people do not matter). */
  readonly target: number | null
  readonly scales: boolean
  readonly prepare?: () => void
  readonly run: () => unknown
}

export interface World {
  readonly set: PolicySet
  readonly population: Population
  readonly columns: FactColumns
  readonly amounts: readonly Int32Array[]
}

export function makeWorld(elders: number): World {
  const set = benchSet()
  const population = createPopulation(set.facts, makePeople(elders, 0))
  const columns = population.columnsAt(AT)
  return { set, population, columns, amounts: evaluateAmounts(set, columns) }
}

/** The age allowance and the lower care subsidy raised everywhere. */
function raised(set: PolicySet): PolicySet {
  const more: Record<string, number> = { age80: 2000, age90: 1000, careLo: -1000, mealA: 500, voucher: 1000 }
  const policies = set.policies.filter((one) => [...one.params.keys()].some((name) => name in more)).map((one) => ({
    ...one, params: new Map([...one.params].map(([name, param]) => [name, { ...param, values: param.values.map((v) => ({ ...v, value: v.value === null ? null : v.value + (more[name] ?? 0) })) }])),
  }))
  const made = scenarioOf(set, policies)
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.set
}

export function ownTasks(world: World, elders: number): { tasks: Task[]; close: () => void } {
  const { set, population, columns, amounts } = world
  const into = amounts.map((column) => new Int32Array(column.length))
  const missing = createPopulation(set.facts, makePeople(elders, 0.02)).columnsAt(AT)
  let full: Results | undefined
  const base = evaluatePopulation(set, columns)
  const scenario = raised(set)
  const days = new Running(set, population)
  const folder = mkdtempSync(join(tmpdir(), 'songbai-bench-'))
  const file = join(folder, 'people.snapshot')
  writeSnapshot(file, encodeSnapshot(population, 1))
  const tasks: Task[] = [
    { name: 'all amounts, with stacking', target: 200, scales: true, run: () => evaluateAmounts(set, columns, into) },
    { name: 'sure and possible, 2 % of facts missing', target: 450, scales: true, run: () => (full = evaluatePopulation(set, missing, full)) },
    { name: 'township × item totals', target: 180, scales: true, run: () => sumPlaces(set, columns) },
    { name: 'what-if: cost, winners, losers by township', target: 250, scales: true, run: () => sumChanges(scenario, columns, amounts) },
    { name: 'what-if with rows, classes, samples, lists', target: null, scales: true, run: () => compareDay(base, scenario, columns) },
    { name: 'what a month owes', target: null, scales: true, run: () => dueForMonth(set, population, '2026-08') },
    { name: '12 months ahead', target: 4000, scales: true, run: () => forecast(set, population, { from: '2026-08', months: 12, mortality: [{ fromAge: 60, perMille: 20 }, { fromAge: 80, perMille: 80 }], takeUpPercent: 80 }) },
    { name: 'columns from history', target: null, scales: true, run: () => population.columnsAt(AT) },
    { name: 'one day forward', target: 10, scales: true, run: () => days.forward() },
    { name: '1,000 changed people to events', target: 50, scales: false, prepare: () => days.patch(), run: () => days.changed() },
    { name: 'start from a snapshot', target: 60, scales: true, run: () => readSnapshot(file, set.facts) },
    { name: 'compile 200 items', target: 50, scales: false, ...compile200() },
  ]
  return { tasks, close: () => rmSync(folder, { recursive: true }) }
}

/** A day that moves on, on people of its own, so that the other tasks keep theirs. */
class Running {
  private readonly population: Population
  private readonly day: RunningDay
  private readonly indices: Int32Array
  private round = 0

  constructor(set: PolicySet, population: Population) {
    this.population = population.subset(Int32Array.from({ length: population.size }, (_, i) => i))
    const columns = this.population.columnsAt(AT)
    this.day = new RunningDay(set, columns, evaluatePopulation(set, columns))
    this.day.forward()
    this.indices = Int32Array.from(new Set(Array.from({ length: 1000 }, (_, k) => (k * 7919) % population.size))).sort()
  }

  forward(): unknown {
    return this.day.forward()
  }

  patch(): void {
    this.round++
    const open = { from: -NO_DAY, to: NO_DAY, recorded: -NO_DAY, superseded: NO_DAY }
    for (const i of this.indices) {
      this.population.patchPerson(i, ['birth', 'hukou', 'living', 'income', 'grade', 'alone'].map((fact, k) => ({ fact, value: fact === 'birth' ? AT - 29_000 - this.round * 37 : (this.round + k) % 2, ...open })))
    }
  }

  changed(): unknown {
    return this.day.changed(this.indices)
  }
}

/** Plans are kept with their set, so every round compiles sets of its own: 25 items in eight counties. */
function compile200(): { prepare: () => void; run: () => unknown } {
  let sets: PolicySet[] = []
  return {
    prepare: () => { sets = Array.from({ length: 8 }, () => benchSet()) },
    run: () => sets.map((set, k) => {
      const empty = createPopulation(set.facts, { ids: ['a'], regions: [`99010${k}001000`], facts: [], intervals: { person: new Int32Array(0), fact: new Uint16Array(0), value: new Int32Array(0), from: new Int32Array(0), to: new Int32Array(0), recorded: new Int32Array(0), superseded: new Int32Array(0) } })
      forRegion(set, `99010${k}001000`, AT)
      return evaluatePopulation(set, empty.columnsAt(AT))
    }),
  }
}
