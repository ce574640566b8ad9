import type { PlainModel } from './model.ts'

/**
 * One plan as flat numbers in a single buffer, so that taking a step back is one copy. Routes are rings through the vehicle's sentinel.
 * `early` is the earliest start of service going forward, `late` the latest that keeps everything after it on time: an insertion
 * between two stops is possible exactly when it meets both.
 */
export class State {
  readonly model: PlainModel
  readonly buffer: Int32Array
  readonly next: Int32Array
  readonly prev: Int32Array
  /** Vehicle of a task, −1 while it is left out. */
  readonly route: Int32Array
  readonly early: Int32Array
  readonly late: Int32Array
  readonly load: Int32Array
  readonly count: Int32Array
  /** Cost of the arc from a node to its next. */
  readonly arc: Int32Array
  /** Tasks left out, the first `absentCount[0]` of them. */
  readonly absent: Int32Array
  readonly absentCount: Int32Array
  readonly routeCost: Int32Array

  constructor(model: PlainModel) {
    this.model = model
    const { tasks, vehicles, dimensions } = model
    const nodes = tasks + vehicles
    const sizes = [nodes, nodes, tasks, nodes, nodes, vehicles * dimensions, vehicles, nodes, tasks, 1, vehicles]
    this.buffer = new Int32Array(sizes.reduce((a, b) => a + b, 0))
    let offset = 0
    const take = (size: number): Int32Array => this.buffer.subarray(offset, (offset += size))
    const [next, prev, route, early, late, load, count, arc, absent, absentCount, routeCost] = sizes.map(take) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array]
    this.next = next
    this.prev = prev
    this.route = route
    this.early = early
    this.late = late
    this.load = load
    this.count = count
    this.arc = arc
    this.absent = absent
    this.absentCount = absentCount
    this.routeCost = routeCost
    this.clear()
  }

  /** Every vehicle at home, every task left out. */
  clear(): void {
    const { tasks, vehicles } = this.model
    this.route.fill(-1)
    this.load.fill(0)
    for (let v = 0; v < vehicles; v++) {
      const s = tasks + v
      this.next[s] = s
      this.prev[s] = s
      this.refresh(v)
    }
    for (let i = 0; i < tasks; i++) this.absent[i] = i
    this.absentCount[0] = tasks
  }

  copyFrom(other: State): void {
    this.buffer.set(other.buffer)
  }

  /** Place a vehicle leaves a node from, and place it reaches a node at. */
  placeOut(node: number): number {
    return node < this.model.tasks ? node : this.model.start[node - this.model.tasks]!
  }

  placeIn(node: number): number {
    return node < this.model.tasks ? node : this.model.end[node - this.model.tasks]!
  }

  /** Works out times, loads and arcs of one route from its order. */
  refresh(v: number): void {
    const { tasks, places, time, cost, ready, due, service, demand, dimensions, from, to } = this.model
    const { next, prev, early, late, arc, load } = this
    const s = tasks + v
    for (let d = 0; d < dimensions; d++) load[v * dimensions + d] = 0
    let count = 0
    let sum = 0
    let node = s
    early[s] = from[v]!
    let clock = from[v]!
    let out = this.model.start[v]!
    for (let n = next[s]!; n !== s; n = next[n]!) {
      sum += arc[node] = cost[out * places + n]!
      clock += time[out * places + n]!
      if (clock < ready[n]!) clock = ready[n]!
      if (clock > due[n]!) return this.scatter(v)
      early[n] = clock
      clock += service[n]!
      for (let d = 0; d < dimensions; d++) load[v * dimensions + d]! += demand[n * dimensions + d]!
      count++
      node = n
      out = n
    }
    arc[node] = count === 0 ? 0 : cost[out * places + this.model.end[v]!]!
    this.routeCost[v] = count === 0 ? 0 : sum + arc[node]! + this.model.fixed[v]!
    this.count[v] = count
    if (count > 0 && clock + time[out * places + this.model.end[v]!]! > to[v]!) return this.scatter(v)
    late[s] = to[v]!
    let by = to[v]!
    let into = this.model.end[v]!
    for (let n = prev[s]!; n !== s; n = prev[n]!) {
      by -= time[n * places + into]! + service[n]!
      if (by > due[n]!) by = due[n]!
      late[n] = by
      into = n
    }
  }

  /**
   * Leaves out every task of a route. Where the way round is shorter than the straight one (a matrix without the triangle inequality),
   * taking a stop out can make what is left too late.
   */
  scatter(v: number): void {
    for (const n of this.tasksOf(v)) this.remove(n)
    this.refresh(v)
  }

  remove(n: number): void {
    const { next, prev } = this
    next[prev[n]!] = next[n]!
    prev[next[n]!] = prev[n]!
    this.route[n] = -1
    this.absent[this.absentCount[0]!++] = n
  }

  /** Puts a task after a node of a vehicle's route; the caller has checked that it fits. */
  insert(n: number, after: number, v: number): void {
    const { tasks, places, time, cost, ready, due, service, demand, dimensions, start, end } = this.model
    const { next, prev, early, late, arc } = this
    const before = next[after]!
    next[after] = n
    prev[n] = after
    next[n] = before
    prev[before] = n
    this.route[n] = v
    for (let d = 0; d < dimensions; d++) this.load[v * dimensions + d]! += demand[n * dimensions + d]!
    this.count[v]!++
    const out = after < tasks ? after : start[v]!
    const into = before < tasks ? before : end[v]!
    this.routeCost[v]! += cost[out * places + n]! + cost[n * places + into]! - arc[after]! + (this.count[v] === 1 ? this.model.fixed[v]! : 0)
    arc[after] = cost[out * places + n]!
    arc[n] = cost[n * places + into]!
    let clock = early[after]! + (after < tasks ? service[after]! : 0) + time[out * places + n]!
    if (clock < ready[n]!) clock = ready[n]!
    early[n] = clock
    for (let a = n, b = before; b < tasks; a = b, b = next[b]!) {
      clock = early[a]! + service[a]! + time[a * places + b]!
      if (clock < ready[b]!) clock = ready[b]!
      if (clock === early[b]) break
      early[b] = clock
    }
    let by = late[before]! - time[n * places + into]! - service[n]!
    if (by > due[n]!) by = due[n]!
    late[n] = by
    for (let b = n, a = after; a < tasks; b = a, a = prev[a]!) {
      by = late[b]! - time[a * places + b]! - service[a]!
      if (by > due[a]!) by = due[a]!
      if (by === late[a]) break
      late[a] = by
    }
  }

  /** Cost of all routes in use. */
  cost(): number {
    let sum = 0
    for (let v = 0; v < this.routeCost.length; v++) sum += this.routeCost[v]!
    return sum
  }

  /** Tasks of a vehicle in order. */
  tasksOf(v: number): number[] {
    const s = this.model.tasks + v
    const out: number[] = []
    for (let n = this.next[s]!; n !== s; n = this.next[n]!) out.push(n)
    return out
  }
}
