import type { CareInstance, CareSolution } from './hhcrsp.ts'
import { ln, Random } from './random.ts'

/** Hot and cold temperatures in tenths of the best cost by the root of the number of patients: which fits depends on how much lateness the instance holds. */
const SCHEDULES = [{ hot: 1, cold: 0.002 }, { hot: 0.5, cold: 0.02 }, { hot: 0.25, cold: 0.004 }] as const
const TRIAL_SHARE = 0.12
const WINNER_SHARE = 0.3
const REHEATS = 3

interface Plan {
  readonly order: Int32Array
  /** Carer of each service: [patient·2 + 0 or 1]. */
  readonly carers: Int32Array
}

/**
 * Annealing over one order of all patients and a carer for each service; a plan is read by sending, in that order, every carer on as early
 * as possible. Three temperature schedules are tried, the best one runs again, then the best plan is warmed up and cooled a few times.
 */
export class CareSearch {
  private readonly instance: CareInstance
  private readonly random: Random
  private readonly able: readonly (readonly Int32Array[])[]
  private readonly phases: { readonly until: number; readonly schedule: number; readonly fresh: boolean; readonly warm: number }[]
  private phase = -1
  private now: Plan
  private readonly undo: Plan
  private best: Plan
  private nowCost = 0
  private bestCost = Infinity
  private runBest = Infinity
  private temperature = 0
  private cooling = 1
  private unit = 1
  private readonly results: number[] = []
  private readonly free: Float64Array
  private readonly at: Int32Array
  private readonly total: number
  done = 0

  constructor(instance: CareInstance, options: { readonly seed: number; readonly iterations: number }) {
    this.instance = instance
    this.random = new Random(options.seed)
    this.total = options.iterations
    this.able = instance.patients.map((patient) => patient.services.map((one) => Int32Array.from(instance.caregivers.flatMap((carer, c) => (carer.abilities.includes(one.service) ? [c] : [])))))
    this.free = new Float64Array(instance.caregivers.length)
    this.at = new Int32Array(instance.caregivers.length)
    this.now = this.fresh()
    this.undo = copyOf(this.now)
    this.best = copyOf(this.now)
    const cut = (share: number): number => Math.round(share * this.total)
    const trials = SCHEDULES.map((_, k) => ({ until: cut(TRIAL_SHARE * (k + 1)), schedule: k, fresh: true, warm: 1 }))
    const afterWinner = TRIAL_SHARE * SCHEDULES.length + WINNER_SHARE
    const reheats = Array.from({ length: REHEATS }, (_, k) => ({ until: cut(afterWinner + ((1 - afterWinner) * (k + 1)) / REHEATS), schedule: -1, fresh: false, warm: 0.25 / (k + 1) }))
    this.phases = [...trials, { until: cut(afterWinner), schedule: -1, fresh: true, warm: 1 }, ...reheats]
    this.begin()
  }

  get cost(): number {
    return this.bestCost
  }

  run(iterations: number): boolean {
    const until = Math.min(this.total, this.done + iterations)
    while (this.done < until) {
      if (this.done >= this.phases[this.phase]!.until) this.begin()
      this.step()
      this.done++
    }
    return this.done < this.total
  }

  private fresh(): Plan {
    const { patients } = this.instance
    // By the end of the window, each with a carer drawn: a beginning the annealing soon leaves.
    const order = Int32Array.from(patients.map((_, i) => i).sort((a, b) => patients[a]!.to - patients[b]!.to || a - b))
    const carers = new Int32Array(patients.length * 2).fill(-1)
    patients.forEach((patient, i) => this.drawCarers({ order, carers }, i, patient.services.length))
    return { order, carers }
  }

  private drawCarers(plan: Plan, i: number, services: number): void {
    const [first, second] = this.able[i]!
    do {
      plan.carers[i * 2] = first![this.random.below(first!.length)]!
      if (services === 2) plan.carers[i * 2 + 1] = second![this.random.below(second!.length)]!
    } while (services === 2 && plan.carers[i * 2] === plan.carers[i * 2 + 1])
  }

  private begin(): void {
    if (this.phase >= 0 && this.phases[this.phase]!.fresh && this.phase < SCHEDULES.length) this.results.push(this.runBest)
    const phase = this.phases[++this.phase]!
    const schedule = SCHEDULES[phase.schedule >= 0 ? phase.schedule : this.results.indexOf(Math.min(...this.results))]!
    this.now = phase.fresh ? this.fresh() : copyOf(this.best)
    this.runBest = this.nowCost = this.read(this.now)
    this.note()
    this.unit = this.bestCost / Math.sqrt(this.instance.patients.length) / 10
    const hot = this.unit * schedule.hot * phase.warm
    const cold = Math.min(hot / 2, this.unit * schedule.cold)
    this.temperature = hot
    this.cooling = Math.pow(cold / hot, 1 / Math.max(1, phase.until - this.done))
  }

