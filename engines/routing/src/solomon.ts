import type { PlainModel } from './model.ts'

/** An instance in the text form of Solomon and of Gehring and Homberger. Node 0 is the depot. */
export interface Solomon {
  readonly name: string
  readonly vehicles: number
  readonly capacity: number
  readonly nodes: readonly { readonly id: number; readonly x: number; readonly y: number; readonly demand: number; readonly ready: number; readonly due: number; readonly service: number }[]
}

/** Distances and times are Euclidean × 1000, rounded; cost is the sum of distances / 1000. */
export const SCALE = 1000

export function readSolomon(text: string): Solomon | { readonly problems: readonly string[] } {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const numbers = (line: string): number[] | null => (/^[-+\d.eE\s]+$/.test(line) && line !== '' ? line.split(/\s+/).map(Number) : null)
  const head = lines.findIndex((line) => numbers(line)?.length === 2)
  if (head < 0) return { problems: ['no line with the number of vehicles and their capacity'] }
  const [vehicles, capacity] = numbers(lines[head]!) as [number, number]
  const problems: string[] = []
  const nodes = lines.slice(head + 1).flatMap((line, i) => {
    const row = numbers(line)
    if (row === null) return []
    if (row.length !== 7 || row.some((value) => !Number.isFinite(value))) {
      problems.push(`line ${head + i + 2}: seven numbers expected`)
      return []
    }
    const [id, x, y, demand, ready, due, service] = row as [number, number, number, number, number, number, number]
    return [{ id, x, y, demand, ready, due, service }]
  })
  nodes.forEach((node, i) => {
    if (node.id !== i) problems.push(`customer ${node.id}: number ${i} expected here`)
    if (node.ready > node.due) problems.push(`customer ${node.id}: the window ends before it begins`)
  })
  if (nodes.length < 1) problems.push('no depot')
  if (!Number.isInteger(vehicles) || vehicles < 1) problems.push('the number of vehicles is not a whole number above 0')
  return problems.length > 0 ? { problems } : { name: lines[0] ?? '', vehicles, capacity, nodes }
}

export function modelOfSolomon(instance: Solomon, fleet = instance.vehicles): PlainModel {
  const [depot, ...customers] = instance.nodes
  const tasks = customers.length
  const places = tasks + 1
  const at = [...customers, depot!]
  const time = new Int32Array(places * places)
  for (let a = 0; a < places; a++) for (let b = 0; b < places; b++) time[a * places + b] = Math.round(Math.hypot(at[a]!.x - at[b]!.x, at[a]!.y - at[b]!.y) * SCALE)
  const of = (value: (node: Solomon['nodes'][number]) => number): Int32Array => Int32Array.from(customers, (node) => Math.round(value(node)))
  const all = (value: number): Int32Array => new Int32Array(fleet).fill(Math.round(value))
  return {
    tasks, vehicles: fleet, places, time, cost: time, timeTo: time, costTo: time, dimensions: 1, may: null,
    ready: of((node) => node.ready * SCALE), due: of((node) => node.due * SCALE), service: of((node) => node.service * SCALE), demand: of((node) => node.demand * SCALE), penalty: new Float64Array(tasks).fill(1),
    start: all(tasks), end: all(tasks), from: all(depot!.ready * SCALE), to: all(depot!.due * SCALE), capacity: all(instance.capacity * SCALE), fixed: all(0), maxTasks: all(2_147_483_647), type: all(0),
  }
}
