/**
 * Home health care routing and scheduling as published benchmarks put it: carers with abilities, patients with a window whose end may be
 * passed at a price, some of them needing two carers at once or one after the other. Times are in the data's own unit and may be fractions.
 */
import type { Fault } from './problem.ts'
import { join, Reader } from './read-json.ts'

export interface CareInstance {
  readonly patients: readonly CarePatient[]
  readonly caregivers: readonly { readonly id: string; readonly abilities: readonly string[] }[]
  /** [from·size + to], place 0 the office, place i the i-th patient. */
  readonly distances: Float64Array
  readonly size: number
}

export interface CarePatient {
  readonly id: string
  readonly from: number
  readonly to: number
  readonly services: readonly { readonly service: string; readonly duration: number }[]
  /** Begin of the second service less begin of the first: least and most; null for one service. */
  readonly gap: readonly [number, number] | null
}

export interface CareSolution {
  readonly routes: readonly { readonly caregiver: string; readonly visits: readonly { readonly patient: string; readonly service: string; readonly start: number }[] }[]
  readonly distance: number
  readonly totalTardiness: number
  readonly maxTardiness: number
  /** A third of the sum of the three. */
  readonly cost: number
}

const finite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export function readHhcrsp(input: unknown): { readonly instance: CareInstance } | { readonly faults: readonly Fault[] } {
  const read = new Reader()
  const root = read.object(input, '', ['patients', 'caregivers', 'services', 'central_offices', 'distances', 'horizon', 'name', 'metadata', 'terminal_points'])
  if (!root) return { faults: read.faults }
  const caregivers = (read.list(root['caregivers'], 'caregivers') ?? []).flatMap((one, i) => {
    const raw = read.object(one, join('caregivers', i), ['id', 'abilities', 'departing_point', 'arrival_point', 'working_shift', 'name'])
    const id = raw && read.id(raw['id'], join('caregivers', i) + '.id')
    const abilities = raw && read.list(raw['abilities'], join('caregivers', i) + '.abilities')
    return id === undefined || !abilities ? [] : [{ id: String(id), abilities: abilities.map(String) }]
  })
  const patients = (read.list(root['patients'], 'patients') ?? []).flatMap((one, i) => patientOf(read, one, join('patients', i)))
  const size = patients.length + 1
  const rows = read.list(root['distances'], 'distances') ?? []
  const distances = new Float64Array(size * size)
  if (rows.length !== size) read.fault('distances', 'size', `要有${size}行（办公室加每位病人）`, `${size} rows are needed: the office and every patient`)
  else rows.forEach((row, a) => {
    if (!Array.isArray(row) || row.length !== size || row.some((d) => !finite(d) || d < 0)) read.fault(join('distances', a), 'size', `这一行要有${size}个不小于0的数`, `this row needs ${size} numbers of 0 or more`)
    else row.forEach((d, b) => (distances[a * size + b] = d as number))
  })
  patients.forEach((patient, i) => patient.services.forEach((service, k) => {
    if (!caregivers.some((one) => one.abilities.includes(service.service))) read.fault(`patients[${i}].required_caregivers[${k}]`, 'range', `没有人会“${service.service}”`, `nobody can give "${service.service}"`)
  }))
  patients.forEach((patient, i) => {
    if (patient.services.length === 2 && !hasPair(caregivers, patient)) read.fault(`patients[${i}].required_caregivers`, 'range', '找不出两个不同的人来做这两项', 'no two different carers can give the two services')
  })
  return read.faults.length > 0 ? { faults: read.faults } : { instance: { patients, caregivers, distances, size } }
}

function pairOf(value: unknown): readonly [number, number] | null {
  return Array.isArray(value) && value.length === 2 && finite(value[0]) && finite(value[1]) ? [value[0], value[1]] : null
}

function hasPair(caregivers: CareInstance['caregivers'], patient: CarePatient): boolean {
  const able = patient.services.map((one) => caregivers.flatMap((carer, c) => (carer.abilities.includes(one.service) ? [c] : [])))
  return able[0]!.some((a) => able[1]!.some((b) => a !== b))
}

