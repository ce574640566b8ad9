import type { Kit } from './anneal.ts'
import type { PlainModel } from './model.ts'
import type { Random } from './random.ts'
import type { RichModel } from './rich-model.ts'
import { Drive } from './rich-route.ts'
import { State } from './state.ts'

const BLINK = 0.01
const NOWHERE = 1e15

/** A plan whose times are worked out by driving each route in thought; both halves of a shipment come and go together. */
class RichState extends State {
  private readonly rich: RichModel
  private readonly drive: Drive
  /** Route costs outgrow 32 bits. */
  readonly costs: Float64Array

  constructor(model: RichModel) {
    super(ringsOnly(model))
    this.rich = model
    this.drive = new Drive(model)
    this.costs = new Float64Array(model.vehicles)
  }

  override copyFrom(other: State): void {
    super.copyFrom(other)
    this.costs.set((other as RichState).costs)
  }

  override refresh(v: number): void {
    if (this.rich === undefined) return
    const order = this.tasksOf(v)
    this.count[v] = order.length
    this.costs[v] = this.drive.run(v, order)
    if (this.costs[v]! < 0) this.scatter(v)
  }

  override remove(n: number): void {
    if (this.route[n]! < 0) return
    super.remove(n)
    const { partner } = this.rich.nodes[n]!
    if (partner >= 0) this.remove(partner)
  }

  override cost(): number {
    let sum = 0
    for (const one of this.costs) sum += one
    return sum
  }

  put(n: number, after: number, v: number): void {
    const before = this.next[after]!
    this.next[after] = n
    this.prev[n] = after
    this.next[n] = before
    this.prev[before] = n
    this.route[n] = v
  }
}

/** The ring structure needs counts alone. */
function ringsOnly(model: RichModel): PlainModel {
  const none = new Int32Array(0)
  return { tasks: model.tasks, vehicles: model.vehicles, dimensions: 0, places: model.places, cost: model.cost, penalty: model.penalty, time: none, timeTo: none, costTo: none, ready: none, due: none, service: none, demand: none, start: none, end: none, from: none, to: none, capacity: none, fixed: none, maxTasks: none, type: none, may: null }
}

class RichRecreate {
  private readonly model: RichModel
  private readonly drive: Drive
  private best = NOWHERE
  private bestVehicle = -1
  private at = -1
  private bt = -1

  constructor(model: RichModel) {
    this.model = model
    this.drive = new Drive(model)
  }

  run(given: State, random: Random): void {
    const state = given as RichState
    const { nodes } = this.model
    const queue = [...state.absent.subarray(0, state.absentCount[0]!)].filter((n) => nodes[n]!.kind !== 'delivery')
    state.absentCount[0] = 0
    for (const n of this.sorted(queue, random)) {
      if (this.find(state, n, random)) this.insert(state, n)
      else for (const one of [n, nodes[n]!.partner]) if (one >= 0) state.absent[state.absentCount[0]!++] = one
    }
  }

  /** Breaks first, then by chance, by narrow windows or by early ones. */
  private sorted(queue: number[], random: Random): number[] {
    const { nodes } = this.model
    const how = random.below(4)
    const key = (n: number): number => {
      const node = nodes[n]!
      if (node.kind === 'break') return -1e12 + n
      const [first, last] = [node.windows[0]!, node.windows.at(-1)!]
      return how === 0 ? last[1] - first[0] : how === 1 ? first[0] : how === 2 ? -last[1] : random.next()
    }
    const keys = new Map(queue.map((n) => [n, key(n)]))
    return queue.sort((a, b) => keys.get(a)! - keys.get(b)! || a - b)
  }

  private find(state: RichState, n: number, random: Random): boolean {
    const { vehicles, may, type, nodes } = this.model
    this.best = NOWHERE
    this.bestVehicle = -1
    const seen = new Set<number>()
    for (let v = 0; v < vehicles; v++) {
      if (may[n * vehicles + v] === 0) continue
      if (state.count[v] === 0) {
        if (seen.has(type[v]!)) continue
        seen.add(type[v]!)
      }
      const order = state.tasksOf(v)
      if (nodes[n]!.partner >= 0) this.findPair(state, n, v, order, random)
      else for (let at = 0; at <= order.length; at++) {
        if (random.unit() < BLINK) continue
        this.judge(this.drive.run(v, order, n, at) - state.costs[v]!, state.costs[v]!, v, at, -1)
      }
    }
    return this.bestVehicle >= 0
  }

  private findPair(state: RichState, n: number, v: number, order: readonly number[], random: Random): void {
    const { partner } = this.model.nodes[n]!
    for (let at = 0; at <= order.length; at++) {
      if (this.drive.run(v, order, n, at) < 0 && this.model.dimensions === 0) continue
      for (let bt = at; bt <= order.length; bt++) {
        if (random.unit() < BLINK) continue
        this.judge(this.drive.run(v, order, n, at, partner, bt) - state.costs[v]!, state.costs[v]!, v, at, bt)
      }
    }
  }

  private judge(delta: number, before: number, v: number, at: number, bt: number): void {
    if (delta + before < 0 || delta >= this.best) return
    this.best = delta
    this.bestVehicle = v
    this.at = at
    this.bt = bt
  }

  private insert(state: RichState, n: number): void {
    const v = this.bestVehicle
    const order = state.tasksOf(v)
    const after = (place: number): number => (place === 0 ? this.model.tasks + v : order[place - 1]!)
    const { partner } = this.model.nodes[n]!
    if (partner >= 0) state.put(partner, after(this.bt), v)
    state.put(n, after(this.at), v)
    state.refresh(v)
  }
}

export function richKit(model: RichModel): Kit {
  return {
    state: () => {
      const state = new RichState(model)
      for (let v = 0; v < model.vehicles; v++) state.refresh(v)
      return state
    },
    recreate: new RichRecreate(model), eject: null,
  }
}
