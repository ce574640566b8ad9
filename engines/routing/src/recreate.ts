import type { PlainModel } from './model.ts'
import { neighboursOf } from './model.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

const BLINK = 0.01
const CANDIDATES = 40
const NOWHERE = 0x3fffffff
/** Orders in which what lies beside the routes is put back, with their shares (SISR for time windows). */
const ORDERS = ['random', 'random', 'random', 'random', 'demand', 'demand', 'demand', 'demand', 'far', 'far', 'close', 'narrow', 'narrow', 'early', 'early', 'lateEnd', 'lateEnd'] as const

/** Puts the tasks left out back, one after the other, each where it costs least, now and then looking away from a place. */
export class Recreate {
  private readonly model: PlainModel
  private readonly neighbours: Int32Array
  private readonly count: number
  private readonly keys: Readonly<Record<'demand' | 'far' | 'close' | 'narrow' | 'early' | 'lateEnd', Float64Array>>
  private readonly weight: Float64Array
  private readonly queue: Int32Array
  private readonly typeSeen: Uint8Array
  private readonly roomy: Int32Array
  private stamp = 0
  private readonly empties: Int32Array
  private emptyCount = 0
  /** Places until the next one that is not looked at. */
  private blink = 0
  private bestAfter = -1
  private bestVehicle = -1

  constructor(model: PlainModel) {
    this.model = model
    this.count = Math.min(CANDIDATES, Math.max(0, model.tasks - 1))
    this.neighbours = neighboursOf(model, CANDIDATES)
    this.keys = keysOf(model)
    this.weight = new Float64Array(model.tasks)
    this.queue = new Int32Array(model.tasks)
    this.typeSeen = new Uint8Array(model.vehicles)
    this.roomy = new Int32Array(model.vehicles)
    this.empties = new Int32Array(model.vehicles)
  }

  run(state: State, random: Random): void {
    const count = state.absentCount[0]!
    const queue = this.queue.subarray(0, count)
    queue.set(state.absent.subarray(0, count))
    this.sort(queue, random)
    this.blink = nextBlink(random)
    state.absentCount[0] = 0
    this.findEmpties(state)
    let left = 0
    for (let k = 0; k < count; k++) {
      const task = queue[k]!
      if (this.find(state, task, random)) {
        state.insert(task, this.bestAfter, this.bestVehicle)
        if (state.count[this.bestVehicle] === 1) this.findEmpties(state)
      } else state.absent[left++] = task
    }
    state.absentCount[0] = left
  }

  private sort(queue: Int32Array, random: Random): void {
    const how = ORDERS[random.below(ORDERS.length)]!
    const weight = how === 'random' ? this.weight : this.keys[how]
    if (how === 'random') for (const n of queue) weight[n] = random.next()
    // Insertion sort: a dozen tasks, and no garbage.
    for (let i = 1; i < queue.length; i++) {
      const n = queue[i]!
      const w = weight[n]!
      let j = i - 1
      while (j >= 0 && weight[queue[j]!]! > w) {
        queue[j + 1] = queue[j]!
        j--
      }
      queue[j + 1] = n
    }
  }

