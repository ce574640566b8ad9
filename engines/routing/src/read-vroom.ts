import { NO_LIMIT, type Break, type Fault, type Job, type Matrix, type Problem, type Shipment, type Vehicle, type Visit, type Window } from './problem.ts'
import { join, Reader } from './read-json.ts'

/** How places without a matrix are joined: great circle × `detour` at `speedKmh`. Sample values until an area has measured ones. */
export interface TravelAssumption {
  readonly detour: number
  readonly speedKmh: number
}

export const TRAVEL: TravelAssumption = { detour: 1.4, speedKmh: 50 }
const DAY_S = 86_400
const ROOT = ['jobs', 'shipments', 'vehicles', 'matrices', 'options']
const VISIT = ['id', 'description', 'location', 'location_index', 'setup', 'service', 'time_windows', 'setup_per_type', 'service_per_type']
const JOB = [...VISIT, 'delivery', 'pickup', 'amount', 'skills', 'priority']
const SHIPMENT = ['pickup', 'delivery', 'amount', 'skills', 'priority']
const VEHICLE = ['id', 'description', 'profile', 'start', 'start_index', 'end', 'end_index', 'capacity', 'skills', 'time_window', 'breaks', 'speed_factor', 'max_tasks', 'max_travel_time', 'max_distance', 'costs', 'steps', 'type']
const BREAK = ['id', 'description', 'service', 'time_windows', 'max_load']
const COSTS = ['fixed', 'per_hour', 'per_km', 'per_task_hour']

/** Reads VROOM's JSON: the problem, or every fault in it at once. */
export function readVroom(input: unknown, travel: TravelAssumption = TRAVEL): { readonly problem: Problem } | { readonly faults: readonly Fault[] } {
  const read = new VroomReader()
  const problem = read.problem(input, travel)
  return problem !== undefined && read.faults.length === 0 ? { problem } : { faults: read.faults }
}

class VroomReader extends Reader {
  private coordinates: ([number, number] | null)[] = []
  private readonly known = new Map<string, number>()

  problem(input: unknown, travel: TravelAssumption): Problem | undefined {
    const root = this.object(input, '', ROOT)
    if (!root) return undefined
    const vehicles = (this.list(root['vehicles'], 'vehicles') ?? []).map((one, i) => this.vehicle(one, join('vehicles', i)))
    const jobs = (this.list(root['jobs'], 'jobs') ?? []).map((one, i) => this.job(one, join('jobs', i)))
    const shipments = (this.list(root['shipments'], 'shipments') ?? []).map((one, i) => this.shipment(one, join('shipments', i)))
    if (vehicles.length === 0) this.fault('vehicles', 'empty', '至少要有一辆车', 'at least one vehicle is needed')
    const matrices = this.matrices(root['matrices'])
    const [fleet, visits, pairs] = [all(vehicles), all(jobs), all(shipments)]
    if (!fleet || !visits || !pairs || matrices === undefined) return undefined
    this.unique(fleet, 'vehicles', (one) => one.id)
    this.unique(visits, 'jobs', (one) => one.id)
    this.unique(pairs, 'shipments', (one) => one.pickup.id)
    const dimensions = this.dimensions(fleet, visits, pairs)
    const joined = this.joined(matrices, fleet, travel)
    this.placesKnown(joined, fleet, visits, pairs)
    return { vehicles: fleet, jobs: visits, shipments: pairs, matrices: joined, dimensions, coordinates: this.coordinates }
  }

  private unique<T>(all: readonly T[], path: string, id: (one: T) => number | string): void {
    const seen = new Set<number | string>()
    all.forEach((one, i) => {
      if (seen.has(id(one))) this.fault(join(join(path, i), 'id'), 'duplicate', `编号“${id(one)}”用了两次`, `the id "${id(one)}" is used twice`)
      seen.add(id(one))
    })
  }

  private place(value: Readonly<Record<string, unknown>>, key: string, indexKey: string, path: string, must: boolean): number | null | undefined {
    const index = value[indexKey] === undefined ? null : this.whole(value[indexKey], join(path, indexKey), null)
    if (index === undefined) return undefined
    const point = value[key] === undefined ? null : this.point(value[key], join(path, key))
    if (point === undefined) return undefined
    if (index !== null) {
      while (this.coordinates.length <= index && index < 100_000) this.coordinates.push(null)
      if (point !== null) this.coordinates[index] = point
      return index
    }
    if (point === null) return must ? this.fault(path, 'missing', `缺地点：${key} 或 ${indexKey}`, `the place is missing: ${key} or ${indexKey}`) : null
    const name = point.join(' ')
    const known = this.known.get(name)
    if (known !== undefined) return known
    this.coordinates.push(point)
    this.known.set(name, this.coordinates.length - 1)
    return this.coordinates.length - 1
  }

