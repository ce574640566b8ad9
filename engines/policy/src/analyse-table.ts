import { ageOn, dayOf } from '@songbai/calendar'
import { conditionText } from './cel.ts'
import { finding } from './finding.ts'
import type { Finding, Fix } from './finding.ts'
import { usesOf, walkCond } from './ir.ts'
import type { Cond } from './ir.ts'
import type { Policy, Row } from './policy.ts'
import { all, any, at, not, Solver, sure, Unproved } from './analyse-solve.ts'
import type { Node, Table } from './analyse-solve.ts'
import { Space } from './analyse-space.ts'
import type { Example, Field } from './analyse-space.ts'

export interface Limits { steps: number; stop?: () => boolean }

/** A table on one day: every question about it is one formula looked for. */
export class TableOnDay {
  readonly space: Space
  readonly rows: readonly Row[]
  readonly table: Table
  private readonly solver: Solver
  private readonly limits: Limits
  /** Questions that ran out of steps, or whose person could not be made. */
  readonly open: string[] = []

  constructor(space: Space, limits: Limits) {
    this.space = space
    this.limits = limits
    this.rows = space.rows(space.policy)
    this.table = space.table(space.policy)
    this.solver = new Solver(space.sizes(), limits.steps, limits.stop)
  }

  get steps(): number {
    return this.solver.steps
  }

  when(i: number): Node {
    return this.table.rows[i]!.when
  }

  /** A person for whom the formula is true; null: there is none; undefined: not proved. */
  find(goal: Node, question: string): { cls: Int16Array; example: Example } | null | undefined {
    try {
      if (this.limits.stop?.() === true) throw new Unproved()
      const cls = this.solver.find(goal)
      if (cls === null) return null
      const example = this.space.example(cls)
      if (example !== null) return { cls, example }
    } catch (e) {
      if (!(e instanceof Unproved)) throw e
    }
    this.open.push(question)
    return undefined
  }

  /** Row `i` is the one that counts. */
  taken(i: number): Node {
    if (this.table.hit !== 'first') return sure(this.when(i))
    return all(sure(this.when(i)), ...this.table.rows.slice(0, i).map(r => not(sure(r.when))))
  }

  covered(): Node {
    return any(...this.table.rows.map(r => r.when), { k: 'const', v: 0 })
  }
}

/** Row by row: never true, shadowed. `days` are the first days of all stretches on which the row is in force. */
export function rowFindings(policy: Policy, days: readonly TableOnDay[]): Finding[] {
  return policy.rows.flatMap((row): Finding[] => {
    const inForce = days.filter(d => d.rows.includes(row) && !d.space.holes)
    if (inForce.length === 0) return []
    const index = (d: TableOnDay): number => d.rows.indexOf(row)
    if (inForce.every(d => d.find(sure(d.when(index(d))), row.id) === null)) {
      return [finding(policy, 'neverTrue', 'error', { rows: [row.id], fix: { do: 'deleteRow', row: row.id } })]
    }
    if (policy.hit !== 'first' || !inForce.every(d => d.find(d.taken(index(d)), row.id) === null)) return []
    const by = shadowing(inForce[0]!, index(inForce[0]!))
    const inherited = row.region !== policy.region && by.some(r => r.region === policy.region)
    const example = inForce[0]!.find(sure(inForce[0]!.when(index(inForce[0]!))), row.id)?.example
    return [finding(policy, 'shadowed', inherited ? 'confirm' : 'error', { rows: [row.id, ...by.map(r => r.id)], args: { name: row.id, by: by.map(r => r.id).join('、') }, example, fix: shadowFix(row, by) })]
  })
}

function shadowFix(row: Row, by: readonly Row[]): Fix {
  return JSON.stringify(by.map(r => r.amount)) === JSON.stringify([row.amount]) ? { do: 'deleteRow', row: row.id } : { do: 'moveRow', row: row.id, before: by[0]!.id }
}

/** One earlier row that takes everything, else all earlier rows that take part of it. */
function shadowing(d: TableOnDay, i: number): Row[] {
  const earlier = d.rows.slice(0, i)
  const one = earlier.find((r, k) => d.find(all(sure(d.when(i)), not(sure(d.when(k)))), r.id) === null)
  if (one !== undefined) return [one]
  return earlier.filter((r, k) => d.find(all(sure(d.when(i)), sure(d.when(k))), r.id) !== null)
}

