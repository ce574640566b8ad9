import type { PlainModel } from './model.ts'
import type { State } from './state.ts'

const MOST_EJECTED = 3
/** Steps of one search for an ejection; beyond it the best found so far counts. */
const SEARCH_STEPS = 8_000

/**
 * Makes room for a task nobody has room for by putting out others that are easier to place (ejection search, after Nagata and Bräysy, 2009):
 * of all places in all routes and all sets of up to three tasks of that route, the one whose tasks were left out least often.
 */
export class Eject {
  private readonly model: PlainModel
  /** How often each task could not be placed. */
  readonly misses: Float64Array
  private readonly ring: Int32Array
  private readonly chosen: Int32Array = new Int32Array(MOST_EJECTED)
  private readonly bestChosen: Int32Array = new Int32Array(MOST_EJECTED)
  private bestCount = 0
  private bestSum = 0
  private bestAfter = -1
  private bestVehicle = -1
  private length = 0
  private steps = 0
  private ties = 0

  constructor(model: PlainModel) {
    this.model = model
    this.misses = Float64Array.from(model.penalty, (p) => Math.max(1, p))
    this.ring = new Int32Array(model.tasks)
  }

  /** Puts the task in and others out; false where even that does not help. `draw` decides between equals. */
  run(state: State, task: number, draw: (n: number) => number): boolean {
    const { vehicles, may } = this.model
    this.bestSum = this.misses[task]!
    this.bestAfter = -1
    this.steps = 0
    this.ties = 1
    const first = draw(vehicles)
    for (let k = 0; k < vehicles && this.steps < SEARCH_STEPS; k++) {
      const v = (first + k) % vehicles
      if (state.count[v] === 0 || (may !== null && may[task * vehicles + v] === 0)) continue
      this.lookInto(state, task, v, draw)
    }
    if (this.bestAfter < 0) return false
    const v = this.bestVehicle
    for (let k = 0; k < this.bestCount; k++) state.remove(this.bestChosen[k]!)
    this.dropAbsent(state, task)
    const before = state.next[this.bestAfter]!
    state.next[this.bestAfter] = task
    state.prev[task] = this.bestAfter
    state.next[task] = before
    state.prev[before] = task
    state.route[task] = v
    state.refresh(v)
    return true
  }

  private dropAbsent(state: State, task: number): void {
    const count = state.absentCount[0]!
    for (let k = 0; k < count; k++) {
      if (state.absent[k] !== task) continue
      state.absent[k] = state.absent[count - 1]!
      state.absentCount[0] = count - 1
      return
    }
  }

  private lookInto(state: State, task: number, v: number, draw: (n: number) => number): void {
    const s = this.model.tasks + v
    this.length = 0
    for (let n = state.next[s]!; n !== s; n = state.next[n]!) this.ring[this.length++] = n
    this.walk(state, task, v, 0, s, state.early[s]!, false, 0, 0, s, draw)
  }

  /**
   * From place `i` of the route on: keep, put out, or put the task in here.
   * `last` is the stop before, `leaves` when the vehicle leaves it, `after` the stop the task stands behind once it is in.
   */
  private walk(state: State, task: number, v: number, i: number, last: number, leaves: number, isIn: boolean, out: number, sum: number, after: number, draw: (n: number) => number): void {
    if (++this.steps > SEARCH_STEPS) return
    const { tasks, places, time, ready, due, service } = this.model
    const place = last < tasks ? last : this.model.start[v]!
    const n = i < this.length ? this.ring[i]! : tasks + v
    const into = i < this.length ? n : this.model.end[v]!
    if (!isIn) {
      const clock = Math.max(ready[task]!, leaves + time[place * places + task]!)
      if (clock <= due[task]!) this.walkIn(state, task, v, i, clock + service[task]!, out, sum, last, draw)
    } else if (leaves + time[place * places + into]! <= state.late[n]! && this.fits(state, task, v, out)) {
      this.note(v, out, sum, after, draw)
      return
    }
    if (i >= this.length) return
    if (out < MOST_EJECTED && sum + this.misses[n]! <= this.bestSum) {
      this.chosen[out] = n
      this.walk(state, task, v, i + 1, last, leaves, isIn, out + 1, sum + this.misses[n]!, after, draw)
    }
    const clock = Math.max(ready[n]!, leaves + time[place * places + n]!)
    if (clock <= due[n]!) this.walk(state, task, v, i + 1, n, clock + service[n]!, isIn, out, sum, after, draw)
  }

  private walkIn(state: State, task: number, v: number, i: number, leaves: number, out: number, sum: number, after: number, draw: (n: number) => number): void {
    this.walk(state, task, v, i, task, leaves, true, out, sum, after, draw)
  }

  private fits(state: State, task: number, v: number, out: number): boolean {
    const { dimensions, demand, capacity, maxTasks } = this.model
    if (state.count[v]! + 1 - out > maxTasks[v]!) return false
    for (let d = 0; d < dimensions; d++) {
      let load = state.load[v * dimensions + d]! + demand[task * dimensions + d]!
      for (let k = 0; k < out; k++) load -= demand[this.chosen[k]! * dimensions + d]!
      if (load > capacity[v * dimensions + d]!) return false
    }
    return true
  }

  private note(v: number, out: number, sum: number, after: number, draw: (n: number) => number): void {
    if (sum > this.bestSum || (sum === this.bestSum && (this.bestAfter >= 0 || sum === 0) && draw(++this.ties) !== 0)) return
    if (sum < this.bestSum) this.ties = 1
    this.bestSum = sum
    this.bestCount = out
    this.bestChosen.set(this.chosen.subarray(0, out))
    this.bestAfter = after
    this.bestVehicle = v
  }
}
