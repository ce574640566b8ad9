/** What tearing out and accepting need to know of any model. */
export interface SearchModel {
  readonly tasks: number
  readonly vehicles: number
  readonly dimensions: number
  readonly places: number
  readonly cost: Int32Array
  /** What leaving a task out costs; counted before all costs. */
  readonly penalty: Float64Array
}

/**
 * The problem as numbers, for the fast search: one matrix for all vehicles, one time window a task, loads that only grow or only shrink.
 * Node ids: tasks 0 … T−1, then one sentinel for each vehicle (T+v), which is both its start and its end.
 */
export interface PlainModel extends SearchModel {
  /** Matrix side; places 0 … T−1 are the tasks themselves, the rest are starts and ends. */
  /** Travel time and cost from place a to place b at [a·places + b], and the same matrices turned round. */
  readonly time: Int32Array
  readonly timeTo: Int32Array
  readonly costTo: Int32Array
  /** Per task: earliest and latest start of service, its length, what it adds to each load dimension. */
  readonly ready: Int32Array
  readonly due: Int32Array
  readonly service: Int32Array
  readonly demand: Int32Array
  /** Per vehicle. */
  readonly start: Int32Array
  readonly end: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly capacity: Int32Array
  readonly fixed: Int32Array
  readonly maxTasks: Int32Array
  /** Vehicles that differ in nothing but their id share a type: of several empty ones only the first is tried. */
  readonly type: Int32Array
  /** 1 where a task may ride with a vehicle: [task·vehicles + vehicle]; null where every vehicle may take every task. */
  readonly may: Uint8Array | null
}

/** Neighbours of each task, nearest first: distance, and what waiting and lateness would add when one follows the other. */
export function neighboursOf(model: PlainModel, most: number): Int32Array {
  const { tasks, places, time, cost, ready, due, service } = model
  const count = Math.min(most, Math.max(0, tasks - 1))
  const out = new Int32Array(tasks * count)
  const near = new Float64Array(tasks)
  const order = Array.from({ length: tasks }, (_, i) => i)
  for (let i = 0; i < tasks; i++) {
    for (let j = 0; j < tasks; j++) near[j] = i === j ? -1 : Math.min(after(i, j), after(j, i))
    const sorted = order.slice().sort((a, b) => near[a]! - near[b]! || a - b)
    for (let k = 0; k < count; k++) out[i * count + k] = sorted[k + 1]!
  }
  return out

  function after(a: number, b: number): number {
    const t = time[a * places + b]!
    const wait = Math.max(0, ready[b]! - due[a]! - service[a]! - t)
    const late = Math.max(0, ready[a]! + service[a]! + t - due[b]!)
    return cost[a * places + b]! + 0.2 * wait + late
  }
}

/** All tasks by plain nearness, for tearing out strings that lie side by side. */
export function nearestOf(model: SearchModel, most: number): Int32Array {
  const { tasks, places, cost } = model
  const count = Math.min(most, tasks)
  const out = new Int32Array(tasks * count)
  const order = Array.from({ length: tasks }, (_, i) => i)
  for (let i = 0; i < tasks; i++) {
    const far = (j: number): number => (j === i ? -1 : Math.min(cost[i * places + j]!, cost[j * places + i]!))
    const sorted = order.slice().sort((a, b) => far(a) - far(b) || a - b)
    for (let k = 0; k < count; k++) out[i * count + k] = sorted[k]!
  }
  return out
}
