/**
 * Recomputes a VROOM-shaped solution from the problem alone. Written from the definition: it shares no code with the search, so that a
 * mistake there cannot hide here.
 */
import type { Problem, Vehicle, Visit, Window } from './problem.ts'

export interface Violation {
  readonly code: 'unknownVehicle' | 'vehicleTwice' | 'unknownTask' | 'taskTwice' | 'skill' | 'capacity' | 'window' | 'shift' | 'travelTime' | 'distance' | 'tasks' | 'precedence' | 'breakMissing' | 'times' | 'cost' | 'missing'
  readonly vehicle?: number | string
  readonly task?: number | string
  readonly text: string
}

interface GivenStep {
  readonly type: string
  readonly id?: number | string
  readonly arrival: number
  readonly waiting_time?: number
  readonly setup?: number
  readonly service?: number
}

export interface GivenSolution {
  readonly routes: readonly { readonly vehicle: number | string; readonly cost?: number; readonly steps: readonly GivenStep[] }[]
  readonly unassigned: readonly { readonly id: number | string; readonly type?: string }[]
}

export interface Checked {
  readonly violations: readonly Violation[]
  readonly cost: number
  readonly served: number
  readonly unserved: number
}

interface Task {
  readonly key: string
  readonly visit: Visit
  readonly skills: readonly (number | string)[]
  readonly deliver: readonly number[]
  readonly fetch: readonly number[]
  readonly half: 'job' | 'pickup' | 'delivery'
  readonly pair: number
}