  private note(): void {
    if (this.nowCost < this.runBest) this.runBest = this.nowCost
    if (this.nowCost >= this.bestCost - 1e-9) return
    this.bestCost = this.nowCost
    this.best = copyOf(this.now)
  }

  private step(): void {
    const { now, undo, random } = this
    const { patients } = this.instance
    const i = random.below(patients.length)
    undo.order.set(now.order)
    undo.carers.set(now.carers)
    const what = random.below(10)
    if (what < 5) this.shift(i)
    else if (what < 6) this.swap(i, random.below(patients.length))
    if (what >= 4) this.drawCarers(now, now.order[i]!, patients[now.order[i]!]!.services.length)
    const cost = this.read(now)
    if (cost <= this.nowCost - this.temperature * ln(1 - random.unit())) {
      this.nowCost = cost
      this.note()
    } else {
      now.order.set(undo.order)
      now.carers.set(undo.carers)
    }
    this.temperature *= this.cooling
  }

  /** Moves a patient in the order, most often not far. */
  private shift(i: number): void {
    const { order } = this.now
    const n = order.length
    const to = this.random.below(2) === 0 ? this.random.below(n) : Math.max(0, Math.min(n - 1, i + this.random.below(17) - 8))
    const one = order[i]!
    if (to > i) order.copyWithin(i, i + 1, to + 1)
    else order.copyWithin(to + 1, to, i)
    order[to] = one
  }

  private swap(i: number, j: number): void {
    const { order, carers } = this.now
    const [a, b] = [order[i]!, order[j]!]
    order[i] = b
    order[j] = a
    // The carers stay where they are when both can give what the other needs.
    const [x, y] = [carers[a * 2]!, carers[b * 2]!]
    if (this.able[a]![0]!.includes(y) && this.able[b]![0]!.includes(x) && carers[a * 2 + 1] !== y && carers[b * 2 + 1] !== x) {
      carers[a * 2] = y
      carers[b * 2] = x
    }
  }

  /** Cost of a plan; with `starts`, also when each service begins. */
  private read(plan: Plan, starts?: Float64Array): number {
    const { patients, distances, size } = this.instance
    const { free, at } = this
    free.fill(0)
    at.fill(0)
    let [distance, total, most] = [0, 0, 0]
    for (let k = 0; k < plan.order.length; k++) {
      const i = plan.order[k]!
      const patient = patients[i]!
      const a = plan.carers[i * 2]!
      const stepA = distances[at[a]! * size + i + 1]!
      distance += stepA
      let begin = Math.max(patient.from, free[a]! + stepA)
      if (patient.gap !== null) {
        const b = plan.carers[i * 2 + 1]!
        const stepB = distances[at[b]! * size + i + 1]!
        distance += stepB
        const second = Math.max(patient.from, free[b]! + stepB, begin + patient.gap[0])
        if (second > begin + patient.gap[1]) begin = second - patient.gap[1]
        free[b] = second + patient.services[1]!.duration
        at[b] = i + 1
        const late = Math.max(0, second - patient.to)
        total += late
        if (late > most) most = late
        if (starts !== undefined) starts[i * 2 + 1] = second
      }
      free[a] = begin + patient.services[0]!.duration
      at[a] = i + 1
      const late = Math.max(0, begin - patient.to)
      total += late
      if (late > most) most = late
      if (starts !== undefined) starts[i * 2] = begin
    }
    for (let c = 0; c < at.length; c++) distance += distances[at[c]! * size]!
    return (distance + total + most) / 3
  }

  solution(): CareSolution {
    const { patients, caregivers, distances, size } = this.instance
    const starts = new Float64Array(patients.length * 2)
    const cost = this.read(this.best, starts)
    const rounds = caregivers.map((carer, c) => ({
      caregiver: carer.id,
      visits: [...this.best.order].flatMap((i) => patients[i]!.services.flatMap((one, k) => (this.best.carers[i * 2 + k] === c ? [{ patient: patients[i]!.id, service: one.service, start: starts[i * 2 + k]!, place: i + 1 }] : []))),
    }))
    const distance = rounds.reduce((sum, { visits }) => {
      const stops = [0, ...visits.map((one) => one.place), 0]
      return sum + stops.slice(1).reduce((length, place, k) => length + distances[stops[k]! * size + place]!, 0)
    }, 0)
    const lateness = patients.flatMap((patient, i) => patient.services.map((_, k) => Math.max(0, starts[i * 2 + k]! - patient.to)))
    return {
      routes: rounds.map(({ caregiver, visits }) => ({ caregiver, visits: visits.map(({ patient, service, start }) => ({ patient, service, start })) })),
      distance, totalTardiness: lateness.reduce((a, b) => a + b, 0), maxTardiness: Math.max(0, ...lateness), cost,
    }
  }
}

function copyOf(plan: Plan): Plan {
  return { order: plan.order.slice(), carers: plan.carers.slice() }
}