  private point(value: unknown, path: string): [number, number] | undefined {
    if (!Array.isArray(value) || value.length !== 2 || value.some((one) => typeof one !== 'number' || !Number.isFinite(one))) return this.fault(path, 'type', '地点要写成[经度, 纬度]', 'a place is [longitude, latitude]')
    const [lon, lat] = value as [number, number]
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return this.fault(path, 'range', '经度在±180之间，纬度在±90之间', 'longitude within ±180, latitude within ±90')
    return [lon, lat]
  }

  private windows(value: unknown, path: string): Window[] | undefined {
    if (value === undefined) return [[0, NO_LIMIT]]
    const windows = this.list(value, path)?.map((one, i) => this.window(one, join(path, i)))
    if (!windows) return undefined
    if (windows.length === 0) return this.fault(path, 'empty', '时间段列表是空的', 'the list of time windows is empty')
    const read = all(windows)
    read?.forEach((one, i) => {
      if (i > 0 && one[0] <= read[i - 1]![1]) this.fault(join(path, i), 'order', '时间段要按先后排列，不能重叠', 'time windows must be in order and may not overlap')
    })
    return read
  }

  private window(value: unknown, path: string): Window | undefined {
    if (!Array.isArray(value) || value.length !== 2) return this.fault(path, 'type', '时间段要写成[开始秒, 结束秒]', 'a time window is [from, to] in seconds')
    const from = this.whole(value[0], join(path, 0), null)
    const to = this.whole(value[1], join(path, 1), null)
    if (from === undefined || to === undefined) return undefined
    return from > to ? this.fault(path, 'order', '结束早于开始', 'it ends before it begins') : [from, to]
  }

  private amounts(value: unknown, path: string): number[] | undefined {
    return all((this.list(value, path) ?? []).map((one, i) => this.whole(one, join(path, i), null)))
  }

  private skills(value: unknown, path: string): (number | string)[] | undefined {
    return all((this.list(value, path) ?? []).map((one, i) => this.id(one, join(path, i))))
  }

  private visit(one: unknown, path: string, keys: readonly string[]): (Visit & { readonly raw: Readonly<Record<string, unknown>> }) | undefined {
    const raw = this.object(one, path, keys)
    if (!raw) return undefined
    for (const key of ['setup_per_type', 'service_per_type']) if (raw[key] !== undefined) this.fault(join(path, key), 'notSupported', '还不能按车型区分时长', 'times by vehicle type are not supported')
    const id = this.id(raw['id'], join(path, 'id'))
    const description = this.text(raw['description'], join(path, 'description'), null)
    const place = this.place(raw, 'location', 'location_index', path, true)
    const setup = this.whole(raw['setup'], join(path, 'setup'), 0, 0, 10 * DAY_S)
    const service = this.whole(raw['service'], join(path, 'service'), 0, 0, 10 * DAY_S)
    const windows = this.windows(raw['time_windows'], join(path, 'time_windows'))
    if (id === undefined || description === undefined || place === undefined || place === null || setup === undefined || service === undefined || windows === undefined) return undefined
    return { id, description, place, setup, service, windows, raw }
  }

  private job(one: unknown, path: string): Job | undefined {
    const visit = this.visit(one, path, JOB)
    if (!visit) return undefined
    const { raw, ...rest } = visit
    const delivery = this.amounts(raw['delivery'] ?? raw['amount'], join(path, raw['delivery'] === undefined ? 'amount' : 'delivery'))
    const pickup = this.amounts(raw['pickup'], join(path, 'pickup'))
    const skills = this.skills(raw['skills'], join(path, 'skills'))
    const priority = this.whole(raw['priority'], join(path, 'priority'), 0, 0, 100)
    return delivery && pickup && skills && priority !== undefined ? { ...rest, delivery, pickup, skills, priority } : undefined
  }

  private shipment(one: unknown, path: string): Shipment | undefined {
    const raw = this.object(one, path, SHIPMENT)
    if (!raw) return undefined
    const [pickup, delivery] = (['pickup', 'delivery'] as const).map((key) => this.visit(raw[key] ?? {}, join(path, key), VISIT))
    const amount = this.amounts(raw['amount'], join(path, 'amount'))
    const skills = this.skills(raw['skills'], join(path, 'skills'))
    const priority = this.whole(raw['priority'], join(path, 'priority'), 0, 0, 100)
    if (!pickup || !delivery || !amount || !skills || priority === undefined) return undefined
    const bare = ({ raw: _raw, ...rest }: NonNullable<typeof pickup>): Visit => rest
    return { pickup: bare(pickup), delivery: bare(delivery), amount, skills, priority }
  }

