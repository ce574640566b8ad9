import { TextStore } from './read/strings.ts'
import type { Args } from './types.ts'
import type { Finding } from './table/record.ts'
import type { Severity } from './values/reading.ts'

export interface ProblemKind { readonly code: string; readonly severity: Severity; readonly findings: number; readonly rows: number }
export interface ReportFilter { readonly code?: string; readonly severity?: Severity; readonly offset?: number; readonly limit?: number }

const severities: readonly Severity[] = ['error', 'question', 'repaired']

/**
 * All findings of a batch in a few bytes each: 200,000 rows with several findings stay in tens of megabytes. What a
 * repaired cell became is not kept (it is read again for the repaired sheet); the arguments of errors and questions are.
 */
export class ProblemReport {
  readonly #keep: number
  #count = 0
  #rows = new Uint32Array(1024)
  #codes = new Uint16Array(1024)
  #columns = new Uint16Array(1024)
  #args = new Int32Array(1024)
  readonly #texts = new TextStore()
  readonly #codeNames: { code: string; severity: Severity; findings: number; rows: number; lastRow: number }[] = []
  readonly #codeIndex = new Map<string, number>()
  readonly #columnNames: string[] = []
  readonly #columnIndex = new Map<string, number>()
  #worst = new Uint8Array(1024)
  #dropped = 0
  #order: Uint32Array | undefined

  constructor(options: { keep?: number } = {}) { this.#keep = options.keep ?? 1_000_000 }

  /** Findings kept; `dropped` were only counted because the store was full. */
  get length(): number { return this.#count }
  get dropped(): number { return this.#dropped }

  add(finding: Finding): void {
    const code = this.#codeOf(finding)
    const kind = this.#codeNames[code]!
    kind.findings += 1
    if (kind.lastRow !== finding.row) { kind.rows += 1; kind.lastRow = finding.row }
    this.#mark(finding.row, finding.severity)
    if (this.#count >= this.#keep) { this.#dropped += 1; return }
    if (this.#count === this.#rows.length) this.#growAll()
    const at = this.#count++
    this.#rows[at] = finding.row
    this.#codes[at] = code
    this.#columns[at] = indexIn(finding.column, this.#columnNames, this.#columnIndex)
    this.#args[at] = finding.severity === 'repaired' ? -1 : this.#texts.add(JSON.stringify(finding.args))
    this.#order = undefined
  }

  addAll(findings: readonly Finding[]): void {
    for (const finding of findings) this.add(finding)
  }

  /** Kinds of problems: errors first, the most frequent first. */
  kinds(): ProblemKind[] {
    return this.#codeNames.map(({ code, severity, findings, rows }) => ({ code, severity, findings, rows }))
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.findings - a.findings || (a.code < b.code ? -1 : 1))
  }

  /** Rows by the worst finding they have. */
  rowCounts(): { error: number; question: number; repaired: number } {
    const counts = { error: 0, question: 0, repaired: 0 }
    for (const worst of this.#worst) if (worst > 0) counts[severities[3 - worst]!] += 1
    return counts
  }

  /** A page of findings in row order. */
  list(filter: ReportFilter = {}): Finding[] {
    const order = this.#ordered()
    const found: Finding[] = []
    let skip = filter.offset ?? 0
    const limit = filter.limit ?? 100
    for (let i = 0; i < order.length && found.length < limit; i++) {
      const at = order[i]!
      const kind = this.#codeNames[this.#codes[at]!]!
      if ((filter.code !== undefined && kind.code !== filter.code) || (filter.severity !== undefined && kind.severity !== filter.severity)) continue
      if (skip > 0) { skip -= 1; continue }
      found.push(this.#finding(at))
    }
    return found
  }

  forRow(row: number): Finding[] {
    const order = this.#ordered()
    let low = 0
    for (let high = order.length; low < high;) {
      const middle = (low + high) >> 1
      if (this.#rows[order[middle]!]! < row) low = middle + 1
      else high = middle
    }
    const found: Finding[] = []
    for (; low < order.length && this.#rows[order[low]!] === row; low++) found.push(this.#finding(order[low]!))
    return found
  }

  #finding(at: number): Finding {
    const kind = this.#codeNames[this.#codes[at]!]!
    const args = this.#args[at]! < 0 ? {} : (JSON.parse(this.#texts.get(this.#args[at]!)!) as Args)
    return { row: this.#rows[at]!, column: this.#columnNames[this.#columns[at]!]!, severity: kind.severity, code: kind.code, args }
  }

  #codeOf(finding: Finding): number {
    const key = `${finding.severity} ${finding.code}`
    const known = this.#codeIndex.get(key)
    if (known !== undefined) return known
    this.#codeNames.push({ code: finding.code, severity: finding.severity, findings: 0, rows: 0, lastRow: -1 })
    this.#codeIndex.set(key, this.#codeNames.length - 1)
    return this.#codeNames.length - 1
  }

  #mark(row: number, severity: Severity): void {
    if (row >= this.#worst.length) {
      const larger = new Uint8Array(Math.max(row + 1, this.#worst.length * 2))
      larger.set(this.#worst)
      this.#worst = larger
    }
    this.#worst[row] = Math.max(this.#worst[row]!, 3 - severities.indexOf(severity))
  }

  #ordered(): Uint32Array {
    if (this.#order) return this.#order
    const order = new Uint32Array(this.#count)
    let sorted = true
    for (let i = 0; i < order.length; i++) {
      order[i] = i
      if (i > 0 && this.#rows[i]! < this.#rows[i - 1]!) sorted = false
    }
    if (!sorted) order.sort((a, b) => this.#rows[a]! - this.#rows[b]! || a - b)
    this.#order = order
    return order
  }

  #growAll(): void {
    const size = this.#rows.length * 2
    const rows = new Uint32Array(size); rows.set(this.#rows); this.#rows = rows
    const codes = new Uint16Array(size); codes.set(this.#codes); this.#codes = codes
    const columns = new Uint16Array(size); columns.set(this.#columns); this.#columns = columns
    const args = new Int32Array(size); args.set(this.#args); this.#args = args
  }
}

function indexIn(name: string, names: string[], index: Map<string, number>): number {
  const known = index.get(name)
  if (known !== undefined) return known
  names.push(name)
  index.set(name, names.length - 1)
  return names.length - 1
}