export function check(problem: Problem, solution: GivenSolution): Checked {
  const violations: Violation[] = []
  const tasks = tasksOf(problem)
  const seen = new Map<string, number>()
  const vehicles = new Map(problem.vehicles.map((one) => [one.id, one]))
  const usedVehicles = new Set<number | string>()
  let cost = 0
  for (const route of solution.routes) {
    const vehicle = vehicles.get(route.vehicle)
    if (!vehicle) {
      violations.push({ code: 'unknownVehicle', vehicle: route.vehicle, text: 'no such vehicle' })
      continue
    }
    if (usedVehicles.has(route.vehicle)) violations.push({ code: 'vehicleTwice', vehicle: route.vehicle, text: 'two routes' })
    usedVehicles.add(route.vehicle)
    const paid = checkRoute(problem, vehicle, route.steps, tasks, seen, violations)
    if (route.cost !== undefined && Math.round(paid) !== route.cost) violations.push({ code: 'cost', vehicle: route.vehicle, text: `cost ${route.cost}, recomputed ${Math.round(paid)}` })
    cost += Math.round(paid)
  }
  for (const one of solution.unassigned) {
    const key = `${one.type ?? 'job'}:${one.id}`
    if (!tasks.has(key)) violations.push({ code: 'unknownTask', task: one.id, text: 'no such task' })
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  for (const [key, task] of tasks) {
    const times = seen.get(key) ?? 0
    if (times === 0) violations.push({ code: 'missing', task: task.visit.id, text: 'neither served nor named as left out' })
    if (times > 1) violations.push({ code: 'taskTwice', task: task.visit.id, text: `${times} times` })
  }
  return { violations, cost, served: [...tasks.keys()].length - solution.unassigned.length, unserved: solution.unassigned.length }
}

function tasksOf(problem: Problem): Map<string, Task> {
  const none = Array.from({ length: problem.dimensions }, () => 0)
  const full = (given: readonly number[]): number[] => none.map((_, d) => given[d] ?? 0)
  const out = new Map<string, Task>()
  problem.jobs.forEach((job) => out.set(`job:${job.id}`, { key: `job:${job.id}`, visit: job, skills: job.skills, deliver: full(job.delivery), fetch: full(job.pickup), half: 'job', pair: -1 }))
  problem.shipments.forEach((one, pair) => {
    out.set(`pickup:${one.pickup.id}`, { key: `pickup:${one.pickup.id}`, visit: one.pickup, skills: one.skills, deliver: none, fetch: full(one.amount), half: 'pickup', pair })
    out.set(`delivery:${one.delivery.id}`, { key: `delivery:${one.delivery.id}`, visit: one.delivery, skills: one.skills, deliver: full(one.amount), fetch: none, half: 'delivery', pair })
  })
  return out
}

function inside(windows: readonly Window[], moment: number): boolean {
  return windows.some(([from, to]) => from <= moment && moment <= to)
}

function checkRoute(problem: Problem, vehicle: Vehicle, steps: readonly GivenStep[], tasks: ReadonlyMap<string, Task>, seen: Map<string, number>, violations: Violation[]): number {
  const blame = (code: Violation['code'], text: string, task?: number | string): void => void violations.push({ code, vehicle: vehicle.id, text, ...(task === undefined ? {} : { task }) })
  const matrix = problem.matrices[vehicle.profile]!
  const served = steps.filter((step) => ['job', 'pickup', 'delivery'].includes(step.type)).map((step) => ({ step, task: tasks.get(`${step.type}:${step.id}`) }))
  const load = Array.from({ length: problem.dimensions }, (_, d) => served.reduce((sum, { task }) => sum + (task?.half === 'job' ? task.deliver[d]! : 0), 0))
  const full = (): boolean => load.some((amount, d) => amount > (vehicle.capacity[d] ?? 0))
  const [picked, breaksLeft] = [new Set<number>(), new Set(vehicle.breaks.map((one) => one.id))]
  let [place, clock, travel, distance, count, work] = [vehicle.start, steps[0]?.arrival ?? vehicle.window[0], 0, 0, 0, 0]
  if (clock < vehicle.window[0]) blame('shift', 'sets out before the shift begins')
  if (full()) blame('capacity', 'too much on board at the start')
  const goTo = (to: number): number => {
    if (place === null) return 0
    const seconds = Math.round(matrix.durations[place * matrix.size + to]! / vehicle.speedFactor)
    travel += seconds
    distance += matrix.distances === null ? 0 : matrix.distances[place * matrix.size + to]!
    return seconds
  }
  for (const [k, step] of steps.entries()) {
    if (step.type === 'start') continue
    if (step.type === 'end') {
      if (vehicle.end !== null) clock += goTo(vehicle.end)
      if (step.arrival !== clock) blame('times', `arrives at the end at ${step.arrival}, recomputed ${clock}`)
      continue
    }
    if (step.type === 'break') {
      const pause = vehicle.breaks.find((one) => one.id === step.id)
      if (!pause || !breaksLeft.delete(pause.id)) {
        blame('unknownTask', 'no such break, or taken twice', step.id)
        continue
      }
      const begin = clock + (step.waiting_time ?? 0)
      if (!inside(pause.windows, begin)) blame('window', `break begins at ${begin}`, step.id)
      clock = begin + pause.service
      continue
    }
    const task = tasks.get(`${step.type}:${step.id}`)
    if (!task) {
      blame('unknownTask', `no such ${step.type}`, step.id)
      continue
    }
    seen.set(task.key, (seen.get(task.key) ?? 0) + 1)
    const setup = place === task.visit.place ? 0 : task.visit.setup
    if (place !== null || k > 0) clock += goTo(task.visit.place)
    if (step.arrival !== clock) blame('times', `arrives at ${step.arrival}, recomputed ${clock}`, step.id)
    const begin = clock + (step.waiting_time ?? 0) + setup
    if (!inside(task.visit.windows, begin)) blame('window', `service begins at ${begin}`, step.id)
    if (!task.skills.every((skill) => vehicle.skills.includes(skill))) blame('skill', 'the vehicle lacks a skill', step.id)
    if (task.half === 'pickup') picked.add(task.pair)
    if (task.half === 'delivery' && !picked.has(task.pair)) blame('precedence', 'delivered before it was picked up', step.id)
    for (let d = 0; d < load.length; d++) load[d]! += task.fetch[d]! - task.deliver[d]!
    if (full()) blame('capacity', 'too much on board', step.id)
    clock = begin + task.visit.service
    work += setup + task.visit.service
    place = task.visit.place
    count++
  }
  for (const pair of picked) if (!served.some(({ task }) => task?.half === 'delivery' && task.pair === pair)) blame('precedence', 'picked up and not delivered', problem.shipments[pair]!.pickup.id)
  for (const id of breaksLeft) blame('breakMissing', 'break not taken', id)
  if (clock > vehicle.window[1]) blame('shift', `ends at ${clock}, after the shift`)
  if (travel > vehicle.maxTravelTime) blame('travelTime', `${travel} s on the road`)
  if (distance > vehicle.maxDistance) blame('distance', `${distance} m`)
  if (count > vehicle.maxTasks) blame('tasks', `${count} tasks`)
  return count === 0 ? 0 : vehicle.fixed + (vehicle.perHour * travel) / 3600 + (vehicle.perKm * distance) / 1000 + (vehicle.perTaskHour * work) / 3600
}
