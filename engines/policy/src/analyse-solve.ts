import type { Tri } from './person.ts'

/**
 * Formulas over fields that fall into finitely many classes (see `analyse-space.ts`), and a search for one combination that makes a formula true.
 * A field is split only when the formula still hangs on it, so what does not matter is never multiplied out: the answer is that of trying every combination.
 */
export type Node =
  | { k: 'const'; v: Tri }
  | { k: 'atom'; field: number; truth: readonly Tri[] }
  | { k: 'all' | 'any'; n: readonly Node[] }
  | { k: 'not'; n: Node }
  /** True only, neither false nor unknown. */
  | { k: 'sure'; n: Node }
  /** The formula with one field at one class. */
  | { k: 'at'; field: number; cls: number; n: Node }
  /** The table pays at least `fen`. */
  | { k: 'pays'; table: Table; fen: number }

export type Amount = { k: 'const'; v: number } | { k: 'choice'; c: Node; a: Amount; b: Amount } | { k: 'open' }
/** Rows in force with their amounts, under the rule of the table. */
export interface Table { hit: 'first' | 'unique' | 'sum'; rows: readonly { when: Node; amount: Amount }[] }

/** Not decided yet: some field is still open. */
const OPEN = 3
type Value = Tri | typeof OPEN

export const TRUE: Node = { k: 'const', v: 1 }
export const all = (...n: Node[]): Node => (n.length === 1 ? n[0]! : { k: 'all', n })
export const any = (...n: Node[]): Node => (n.length === 1 ? n[0]! : { k: 'any', n })
export const not = (n: Node): Node => ({ k: 'not', n })
export const sure = (n: Node): Node => ({ k: 'sure', n })
export const at = (field: number, cls: number, n: Node): Node => ({ k: 'at', field, cls, n })

/** Thrown when the search has used up its steps or was told to stop. */
export class Unproved extends Error {}

export class Solver {
  steps = 0
  private readonly sizes: readonly number[]
  private readonly limit: number
  private readonly stop: (() => boolean) | undefined
  private readonly cls: Int16Array
  /** First open field met in the last evaluation. */
  private want = -1

  constructor(sizes: readonly number[], limit: number, stop?: () => boolean) {
    this.sizes = sizes
    this.limit = limit
    this.stop = stop
    this.cls = new Int16Array(sizes.length).fill(-1)
  }

  /** The class of every field that mattered (others -1), or null when no combination makes the formula true. Throws `Unproved`. */
  find(goal: Node): Int16Array | null {
    this.cls.fill(-1)
    return this.search(goal) ? this.cls.slice() : null
  }

  private search(goal: Node): boolean {
    if (++this.steps > this.limit || (this.steps % 1024 === 0 && this.stop?.() === true)) throw new Unproved()
    this.want = -1
    const v = this.value(goal)
    if (v !== OPEN) return v === 1
    const field = this.want
    for (let c = 0; c < this.sizes[field]!; c++) {
      this.cls[field] = c
      if (this.search(goal)) return true
    }
    this.cls[field] = -1
    return false
  }

  private value(n: Node): Value {
    switch (n.k) {
      case 'const': return n.v
      case 'atom': return this.atom(n)
      case 'all': return this.junction(n.n, 0)
      case 'any': return this.junction(n.n, 1)
      case 'not': { const v = this.value(n.n); return v === 0 ? 1 : v === 1 ? 0 : v }
      case 'sure': { const v = this.value(n.n); return v === 2 ? 0 : v }
      case 'at': return this.fixed(n)
      case 'pays': return this.pays(n.table, n.fen)
    }
  }

  private atom(n: Extract<Node, { k: 'atom' }>): Value {
    const c = this.cls[n.field]!
    if (c >= 0) return n.truth[c]!
    if (this.want < 0) this.want = n.field
    return OPEN
  }

  private junction(parts: readonly Node[], decisive: 0 | 1): Value {
    let out: Value = decisive === 1 ? 0 : 1
    for (const n of parts) {
      const v = this.value(n)
      if (v === decisive) return v
      if (v === OPEN || (v === 2 && out !== OPEN)) out = v
    }
    return out
  }

  private fixed(n: Extract<Node, { k: 'at' }>): Value {
    const before = this.cls[n.field]!
    this.cls[n.field] = n.cls
    const v = this.value(n.n)
    this.cls[n.field] = before
    return v
  }

  private pays(table: Table, fen: number): Value {
    let total = 0
    let out: Value = 0
    for (const row of table.rows) {
      const v = this.value(row.when)
      if (v === OPEN) return OPEN
      if (v === 0) continue
      const amount = v === 2 ? 2 : this.amount(row.amount)
      if (amount === 'open' || amount === 2) return amount === 2 ? 2 : OPEN
      total += amount.fen
      out = total >= fen ? 1 : 0
      if (table.hit !== 'sum') return out
    }
    return out === 1 || fen <= 0 ? 1 : 0
  }

  private amount(a: Amount): { fen: number } | 'open' | 2 {
    if (a.k === 'const') return { fen: a.v }
    if (a.k === 'open') return 2
    const c = this.value(a.c)
    return c === OPEN ? 'open' : c === 2 ? 2 : this.amount(c === 1 ? a.a : a.b)
  }
}