  private vehicle(one: unknown, path: string): Vehicle | undefined {
    const raw = this.object(one, path, VEHICLE)
    if (!raw) return undefined
    if (raw['steps'] !== undefined) this.fault(join(path, 'steps'), 'notSupported', '还不能接着一条给定的路线算', 'going on from given steps is not supported')
    const costs = raw['costs'] === undefined ? {} : this.object(raw['costs'], join(path, 'costs'), COSTS)
    const start = this.place(raw, 'start', 'start_index', path, false)
    const end = this.place(raw, 'end', 'end_index', path, false)
    const read = {
      id: this.id(raw['id'], join(path, 'id')), description: this.text(raw['description'], join(path, 'description'), null), profile: this.text(raw['profile'], join(path, 'profile'), 'car'), start, end,
      capacity: this.amounts(raw['capacity'], join(path, 'capacity')), skills: this.skills(raw['skills'], join(path, 'skills')), window: raw['time_window'] === undefined ? ([0, NO_LIMIT] as Window) : this.window(raw['time_window'], join(path, 'time_window')),
      breaks: all((this.list(raw['breaks'], join(path, 'breaks')) ?? []).map((each, i) => this.break(each, join(join(path, 'breaks'), i)))),
      speedFactor: this.number(raw['speed_factor'], join(path, 'speed_factor'), 1, 0.1, 5), maxTasks: this.whole(raw['max_tasks'], join(path, 'max_tasks'), NO_LIMIT), maxTravelTime: this.whole(raw['max_travel_time'], join(path, 'max_travel_time'), NO_LIMIT), maxDistance: this.whole(raw['max_distance'], join(path, 'max_distance'), NO_LIMIT),
      fixed: this.whole(costs?.['fixed'], join(path, 'costs.fixed'), 0), perHour: this.whole(costs?.['per_hour'], join(path, 'costs.per_hour'), 3600, 0, 1_000_000), perKm: this.whole(costs?.['per_km'], join(path, 'costs.per_km'), 0, 0, 1_000_000), perTaskHour: this.whole(costs?.['per_task_hour'], join(path, 'costs.per_task_hour'), 0, 0, 1_000_000),
    }
    if (start === null && end === null) return this.fault(path, 'missing', '起点和终点至少写一个', 'a start or an end is needed')
    return Object.values(read).some((value) => value === undefined) ? undefined : (read as Vehicle)
  }

  private break(one: unknown, path: string): Break | undefined {
    const raw = this.object(one, path, BREAK)
    if (!raw) return undefined
    if (raw['max_load'] !== undefined) this.fault(join(path, 'max_load'), 'notSupported', '还不能限制休息时的载量', 'a load limit during breaks is not supported')
    const id = this.id(raw['id'], join(path, 'id'))
    const service = this.whole(raw['service'], join(path, 'service'), 0, 0, DAY_S)
    const windows = this.windows(raw['time_windows'], join(path, 'time_windows'))
    const description = this.text(raw['description'], join(path, 'description'), null)
    return id === undefined || service === undefined || !windows || description === undefined ? undefined : { id, description, service, windows }
  }

  private dimensions(vehicles: readonly Vehicle[], jobs: readonly Job[], shipments: readonly Shipment[]): number {
    const sized: [string, readonly number[]][] = [
      ...vehicles.map((one, i): [string, readonly number[]] => [`vehicles[${i}].capacity`, one.capacity]), ...jobs.flatMap((one, i): [string, readonly number[]][] => [[`jobs[${i}].delivery`, one.delivery], [`jobs[${i}].pickup`, one.pickup]]),
      ...shipments.map((one, i): [string, readonly number[]] => [`shipments[${i}].amount`, one.amount]),
    ]
    const dimensions = Math.max(0, ...sized.map(([, amounts]) => amounts.length))
    for (const [path, amounts] of sized) if (amounts.length !== 0 && amounts.length !== dimensions) this.fault(path, 'size', `这里有${amounts.length}个数量，别处有${dimensions}个`, `${amounts.length} amounts here, ${dimensions} elsewhere`)
    return dimensions
  }