/** Two rows for one person: a mistake under `unique`; under `first` worth knowing when the amounts differ. */
export function overlapFindings(policy: Policy, days: readonly TableOnDay[]): Finding[] {
  if (policy.hit === 'sum') return []
  const seen = new Set<string>()
  return days.flatMap(d => d.rows.flatMap((later, j) => d.rows.slice(0, j).flatMap((earlier, i): Finding[] => {
    const key = `${earlier.id}\n${later.id}`
    if (seen.has(key) || (policy.hit === 'first' && JSON.stringify(d.table.rows[i]!.amount) === JSON.stringify(d.table.rows[j]!.amount))) return []
    const found = d.find(all(sure(d.when(i)), sure(d.when(j))), key)
    if (found === null || found === undefined) return []
    seen.add(key)
    return [finding(policy, policy.hit === 'unique' ? 'overlap' : 'overlapAmounts', policy.hit === 'unique' ? 'error' : 'info', { rows: [earlier.id, later.id], example: found.example })]
  })))
}

/** Holes: a stretch of an ordered fact that no row takes, with taken ones below and above it, everything else equal. */
export function gapFindings(policy: Policy, days: readonly TableOnDay[]): Finding[] {
  const seen = new Set<string>()
  const out: Finding[] = []
  for (const d of days) {
    d.space.fields.forEach((field, f) => field.runs.slice(1, -1).forEach((run, n) => {
      const start = startOf(field, run, d.space.day)
      const key = `${field.name} ${start}`
      const here = (cls: number): Node => at(f, cls, d.covered())
      const found = seen.has(key) ? null : d.find(all(at(f, run.cls, none(d)), any(...field.runs.slice(0, n + 1).map(r => here(r.cls))), any(...field.runs.slice(n + 2).map(r => here(r.cls)))), key)
      if (found === null || found === undefined) return
      seen.add(key)
      found.cls[f] = run.cls
      const example = d.space.example(found.cls)
      if (example !== null) out.push(finding(policy, 'gap', 'confirm', { args: { name: field.name, start }, example, fix: addRow(policy, d, found.cls) }, 'table'))
    }))
  }
  return out
}

/** Where a stretch begins, the same on every day: days as an age or as days gone by, anything else as it stands. */
function startOf(field: Field, run: Field['runs'][number], day: number): number {
  return field.name === 'birth' ? ageOn(dayOf(run.hi), dayOf(day)) : field.def?.type === 'day' ? day - run.hi : run.lo
}

const none = (d: TableOnDay): Node => all(...d.table.rows.map(r => not(r.when)), { k: 'const', v: 1 })

/** Somebody just outside the table, as an example of who gets nothing. */
export function uncoveredFinding(policy: Policy, days: readonly TableOnDay[]): Finding[] {
  const d = days.at(-1)
  if (d === undefined || d.rows.length === 0) return []
  for (const [f, field] of d.space.fields.entries()) {
    for (let c = 0; c < field.classes.length; c++) {
      if (field.def === undefined) continue
      const others = field.classes.map((_, k) => k).filter(k => k !== c)
      const found = d.find(all(at(f, c, none(d)), any(...others.map(k => at(f, k, d.covered())), { k: 'const', v: 0 })), field.name)
      if (found === null || found === undefined) continue
      found.cls[f] = c
      const example = d.space.example(found.cls)
      if (example !== null) return [finding(policy, 'uncovered', 'info', { args: { name: field.name }, example }, 'table')]
    }
  }
  return []
}

/** A row for exactly the people of the classes found. */
function addRow(policy: Policy, d: TableOnDay, cls: ArrayLike<number>): Fix {
  const conds = conditionsOf(policy, d)
  const parts = d.space.fields.flatMap((field, f) => (cls[f]! < 0 ? [] : describeClass(field, cls[f]!, conds, d)))
  let n = policy.rows.length + 1
  while (policy.rows.some(r => r.id === `r${n}`)) n++
  return { do: 'addRow', id: `r${n}`, when: parts.join(' && ') || 'true' }
}