  /**
   * Cheapest place of one task: beside its neighbours or in one empty vehicle of each type; only where none of these fits, anywhere. One long function on purpose: it is nine tenths of the running time, and its locals must stay in registers.
   */
  private find(state: State, task: number, random: Random): boolean {
    const { tasks, places, costTo, timeTo, cost, time, service, start, end, fixed } = this.model
    const { next, prev, route, early, late, arc } = state
    const { neighbours, roomy } = this
    const row = task * places
    const [ready, due, length] = [this.model.ready[task]!, this.model.due[task]!, service[task]!]
    let best = NOWHERE
    let bestAfter = -1
    let bestVehicle = -1
    let blink = this.blink
    this.stamp++

    for (let k = task * this.count, last = k + this.count; k < last; k++) {
      const n = neighbours[k]!
      const v = route[n]!
      if (v < 0 || (roomy[v] !== this.stamp && !this.hasRoom(state, task, v))) continue
      if (blink-- <= 0) {
        blink = nextBlink(random)
        continue
      }
      const b = next[n]!
      const into = b < tasks ? b : end[v]!
      const deltaAfter = costTo[row + n]! + cost[row + into]! - arc[n]!
      if (deltaAfter < best) {
        let clock = early[n]! + service[n]! + timeTo[row + n]!
        if (clock < ready) clock = ready
        if (clock <= due && clock + length + time[row + into]! <= late[b]!) {
          best = deltaAfter
          bestAfter = n
          bestVehicle = v
        }
      }
      const a = prev[n]!
      const out = a < tasks ? a : start[v]!
      const deltaBefore = costTo[row + out]! + cost[row + n]! - arc[a]!
      if (deltaBefore >= best) continue
      let clock = early[a]! + (a < tasks ? service[a]! : 0) + timeTo[row + out]!
      if (clock < ready) clock = ready
      if (clock <= due && clock + length + time[row + n]! <= late[n]!) {
        best = deltaBefore
        bestAfter = a
        bestVehicle = v
      }
    }

    for (let k = 0; k < this.emptyCount; k++) {
      const v = this.empties[k]!
      if (!this.hasRoom(state, task, v)) continue
      if (blink-- <= 0) {
        blink = nextBlink(random)
        continue
      }
      const s = tasks + v
      const delta = costTo[row + start[v]!]! + cost[row + end[v]!]! + fixed[v]!
      if (delta >= best) continue
      let clock = early[s]! + timeTo[row + start[v]!]!
      if (clock < ready) clock = ready
      if (clock > due || clock + length + time[row + end[v]!]! > late[s]!) continue
      best = delta
      bestAfter = s
      bestVehicle = v
    }
    this.blink = blink
    this.bestAfter = bestAfter
    this.bestVehicle = bestVehicle
    return bestAfter >= 0 || this.findAnywhere(state, task)
  }

  private findAnywhere(state: State, task: number): boolean {
    const { tasks, vehicles, places, costTo, timeTo, cost, time, ready, due, service, end } = this.model
    const row = task * places
    let best = NOWHERE
    for (let v = 0; v < vehicles; v++) {
      if (state.count[v] === 0 || !this.hasRoom(state, task, v)) continue
      const s = tasks + v
      for (let a = state.next[s]!; a !== s; a = state.next[a]!) {
        const b = state.next[a]!
        const into = b < tasks ? b : end[v]!
        const delta = costTo[row + a]! + cost[row + into]! - state.arc[a]!
        const clock = Math.max(ready[task]!, state.early[a]! + service[a]! + timeTo[row + a]!)
        if (clock > due[task]!) break
        if (delta >= best || clock + service[task]! + time[row + into]! > state.late[b]!) continue
        best = delta
        this.bestAfter = a
        this.bestVehicle = v
      }
    }
    return this.bestAfter >= 0
  }

  /** Whether the vehicle may take the task and has room for it; a yes is remembered until the next task. */
  private hasRoom(state: State, task: number, v: number): boolean {
    const { dimensions, demand, capacity, maxTasks, may, vehicles } = this.model
    if (state.count[v]! >= maxTasks[v]! || (may !== null && may[task * vehicles + v] === 0)) return false
    for (let d = 0; d < dimensions; d++) if (state.load[v * dimensions + d]! + demand[task * dimensions + d]! > capacity[v * dimensions + d]!) return false
    this.roomy[v] = this.stamp
    return true
  }

  /** One empty vehicle of each type. */
  private findEmpties(state: State): void {
    const { vehicles, type } = this.model
    this.typeSeen.fill(0)
    this.emptyCount = 0
    for (let v = 0; v < vehicles; v++) {
      if (state.count[v] !== 0 || this.typeSeen[type[v]!] === 1) continue
      this.typeSeen[type[v]!] = 1
      this.empties[this.emptyCount++] = v
    }
  }
}

function nextBlink(random: Random): number {
  // Geometric steps: looking away with probability 0.01 at each place, one draw for many places.
  let n = 0
  for (let p = 1 - BLINK, u = random.unit(); p > u && n < 2000; p *= 1 - BLINK) n++
  return n
}

function keysOf(model: PlainModel): Recreate['keys'] {
  const { tasks, places, cost, demand, dimensions, due, ready, start } = model
  const of = (value: (i: number) => number): Float64Array => Float64Array.from({ length: tasks }, (_, i) => value(i))
  const home = (i: number): number => cost[start[0]! * places + i]!
  return {
    demand: of((i) => -demand.subarray(i * dimensions, (i + 1) * dimensions).reduce((a, b) => a + b, 0)),
    far: of((i) => -home(i)), close: of(home), narrow: of((i) => due[i]! - ready[i]!), early: of((i) => ready[i]!), lateEnd: of((i) => -due[i]!),
  }
}