function patientOf(read: Reader, one: unknown, path: string): CarePatient[] {
  const raw = read.object(one, path, ['id', 'location', 'time_window', 'time_windows', 'required_caregivers', 'synchronization', 'name', 'preferences'])
  const id = raw && read.id(raw['id'], `${path}.id`)
  if (!raw || id === undefined) return []
  const window = pairOf(raw['time_window'])
  if (window === null || window[0] > window[1]) {
    read.fault(`${path}.time_window`, 'type', '要写成[开始, 结束]', '[from, to] is expected')
    return []
  }
  const services = (read.list(raw['required_caregivers'], `${path}.required_caregivers`) ?? []).flatMap((each, k) => {
    const need = read.object(each, join(`${path}.required_caregivers`, k), ['service', 'duration'])
    if (!need) return []
    if (!finite(need['duration']) || need['duration'] < 0) read.fault(join(`${path}.required_caregivers`, k) + '.duration', 'type', '要一个不小于0的数', 'a number of 0 or more is expected')
    return [{ service: String(need['service']), duration: Number(need['duration']) }]
  })
  if (services.length < 1 || services.length > 2) read.fault(`${path}.required_caregivers`, 'size', '要一项或两项服务', 'one or two services are needed')
  const sync = raw['synchronization'] === undefined ? null : read.object(raw['synchronization'], `${path}.synchronization`, ['type', 'distance'])
  const gap = services.length < 2 ? null : sync?.['type'] === 'sequential' ? pairOf(sync['distance']) : ([0, 0] as const)
  if (services.length === 2 && gap === null) read.fault(`${path}.synchronization.distance`, 'type', '要写成[最少, 最多]', '[least, most] is expected')
  if (services.length === 2 && sync?.['type'] !== 'sequential' && sync?.['type'] !== 'simultaneous') read.fault(`${path}.synchronization`, 'missing', '两项服务要说明同时还是先后', 'two services need a synchronization, simultaneous or sequential')
  return [{ id: String(id), from: window[0], to: window[1], services, gap }]
}

/** Everything wrong with a solution, and its cost worked out from the starts it gives. */
export function checkHhcrsp(instance: CareInstance, solution: Pick<CareSolution, 'routes'>): { readonly violations: readonly string[]; readonly distance: number; readonly totalTardiness: number; readonly maxTardiness: number; readonly cost: number } {
  const violations: string[] = []
  const place = new Map(instance.patients.map((one, i) => [one.id, i + 1]))
  const begun = new Map<string, { readonly carer: string; readonly start: number }>()
  let [distance, total, most] = [0, 0, 0]
  for (const route of solution.routes) {
    const carer = instance.caregivers.find((one) => one.id === route.caregiver)
    if (!carer) violations.push(`${route.caregiver}: no such carer`)
    let [at, clock] = [0, 0]
    for (const visit of route.visits) {
      const i = place.get(visit.patient)
      const patient = i === undefined ? undefined : instance.patients[i - 1]!
      const need = patient?.services.find((one) => one.service === visit.service)
      if (i === undefined || !patient || !need) {
        violations.push(`${visit.patient}/${visit.service}: not asked for`)
        continue
      }
      const key = `${visit.patient}/${visit.service}`
      if (begun.has(key)) violations.push(`${key}: given twice`)
      if (carer && !carer.abilities.includes(visit.service)) violations.push(`${key}: ${carer.id} cannot give it`)
      const step = instance.distances[at * instance.size + i]!
      if (visit.start < clock + step - 1e-6) violations.push(`${key}: begins at ${visit.start}, the carer arrives at ${clock + step}`)
      if (visit.start < patient.from - 1e-6) violations.push(`${key}: begins before the window`)
      const late = Math.max(0, visit.start - patient.to)
      total += late
      most = Math.max(most, late)
      distance += step
      begun.set(key, { carer: route.caregiver, start: visit.start })
      at = i
      clock = visit.start + need.duration
    }
    distance += instance.distances[at * instance.size]!
  }
  for (const patient of instance.patients) {
    const given = patient.services.map((one) => begun.get(`${patient.id}/${one.service}`))
    given.forEach((one, k) => one ?? violations.push(`${patient.id}/${patient.services[k]!.service}: not given`))
    const [a, b] = given
    if (!a || !b || patient.gap === null) continue
    if (a.carer === b.carer) violations.push(`${patient.id}: one carer for both services`)
    const gap = b.start - a.start
    if (gap < patient.gap[0] - 1e-6 || gap > patient.gap[1] + 1e-6) violations.push(`${patient.id}: ${gap} between the two services, ${patient.gap.join(' to ')} asked`)
  }
  return { violations, distance, totalTardiness: total, maxTardiness: most, cost: (distance + total + most) / 3 }
}