  private matrices(value: unknown): Record<string, Matrix> | null | undefined {
    if (value === undefined) return null
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fault('matrices', 'type', '这里要一个对象', 'an object is expected here')
    const out: Record<string, Matrix> = {}
    for (const [profile, one] of Object.entries(value)) {
      const path = `matrices.${profile}`
      const raw = this.object(one, path, ['durations', 'distances', 'costs'])
      if (!raw) return undefined
      if (raw['costs'] !== undefined) this.fault(join(path, 'costs'), 'notSupported', '还不能用自带的费用矩阵', 'a matrix of costs is not supported')
      const durations = this.square(raw['durations'], join(path, 'durations'), null)
      const distances = raw['distances'] === undefined ? null : this.square(raw['distances'], join(path, 'distances'), durations?.size ?? null)
      if (durations && distances !== undefined) out[profile] = { size: durations.size, durations: durations.values, distances: distances?.values ?? null }
    }
    return out
  }

  private square(value: unknown, path: string, size: number | null): { readonly size: number; readonly values: Int32Array } | undefined {
    const rows = this.list(value, path)
    if (!rows) return undefined
    if (rows.length === 0 || (size !== null && rows.length !== size)) return this.fault(path, 'size', '矩阵的大小不对', 'the matrix has the wrong size')
    const values = new Int32Array(rows.length * rows.length)
    for (const [i, row] of rows.entries()) {
      if (!Array.isArray(row) || row.length !== rows.length) return this.fault(join(path, i), 'size', `这一行要有${rows.length}个数`, `this row needs ${rows.length} numbers`)
      for (const [j, one] of row.entries()) {
        const read = this.whole(one, join(join(path, i), j), null, 0, 100_000_000)
        if (read === undefined) return undefined
        values[i * rows.length + j] = read
      }
    }
    return { size: rows.length, values }
  }

  /** The matrices of the input, or for places with coordinates the great circle. */
  private joined(matrices: Record<string, Matrix> | null, vehicles: readonly Vehicle[], travel: TravelAssumption): Record<string, Matrix> {
    if (matrices !== null) {
      vehicles.forEach((one, i) => {
        if (matrices[one.profile] === undefined) this.fault(`vehicles[${i}].profile`, 'profile', `没有“${one.profile}”的矩阵`, `there is no matrix for "${one.profile}"`)
      })
      return matrices
    }
    const missing = this.coordinates.findIndex((one) => one === null)
    if (missing >= 0) {
      this.fault('matrices', 'missing', `没有矩阵，第${missing}号地点也没有坐标`, `there is no matrix, and place ${missing} has no coordinates`)
      return {}
    }
    const matrix = greatCircle(this.coordinates as [number, number][], travel)
    return Object.fromEntries(vehicles.map((one) => [one.profile, matrix]))
  }

  private placesKnown(matrices: Readonly<Record<string, Matrix>>, vehicles: readonly Vehicle[], jobs: readonly Job[], shipments: readonly Shipment[]): void {
    const size = Math.min(...Object.values(matrices).map((one) => one.size))
    const judge = (place: number | null, path: string): void => {
      if (place !== null && place >= size) this.fault(path, 'place', `第${place}号地点不在矩阵里（共${size}个）`, `place ${place} is not in the matrix of ${size}`)
    }
    vehicles.forEach((one, i) => (judge(one.start, `vehicles[${i}].start_index`), judge(one.end, `vehicles[${i}].end_index`)))
    jobs.forEach((one, i) => judge(one.place, `jobs[${i}].location_index`))
    shipments.forEach((one, i) => (judge(one.pickup.place, `shipments[${i}].pickup.location_index`), judge(one.delivery.place, `shipments[${i}].delivery.location_index`)))
  }
}

const EARTH_M = 6_371_000

/** Seconds and metres between points on the sphere, made longer by the detour factor. */
export function greatCircle(points: readonly (readonly [number, number])[], travel: TravelAssumption): Matrix {
  const size = points.length
  const [durations, distances] = [new Int32Array(size * size), new Int32Array(size * size)]
  const rad = Math.PI / 180
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const [lon1, lat1, lon2, lat2] = [points[a]![0] * rad, points[a]![1] * rad, points[b]![0] * rad, points[b]![1] * rad]
      const h = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2
      const metres = 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h))) * travel.detour
      distances[a * size + b] = distances[b * size + a] = Math.round(metres)
      durations[a * size + b] = durations[b * size + a] = Math.round((metres / (travel.speedKmh * 1000)) * 3600)
    }
  }
  return { size, durations, distances }
}

function all<T>(values: readonly (T | undefined)[]): T[] | undefined {
  return values.some((value) => value === undefined) ? undefined : (values as T[])
}
