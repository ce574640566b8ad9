import { ln, Random } from './random.ts'
import { Eject } from './eject.ts'
import { Recreate } from './recreate.ts'
import { Ruin } from './ruin.ts'
import { State } from './state.ts'
import type { PlainModel, SearchModel } from './model.ts'

const HOT = 5
const COLD = 0.05
const SQUEEZE = 0.1
const EJECT_EVERY = 5

export interface SearchOptions {
  readonly seed: number
  readonly iterations: number
  /** Share of the iterations that may go into getting everybody served before cost counts. */
  readonly squeeze?: number
  /** First and last temperature, as multiples of the mean arc of the first plan. */
  readonly hot?: number
  readonly squeezeTemperature?: number
  readonly cold?: number
}

/** The parts of a search that differ between the fast model and the rich one. */
export interface Kit {
  state(): State
  readonly recreate: { run(state: State, random: Random): void }
  readonly eject: Eject | null
}

export function plainKit(model: PlainModel): Kit {
  return { state: () => new State(model), recreate: new Recreate(model), eject: new Eject(model) }
}

export interface Outcome {
  readonly routes: readonly (readonly number[])[]
  readonly absent: readonly number[]
  readonly penalty: number
  readonly cost: number
  readonly iterations: number
}

/** Search that can be run in pieces, so that its caller may look at the clock, report and stop between them. */
export class Anneal {
  private readonly model: SearchModel
  private readonly random: Random
  private readonly ruin: Ruin
  private readonly eject: Eject | null
  private readonly draw: (n: number) => number
  private readonly recreate: Kit['recreate']
  private readonly now: State
  private readonly trial: State
  private readonly top: State
  private nowCost: number
  private nowPenalty: number
  private topCost: number
  private topPenalty: number
  /** How often each task was left out: the more, the more it counts (absence counters). */
  private readonly absences: Float64Array
  private readonly total: number
  private readonly squeezeUntil: number
  private temperature: number
  private cooling = 1
  private squeezing = true
  private readonly hot: number
  private readonly cold: number
  done = 0

  constructor(model: SearchModel, options: SearchOptions, kit: Kit) {
    this.model = model
    this.random = new Random(options.seed)
    this.ruin = new Ruin(model)
    this.eject = kit.eject
    this.draw = (n) => this.random.below(n)
    this.recreate = kit.recreate
    this.now = kit.state()
    this.recreate.run(this.now, this.random)
    this.trial = kit.state()
    this.top = kit.state()
    this.trial.copyFrom(this.now)
    this.top.copyFrom(this.now)
    this.nowCost = this.topCost = this.now.cost()
    this.nowPenalty = this.topPenalty = this.penaltyOf(this.now)
    this.absences = Float64Array.from(model.penalty, (p) => Math.max(1, p))
    this.total = options.iterations
    this.squeezeUntil = options.iterations * (options.squeeze ?? 0.5)
    const arc = this.nowCost / Math.max(1, model.tasks - this.now.absentCount[0]!)
    this.hot = arc * (options.hot ?? HOT)
    this.cold = arc * (options.cold ?? COLD)
    this.temperature = arc * (options.squeezeTemperature ?? SQUEEZE)
    if (this.nowPenalty === 0) this.beginCooling()
  }

  private penaltyOf(state: State): number {
    let sum = 0
    for (let k = 0; k < state.absentCount[0]!; k++) sum += this.model.penalty[state.absent[k]!]!
    return sum
  }

  private absenceOf(state: State): number {
    let sum = 0
    for (let k = 0; k < state.absentCount[0]!; k++) sum += this.absences[state.absent[k]!]!
    return sum
  }

  get best(): { readonly penalty: number; readonly cost: number; readonly unserved: number } {
    return { penalty: this.topPenalty, cost: this.topCost, unserved: this.top.absentCount[0]! }
  }

  /** Runs some iterations; false when all are done. */
  run(iterations: number): boolean {
    const until = Math.min(this.total, this.done + iterations)
    while (this.done < until) {
      this.step()
      this.done++
    }
    return this.done < this.total
  }

  private step(): void {
    const { trial, now } = this
    if (this.squeezing && this.eject !== null && this.done % EJECT_EVERY === 0) this.makeRoom(this.eject)
    this.ruin.run(trial, this.random)
    this.recreate.run(trial, this.random)
    const cost = trial.cost()
    const penalty = trial.absentCount[0] === 0 ? 0 : this.penaltyOf(trial)
    if (this.accepts(cost, penalty)) this.take(cost, penalty)
    else trial.copyFrom(now)
    if (this.squeezing && (this.nowPenalty === 0 || this.done >= this.squeezeUntil)) this.beginCooling()
    if (!this.squeezing) this.temperature *= this.cooling
  }

  /** Puts one of those left out in and lets others, easier to place, wait in its stead. */
  private makeRoom(eject: Eject): void {
    const { trial } = this
    const task = trial.absent[this.random.below(trial.absentCount[0]!)]!
    eject.misses[task]!++
    if (!eject.run(trial, task, this.draw)) return
    this.recreate.run(trial, this.random)
    this.take(trial.cost(), this.penaltyOf(trial))
  }

  /** The trial is where the search stands from now on, and the best so far if it is. */
  private take(cost: number, penalty: number): void {
    this.now.copyFrom(this.trial)
    this.nowCost = cost
    this.nowPenalty = penalty
    if (penalty > this.topPenalty || (penalty === this.topPenalty && cost >= this.topCost)) return
    this.top.copyFrom(this.trial)
    this.topCost = cost
    this.topPenalty = penalty
  }

  /** Everybody is served, or the time for trying is over: from here on cost counts, from hot to cold in what is left. */
  private beginCooling(): void {
    this.squeezing = false
    this.temperature = this.hot
    this.cooling = Math.pow(this.cold / this.hot, 1 / Math.max(1, this.total - this.done))
  }

  private accepts(cost: number, penalty: number): boolean {
    const { trial, now } = this
    if (penalty === 0 && this.nowPenalty === 0) return cost < this.nowCost - this.temperature * ln(1 - this.random.unit())
    const [left, before] = [this.absenceOf(trial), this.absenceOf(now)]
    for (let k = 0; k < trial.absentCount[0]!; k++) this.absences[trial.absent[k]!]!++
    if (left < before) return true
    return penalty <= this.nowPenalty && cost < this.nowCost - this.temperature * ln(1 - this.random.unit())
  }

  outcome(): Outcome {
    const { vehicles } = this.model
    return {
      routes: Array.from({ length: vehicles }, (_, v) => this.top.tasksOf(v)), absent: [...this.top.absent.subarray(0, this.top.absentCount[0]!)],
      penalty: this.topPenalty, cost: this.topCost, iterations: this.done,
    }
  }
}
