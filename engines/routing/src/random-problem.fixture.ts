import { Random } from './random.ts'

/** A random problem in VROOM's JSON with everything in it: windows, skills, loads, shipments, breaks, prices, limits. */
export function randomVroom(seed: number): Record<string, unknown> {
  const random = new Random(seed)
  const chance = (share: number): boolean => random.unit() < share
  const size = 4 + random.below(14)
  const points = Array.from({ length: size }, () => [random.below(1000), random.below(1000)] as const)
  const durations = points.map(([x, y]) => points.map(([u, w]) => Math.round(Math.hypot(x - u, y - w)) + (chance(0.1) ? random.below(50) : 0)))
  const distances = durations.map((row) => row.map((one) => one * 12))
  const dims = random.below(3)
  const amounts = (most: number): number[] => Array.from({ length: dims }, () => random.below(most + 1))
  const windows = (): number[][] => {
    const from = random.below(4000)
    const first = [from, from + 300 + random.below(3000)]
    return chance(0.25) ? [first, [first[1]! + 200, first[1]! + 1500]] : [first]
  }
  const visit = (id: number): Record<string, unknown> => ({ id, location_index: random.below(size), service: random.below(400), ...(chance(0.3) ? { setup: random.below(120) } : {}), ...(chance(0.7) ? { time_windows: windows() } : {}) })
  const skills = (): Record<string, unknown> => (chance(0.3) ? { skills: [1 + random.below(3)] } : {})
  const jobs = Array.from({ length: 3 + random.below(12) }, (_, i) => ({ ...visit(i + 1), ...skills(), ...(chance(0.6) ? { delivery: amounts(4) } : {}), ...(chance(0.3) ? { pickup: amounts(4) } : {}), ...(chance(0.3) ? { priority: random.below(101) } : {}) }))
  const shipments = chance(0.5) ? Array.from({ length: random.below(4) }, (_, i) => ({ pickup: visit(100 + i), delivery: visit(200 + i), amount: amounts(4), ...skills() })) : []
  const vehicles = Array.from({ length: 1 + random.below(4) }, (_, i) => ({
    id: i + 1, ...(chance(0.9) ? { start_index: random.below(size) } : { end_index: random.below(size) }), ...(chance(0.8) ? { end_index: random.below(size) } : {}), capacity: Array.from({ length: dims }, () => 4 + random.below(20)),
    ...(chance(0.8) ? { time_window: [random.below(500), 6000 + random.below(4000)] } : {}), skills: [1, 2, 3].filter(() => chance(0.6)), ...(chance(0.3) ? { max_tasks: 1 + random.below(8) } : {}), ...(chance(0.2) ? { max_travel_time: 2000 + random.below(3000) } : {}), ...(chance(0.2) ? { max_distance: 30_000 } : {}),
    ...(chance(0.3) ? { speed_factor: [0.5, 1.5, 2][random.below(3)]! } : {}), ...(chance(0.4) ? { costs: { fixed: random.below(900), per_hour: 3600 - random.below(2000), per_km: random.below(60), per_task_hour: random.below(2) * 100 } } : {}),
    ...(chance(0.4) ? { breaks: [{ id: 1, service: 300, time_windows: [[2000, 5000]] }] } : {}),
  }))
  return { vehicles, jobs, ...(shipments.length > 0 ? { shipments } : {}), matrices: { car: { durations, distances } } }
}