function conditionsOf(policy: Policy, d: TableOnDay): Map<string, Cond[]> {
  const out = new Map<string, Cond[]>()
  for (const r of d.rows) {
    walkCond(r.when, {
      cond: c => {
        if (c.t === 'all' || c.t === 'any' || c.t === 'not' || c.t === 'named' || c.t === 'true') return
        const [fact] = usesOf([c]).facts
        if (fact !== undefined) out.set(fact, [...(out.get(fact) ?? []), c])
      },
    })
  }
  return out
}

/** One class of a field as conditions: its codes, else the conditions of the table that are true of it and those that are not. */
function describeClass(field: Field, cls: number, conds: ReadonlyMap<string, readonly Cond[]>, d: TableOnDay): string[] {
  const facts = d.space.set.facts
  if (field.item !== undefined) return [`${cls === 1 ? '' : '!'}item.${field.item}`]
  if (field.free !== undefined) return [`${cls === 1 ? '' : '!'}(${conditionText(field.free, facts)})`]
  const { def } = field
  const [value] = [field.classes[cls]!.value]
  if (def!.type === 'code') {
    const own = (conds.get(def!.id) ?? []).map(c => d.space.truth(c, def!.id, value))
    const mask = def!.values.reduce((m, _, i) => ((conds.get(def!.id) ?? []).every((c, k) => d.space.truth(c, def!.id, i) === own[k]) ? m | (1 << i) : m), 0)
    return mask === 0 ? [] : [conditionText({ t: 'in', f: def!.id, mask }, facts)]
  }
  const literals = (conds.get(field.name) ?? []).map(c => ({ c, v: d.space.truth(c, field.name, value) })).filter(l => l.v !== 2)
  const others = field.classes.map(c => c.value).filter((_, k) => k !== cls)
  const apart = (list: readonly { c: Cond; v: number }[]): boolean => others.every(o => list.some(l => d.space.truth(l.c, field.name, o) !== l.v))
  const needed = literals.reduce<typeof literals>((list, l) => (list.length > 1 && apart(list.filter(x => x !== l)) ? list.filter(x => x !== l) : list), literals)
  return [...new Set(needed.map(l => conditionText(l.c, facts, l.v === 1)))]
}

/** Needing more and getting less, everything else equal. */
export function monotonyFindings(policy: Policy, days: readonly TableOnDay[]): Finding[] {
  const seen = new Set<string>()
  const out: Finding[] = []
  for (const d of days) {
    const amounts = [...new Set(d.table.rows.flatMap(r => (r.amount.k === 'const' && r.amount.v > 0 ? [r.amount.v] : [])))].sort((a, b) => b - a)
    if (amounts.length === 0) continue
    d.space.fields.forEach((field, f) => {
      const need = field.name === 'birth' ? 'rises' : field.def?.need
      if (need === undefined || seen.has(field.name)) return
      const runs = need === 'rises' ? field.runs : field.runs.toReversed()
      for (let n = 0; n + 1 < runs.length && !seen.has(field.name); n++) {
        for (const fen of amounts) {
          const pays = (cls: number): Node => at(f, cls, { k: 'pays', table: d.table, fen })
          const found = d.find(all(pays(runs[n]!.cls), not(pays(runs[n + 1]!.cls))), field.name)
          if (found === null || found === undefined) continue
          seen.add(field.name)
          found.cls[f] = runs[n + 1]!.cls
          const example = d.space.example(found.cls)
          if (example !== null) out.push(finding(policy, 'amountFalls', 'info', { args: { name: field.name, fen }, example }, 'table'))
          break
        }
      }
    })
  }
  return out
}

/** A person for whom the row counts, as a golden case to be checked by hand. */
export function caseFor(policy: Policy, row: Row, days: readonly TableOnDay[]): { example: Example; fix: Fix } | undefined {
  for (const d of [...days].reverse()) {
    const i = d.rows.indexOf(row)
    const found = i < 0 || d.space.holes ? null : d.find(d.taken(i), row.id)
    if (found === null || found === undefined) continue
    const amount = d.table.rows[i]!.amount
    const given = { ...found.example.facts, ...Object.fromEntries(Object.entries(found.example.items).map(([k, v]) => [`item.${k}`, v ? 'yes' : 'no'])) }
    return { example: found.example, fix: { do: 'addCase', at: dayOf(d.space.day), in: given, row: row.id, ...(amount.k === 'const' && amount.v > 0 ? { amount: amount.v } : {}) } }
  }
  return undefined
}
