import { COST_UNIT, type RichModel, type RichNode } from './rich-model.ts'

/** One stop of a schedule, in seconds. */
export interface Stop {
  readonly node: number
  readonly arrival: number
  readonly waiting: number
  readonly setup: number
  readonly begin: number
}

const NO_STOPS: readonly number[] = []

/**
 * Drives a route in thought, every stop as early as it can be, and counts its cost. With up to two nodes put in: node `a` before place
 * `at` of the order, node `b` before place `bt` (`a` first where both are the same).
 */
export class Drive {
  private readonly model: RichModel
  private readonly load: Int32Array
  travel = 0
  distance = 0
  finish = 0
  depart = 0
  stops: Stop[] | null = null

  constructor(model: RichModel) {
    this.model = model
    this.load = new Int32Array(Math.max(1, model.dimensions))
  }

  /** Cost of the route in 1/18,000; −1 where it breaks a limit. */
  run(v: number, order: readonly number[] = NO_STOPS, a = -1, at = -1, b = -1, bt = -1): number {
    const { nodes, fleet, problem } = this.model
    const vehicle = fleet[v]!
    const matrix = problem.matrices[vehicle.profile]!
    const count = order.length + (a < 0 ? 0 : 1) + (b < 0 ? 0 : 1)
    if (!this.loads(v, order, a, at, b, bt)) return -1
    let clock = vehicle.window[0]
    let place = vehicle.start ?? -1
    let [travel, distance, tasks, work] = [0, 0, 0, 0]
    let [taken, usedA, usedB] = [0, a < 0, b < 0]
    for (let k = 0; k < count; k++) {
      let n: number
      if (!usedA && taken === at) {
        n = a
        usedA = true
      } else if (!usedB && taken === bt && usedA) {
        n = b
        usedB = true
      } else n = order[taken++]!
      const node = nodes[n]!
      let setup = 0
      if (node.place >= 0) {
        if (place >= 0) {
          const step = Math.round(matrix.durations[place * matrix.size + node.place]! / vehicle.speedFactor)
          travel += step
          clock += step
          if (matrix.distances !== null) distance += matrix.distances[place * matrix.size + node.place]!
        }
        if (place !== node.place) setup = node.setup
        place = node.place
        tasks++
      }
      const begin = beginIn(node, clock + setup)
      if (begin < 0) return -1
      this.stops?.push({ node: n, arrival: clock, waiting: begin - setup - clock, setup, begin })
      work += node.place >= 0 ? setup + node.service : 0
      clock = begin + node.service
    }
    if (vehicle.end !== null && place >= 0 && tasks > 0) {
      const step = Math.round(matrix.durations[place * matrix.size + vehicle.end]! / vehicle.speedFactor)
      travel += step
      clock += step
      if (matrix.distances !== null) distance += matrix.distances[place * matrix.size + vehicle.end]!
    }
    this.travel = travel
    this.distance = distance
    this.finish = clock
    if (clock > vehicle.window[1] || travel > vehicle.maxTravelTime || distance > vehicle.maxDistance || tasks > vehicle.maxTasks) return -1
    return tasks === 0 ? 0 : vehicle.fixed * COST_UNIT + vehicle.perHour * travel * 5 + vehicle.perKm * distance * 18 + vehicle.perTaskHour * work * 5
  }

  private loads(v: number, order: readonly number[], a: number, at: number, b: number, bt: number): boolean {
    const { nodes, fleet, dimensions } = this.model
    const { capacity } = fleet[v]!
    for (let d = 0; d < dimensions; d++) {
      const most = capacity[d] ?? 0
      let load = (a < 0 ? 0 : nodes[a]!.aboard[d]!) + (b < 0 ? 0 : nodes[b]!.aboard[d]!)
      for (const n of order) load += nodes[n]!.aboard[d]!
      if (load > most) return false
      for (let i = 0; i <= order.length; i++) {
        if (a >= 0 && i === at && (load += nodes[a]!.change[d]!) > most) return false
        if (b >= 0 && i === bt && (load += nodes[b]!.change[d]!) > most) return false
        if (i < order.length && (load += nodes[order[i]!]!.change[d]!) > most) return false
      }
    }
    return true
  }
}

/** Earliest begin of service from a moment on; −1 after the last window. */
export function beginIn(node: Pick<RichNode, 'windows'>, clock: number): number {
  for (const [from, to] of node.windows) if (clock <= to) return clock < from ? from : clock
  return -1
}
