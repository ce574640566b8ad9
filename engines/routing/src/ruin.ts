import type { SearchModel } from './model.ts'
import { nearestOf } from './model.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/** Numbers of the method, as published (Christiaens and Vanden Berghe, Slack Induction by String Removals, 2020). */
const MEAN_REMOVED = 10
const LONGEST_STRING = 10
const SPLIT_SHARE = 0.5
const SPLIT_GROWS = 0.01
const NEAR = 250

/** Tears strings of neighbouring stops out of routes that lie side by side. */
export class Ruin {
  private readonly model: SearchModel
  private readonly near: Int32Array
  private readonly nearCount: number
  private readonly ruined: Uint8Array
  /** Vehicles whose routes were changed by the last call. */
  readonly touched: Int32Array
  touchedCount = 0
  private readonly ring: Int32Array

  constructor(model: SearchModel) {
    this.model = model
    this.nearCount = Math.min(NEAR, model.tasks)
    this.near = nearestOf(model, NEAR)
    this.ruined = new Uint8Array(model.vehicles)
    this.touched = new Int32Array(model.vehicles)
    this.ring = new Int32Array(model.tasks)
  }

  run(state: State, random: Random): void {
    const { tasks, vehicles } = this.model
    for (let k = 0; k < this.touchedCount; k++) this.ruined[this.touched[k]!] = 0
    this.touchedCount = 0
    let used = 0
    for (let v = 0; v < vehicles; v++) if (state.count[v]! > 0) used++
    const served = tasks - state.absentCount[0]!
    if (served === 0) return
    const longest = Math.min(LONGEST_STRING, served / used)
    const most = (4 * MEAN_REMOVED) / (1 + longest) - 1
    const strings = Math.floor(1 + random.unit() * most)
    const seed = random.below(tasks)
    for (let k = 0; k < this.nearCount && this.touchedCount < strings; k++) {
      const n = this.near[seed * this.nearCount + k]!
      const v = state.route[n]!
      if (v < 0 || this.ruined[v] === 1) continue
      this.ruined[v] = 1
      this.touched[this.touchedCount++] = v
      const size = Math.floor(1 + random.unit() * Math.min(state.count[v]!, longest))
      if (size < state.count[v]! && size > 1 && random.unit() < SPLIT_SHARE) this.removeSplit(state, v, n, size, random)
      else this.removeString(state, v, n, size, random)
    }
    for (let k = 0; k < this.touchedCount; k++) state.refresh(this.touched[k]!)
  }

  /** Order of the route in `ring`; answers where the task stands in it. */
  private order(state: State, v: number, task: number): number {
    const s = this.model.tasks + v
    let at = 0
    let i = 0
    for (let n = state.next[s]!; n !== s; n = state.next[n]!) {
      if (n === task) at = i
      this.ring[i++] = n
    }
    return at
  }

  private removeString(state: State, v: number, task: number, size: number, random: Random): void {
    const at = this.order(state, v, task)
    const count = state.count[v]!
    const lowest = Math.max(0, at - size + 1)
    const highest = Math.min(at, count - size)
    const first = lowest + random.below(highest - lowest + 1)
    for (let i = first; i < first + size; i++) state.remove(this.ring[i]!)
  }

  /** A string longer by a kept piece in its middle. */
  private removeSplit(state: State, v: number, task: number, size: number, random: Random): void {
    const count = state.count[v]!
    let kept = 1
    while (size + kept < count && random.unit() < SPLIT_GROWS) kept++
    const at = this.order(state, v, task)
    const whole = size + kept
    const lowest = Math.max(0, at - whole + 1)
    const highest = Math.min(at, count - whole)
    const first = lowest + random.below(highest - lowest + 1)
    const keepFrom = first + 1 + random.below(size - 1)
    for (let i = first; i < first + whole; i++) if (i < keepFrom || i >= keepFrom + kept) state.remove(this.ring[i]!)
  }
}
