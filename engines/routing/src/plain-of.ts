import type { PlainModel } from './model.ts'
import { NO_LIMIT, type Problem } from './problem.ts'
import { penaltyOf } from './rich-model.ts'

/**
 * The fast model of a problem that has nothing the fast model cannot say: no shipments, breaks, set-ups, second windows or limits on the
 * road, one matrix and one price list, and loads that are all brought or all fetched. Null for any other problem.
 */
export function plainOf(problem: Problem): PlainModel | null {
  const { jobs, vehicles, dimensions } = problem
  const first = vehicles[0]!
  const same = vehicles.every((one) => one.profile === first.profile && one.speedFactor === first.speedFactor && one.perHour === first.perHour && one.perKm === first.perKm && one.breaks.length === 0 && one.maxTravelTime === NO_LIMIT && one.maxDistance === NO_LIMIT)
  const simple = jobs.every((one) => one.setup === 0 && one.windows.length === 1)
  const oneWay = jobs.every((one) => one.pickup.every((p) => p === 0)) || jobs.every((one) => one.delivery.every((d) => d === 0))
  if (!same || !simple || !oneWay || problem.shipments.length > 0 || jobs.length === 0) return null

  const matrix = problem.matrices[first.profile]!
  const ends = [...new Set(vehicles.flatMap((one) => [one.start, one.end]))]
  const at = [...jobs.map((job): number | null => job.place), ...ends]
  const places = at.length
  const price = first.perKm === 0 && vehicles.every((one) => one.fixed === 0) ? null : { hour: first.perHour / 3600, metre: first.perKm / 1000 }
  const [time, cost, timeTo, costTo] = [new Int32Array(places * places), new Int32Array(places * places), new Int32Array(places * places), new Int32Array(places * places)]
  for (let a = 0; a < places; a++) {
    for (let b = 0; b < places; b++) {
      const [from, to] = [at[a]!, at[b]!]
      if (from === null || to === null || from === undefined || to === undefined) continue
      const seconds = Math.round(matrix.durations[from * matrix.size + to]! / first.speedFactor)
      time[a * places + b] = timeTo[b * places + a] = seconds
      const paid = price === null ? seconds : Math.round((price.hour * seconds + price.metre * (matrix.distances?.[from * matrix.size + to] ?? 0)) * CENTS)
      cost[a * places + b] = costTo[b * places + a] = paid
    }
  }
  const endPlace = (place: number | null): number => jobs.length + ends.indexOf(place)
  const kinds = new Map<string, number>()
  const type = Int32Array.from(vehicles, ({ id: _id, description: _description, ...rest }) => {
    const key = JSON.stringify(rest)
    if (!kinds.has(key)) kinds.set(key, kinds.size)
    return kinds.get(key)!
  })
  const ofVehicles = (value: (one: (typeof vehicles)[number]) => number): Int32Array => Int32Array.from(vehicles, value)
  const ofJobs = (value: (one: (typeof jobs)[number]) => number): Int32Array => Int32Array.from(jobs, value)
  const anySkill = jobs.some((one) => one.skills.length > 0)
  const may = anySkill ? Uint8Array.from(jobs.flatMap((job) => vehicles.map((one) => (job.skills.every((skill) => one.skills.includes(skill)) ? 1 : 0)))) : null
  return {
    tasks: jobs.length, vehicles: vehicles.length, places, time, cost, timeTo, costTo, dimensions, type, may, penalty: Float64Array.from(jobs, (one) => penaltyOf(one.priority)),
    ready: ofJobs((one) => one.windows[0]![0]), due: ofJobs((one) => one.windows[0]![1]), service: ofJobs((one) => one.service),
    demand: Int32Array.from(jobs.flatMap((one) => Array.from({ length: dimensions }, (_, d) => Math.max(one.delivery[d] ?? 0, one.pickup[d] ?? 0)))),
    start: ofVehicles((one) => endPlace(one.start)), end: ofVehicles((one) => endPlace(one.end)), from: ofVehicles((one) => one.window[0]), to: ofVehicles((one) => one.window[1]),
    capacity: Int32Array.from(vehicles.flatMap((one) => Array.from({ length: dimensions }, (_, d) => one.capacity[d] ?? 0))), fixed: ofVehicles((one) => one.fixed * CENTS), maxTasks: ofVehicles((one) => one.maxTasks),
  }
}

const CENTS = 100
