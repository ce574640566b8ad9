import type { Problem } from './problem.ts'
import { COST_UNIT, type RichModel } from './rich-model.ts'
import { Drive, type Stop } from './rich-route.ts'

/** A solution in VROOM's shape: seconds, metres, cost in the input's unit. */
export interface Solution {
  readonly code: 0
  readonly summary: Sums & { readonly cost: number; readonly routes: number; readonly unassigned: number; readonly delivery?: readonly number[]; readonly pickup?: readonly number[]; readonly priority: number }
  readonly unassigned: readonly Unassigned[]
  readonly routes: readonly Route[]
}

interface Sums {
  readonly setup: number
  readonly service: number
  readonly duration: number
  readonly waiting_time: number
  readonly distance?: number
  readonly violations: readonly []
}

export interface Unassigned {
  readonly id: number | string
  readonly type: 'job' | 'pickup' | 'delivery'
  readonly description?: string
  readonly location_index: number
  readonly location?: readonly [number, number]
}

export interface Route extends Sums {
  readonly vehicle: number | string
  readonly description?: string
  readonly cost: number
  readonly priority: number
  readonly delivery?: readonly number[]
  readonly pickup?: readonly number[]
  readonly steps: readonly Step[]
}

export interface Step {
  readonly type: 'start' | 'job' | 'pickup' | 'delivery' | 'break' | 'end'
  readonly id?: number | string
  readonly description?: string
  readonly location_index?: number
  readonly location?: readonly [number, number]
  readonly setup: number
  readonly service: number
  readonly waiting_time: number
  readonly arrival: number
  readonly duration: number
  readonly distance?: number
  readonly load?: readonly number[]
  readonly violations: readonly []
}

/** Writes out the routes of a search: `orders[v]` are nodes of the rich model. */
export function solutionOf(model: RichModel, orders: readonly (readonly number[])[], absent: readonly number[]): Solution {
  const { problem, nodes } = model
  const routes = orders.flatMap((order, v) => (order.some((n) => nodes[n]!.place >= 0) ? [routeOf(model, v, order)] : []))
  const unassigned = absent.filter((n) => nodes[n]!.kind !== 'break').sort((a, b) => a - b).map((n): Unassigned => {
    const node = nodes[n]!
    return { id: node.of.id, type: node.kind as Unassigned['type'], ...described(node.of.description), ...located(problem, node.place) }
  })
  const sum = (of: (route: Route) => number): number => routes.reduce((total, route) => total + of(route), 0)
  const amounts = (of: (route: Route) => readonly number[] | undefined): readonly number[] => Array.from({ length: problem.dimensions }, (_, d) => sum((route) => of(route)![d]!))
  return {
    code: 0,
    summary: {
      cost: sum((route) => route.cost), routes: routes.length, unassigned: unassigned.length, ...(problem.dimensions > 0 ? { delivery: amounts((one) => one.delivery), pickup: amounts((one) => one.pickup) } : {}), setup: sum((one) => one.setup), service: sum((one) => one.service), duration: sum((one) => one.duration),
      waiting_time: sum((one) => one.waiting_time), priority: sum((one) => one.priority), ...(routes.every((one) => one.distance !== undefined) && routes.length > 0 ? { distance: sum((one) => one.distance!) } : {}), violations: [],
    },
    unassigned, routes,
  }
}

function described(description: string | null): { readonly description?: string } {
  return description === null ? {} : { description }
}

function located(problem: Problem, place: number): { readonly location_index: number; readonly location?: readonly [number, number] } {
  const point = problem.coordinates[place]
  return { location_index: place, ...(point ? { location: point } : {}) }
}

function routeOf(model: RichModel, v: number, order: readonly number[]): Route {
  const drive = new Drive(model)
  drive.stops = []
  const cost = drive.run(v, order)
  if (cost < 0) throw new Error(`route ${v} of the search breaks a limit`)
  const { problem, nodes } = model
  const vehicle = problem.vehicles[v]!
  const stops = drive.stops
  // Nobody sets out to wait at the first door: the vehicle leaves later by as long as it would wait there.
  const delay = stops[0] === undefined ? 0 : stops[0].waiting
  const steps = stepsOf(model, v, stops, delay, drive.finish)
  const real = stops.map((stop) => nodes[stop.node]!).filter((node) => node.place >= 0)
  const amounts = (of: (n: (typeof real)[number], d: number) => number): readonly number[] => Array.from({ length: problem.dimensions }, (_, d) => real.reduce((total, node) => total + of(node, d), 0))
  const hasDistance = problem.matrices[vehicle.profile]!.distances !== null
  return {
    vehicle: vehicle.id, ...described(vehicle.description), cost: Math.round(cost / COST_UNIT), ...(problem.dimensions > 0 ? { delivery: amounts((node, d) => node.aboard[d]! + (node.kind === 'delivery' ? -node.change[d]! : 0)), pickup: amounts((node, d) => node.change[d]! > 0 || node.kind === 'pickup' ? node.change[d]! + node.aboard[d]! : 0) } : {}),
    setup: steps.reduce((total, one) => total + one.setup, 0), service: steps.reduce((total, one) => total + one.service, 0), duration: drive.travel, waiting_time: steps.reduce((total, one) => total + one.waiting_time, 0),
    priority: real.reduce((total, node) => total + (node.kind === 'job' ? problem.jobs[node.index]!.priority : node.kind === 'pickup' ? problem.shipments[node.index]!.priority : 0), 0), ...(hasDistance ? { distance: drive.distance } : {}), steps, violations: [],
  }
}

function stepsOf(model: RichModel, v: number, stops: readonly Stop[], delay: number, finish: number): Step[] {
  const { problem, nodes, dimensions } = model
  const vehicle = problem.vehicles[v]!
  const matrix = problem.matrices[vehicle.profile]!
  const load = Array.from({ length: dimensions }, (_, d) => stops.reduce((total, stop) => total + nodes[stop.node]!.aboard[d]!, 0))
  const withLoad = (): { readonly load?: readonly number[] } => (dimensions > 0 ? { load: [...load] } : {})
  const steps: Step[] = []
  let [place, travel, distance] = [vehicle.start, 0, 0]
  const go = (to: number): void => {
    if (place !== null) {
      travel += Math.round(matrix.durations[place * matrix.size + to]! / vehicle.speedFactor)
      distance += matrix.distances?.[place * matrix.size + to] ?? 0
    }
    place = to
  }
  const far = (): { readonly distance?: number } => (matrix.distances === null ? {} : { distance })
  if (vehicle.start !== null) steps.push({ type: 'start', ...located(problem, vehicle.start), setup: 0, service: 0, waiting_time: 0, arrival: vehicle.window[0] + delay, duration: 0, ...far(), ...withLoad(), violations: [] })
  stops.forEach((stop, k) => {
    const node = nodes[stop.node]!
    if (node.place >= 0) go(node.place)
    for (let d = 0; d < dimensions; d++) load[d]! += node.change[d]!
    const shifted = k === 0 ? delay : 0
    steps.push({ type: node.kind, id: node.of.id, ...described(node.of.description), ...(node.place >= 0 ? located(problem, node.place) : {}), setup: stop.setup, service: node.service, waiting_time: stop.waiting - shifted, arrival: stop.arrival + shifted, duration: travel, ...far(), ...withLoad(), violations: [] })
  })
  if (vehicle.end !== null) {
    go(vehicle.end)
    steps.push({ type: 'end', ...located(problem, vehicle.end), setup: 0, service: 0, waiting_time: 0, arrival: finish, duration: travel, ...far(), ...withLoad(), violations: [] })
  }
  return steps
}
