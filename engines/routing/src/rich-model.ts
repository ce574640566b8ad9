import type { SearchModel } from './model.ts'
import type { Break, Problem, Vehicle, Visit, Window } from './problem.ts'

/** What a node of a rich problem is. */
export type NodeKind = 'job' | 'pickup' | 'delivery' | 'break'

export interface RichNode {
  readonly kind: NodeKind
  /** Place in the matrices; −1 for a break, which is taken where the vehicle stands. */
  readonly place: number
  readonly setup: number
  readonly service: number
  readonly windows: readonly Window[]
  /** What the load changes by when the stop is made, and what is on board from the start because of it. */
  readonly change: readonly number[]
  readonly aboard: readonly number[]
  /** The other half of a shipment. */
  readonly partner: number
  readonly of: Visit | Break
  /** Index in the problem's jobs or shipments. */
  readonly index: number
}

/** All of VROOM's constraints. Every break is a node only its own vehicle may take, and leaving it out weighs more than anything. */
export interface RichModel extends SearchModel {
  readonly problem: Problem
  readonly nodes: readonly RichNode[]
  readonly fleet: readonly Vehicle[]
  readonly may: Uint8Array
  readonly type: Int32Array
}

/** Costs are counted in 1/18,000 of the input's unit, so that seconds at a price per hour and metres at a price per kilometre stay whole. */
export const COST_UNIT = 18_000
const BREAK_PENALTY = 1e9
const ALWAYS: readonly Window[] = [[0, 2_147_483_647]]

export function richModel(problem: Problem): RichModel {
  const nodes = nodesOf(problem)
  const { vehicles: fleet } = problem
  const penalty = Float64Array.from(nodes, (node) => (node.kind === 'break' ? BREAK_PENALTY : penaltyOf(node.kind === 'job' ? problem.jobs[node.index]!.priority : problem.shipments[node.index]!.priority / 2)))
  const may = new Uint8Array(nodes.length * fleet.length)
  nodes.forEach((node, n) => fleet.forEach((vehicle, v) => (may[n * fleet.length + v] = mayRide(problem, node, vehicle) ? 1 : 0)))
  const kinds = new Map<string, number>()
  const type = Int32Array.from(fleet, (vehicle, v) => {
    const { id: _id, description: _description, breaks, ...same } = vehicle
    const key = JSON.stringify([same, breaks.length > 0 ? v : 0])
    if (!kinds.has(key)) kinds.set(key, kinds.size)
    return kinds.get(key)!
  })
  return { problem, nodes, fleet, may, type, penalty, tasks: nodes.length, vehicles: fleet.length, dimensions: problem.dimensions, places: nodes.length, cost: nearness(problem, nodes) }
}

/** A visit of priority 0 weighs 1, of priority 100 more than a hundred of priority 50. */
export function penaltyOf(priority: number): number {
  return 1 + priority * priority * 10
}

function nodesOf(problem: Problem): RichNode[] {
  const { dimensions } = problem
  const amounts = (given: readonly number[]): number[] => Array.from({ length: dimensions }, (_, d) => given[d] ?? 0)
  const nodes: RichNode[] = problem.jobs.map((job, index) => {
    const [delivery, pickup] = [amounts(job.delivery), amounts(job.pickup)]
    return { kind: 'job', place: job.place, setup: job.setup, service: job.service, windows: job.windows, change: pickup.map((p, d) => p - delivery[d]!), aboard: delivery, partner: -1, of: job, index }
  })
  problem.shipments.forEach((one, index) => {
    const amount = amounts(one.amount)
    const [at, none] = [nodes.length, amounts([])]
    nodes.push({ kind: 'pickup', place: one.pickup.place, setup: one.pickup.setup, service: one.pickup.service, windows: one.pickup.windows, change: amount, aboard: none, partner: at + 1, of: one.pickup, index })
    nodes.push({ kind: 'delivery', place: one.delivery.place, setup: one.delivery.setup, service: one.delivery.service, windows: one.delivery.windows, change: amount.map((a) => -a), aboard: none, partner: at, of: one.delivery, index })
  })
  problem.vehicles.forEach((vehicle, v) => {
    for (const one of vehicle.breaks) nodes.push({ kind: 'break', place: -1, setup: 0, service: one.service, windows: one.windows.length > 0 ? one.windows : ALWAYS, change: amounts([]), aboard: amounts([]), partner: -1, of: one, index: v })
  })
  return nodes
}

function mayRide(problem: Problem, node: RichNode, vehicle: Vehicle): boolean {
  if (node.kind === 'break') return problem.vehicles[node.index] === vehicle
  const asked = node.kind === 'job' ? problem.jobs[node.index]!.skills : problem.shipments[node.index]!.skills
  return asked.every((skill) => vehicle.skills.includes(skill))
}

/** How near tasks lie to each other, for tearing out neighbours: seconds on the road of the first profile. */
function nearness(problem: Problem, nodes: readonly RichNode[]): Int32Array {
  const matrix = problem.matrices[problem.vehicles[0]!.profile]!
  const out = new Int32Array(nodes.length * nodes.length)
  nodes.forEach((a, i) => nodes.forEach((b, j) => {
    out[i * nodes.length + j] = a.place < 0 || b.place < 0 ? 0 : matrix.durations[a.place * matrix.size + b.place]!
  }))
  return out
}
