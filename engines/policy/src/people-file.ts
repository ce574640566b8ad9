import { createPopulation, NO_DAY } from './columns.ts'
import type { Population } from './columns.ts'
import { encodeFact } from './facts.ts'
import type { FactDef, FactValue } from './facts.ts'
import { regionPrefix } from './policy.ts'
import { nearestWord, PolicyError } from './problem.ts'
import type { Problem } from './problem.ts'
import type { PolicySet } from './set.ts'

export interface PeopleOptions {
  format: 'csv' | 'jsonl'
  /** Region of people whose line gives none. */
  region?: string
}

const YES = new Set(['true', 'yes', 'y', '1', '是', '有'])
const NO = new Set(['false', 'no', 'n', '0', '否', '无'])
const MAX_PROBLEMS = 50

/**
 * Reads people line by line, so that a file of any length needs the memory of one part: `line` for each line, `take` for the people read so far.
 * [L11] Nothing is guessed: an unknown column, a value the dictionary does not allow or a person without a region is a problem with line and column.
 */
export class PeopleReader {
  readonly problems: Problem[] = []
  private readonly set: PolicySet
  private readonly options: PeopleOptions
  private readonly names = new Map<string, string>()
  private columns: (FactDef | 'id' | 'region' | null)[] | undefined
  private lineNumber = 0
  private pending = ''
  private ids: string[] = []
  private regions: string[] = []
  private readonly facts: string[]
  private readonly placeOf = new Map<string, number>()
  private readonly entries: { person: number[]; fact: number[]; value: number[] } = { person: [], fact: [], value: [] }

  constructor(set: PolicySet, options: PeopleOptions) {
    this.set = set
    this.options = options
    this.facts = [...set.facts.keys()]
    this.facts.forEach((id, i) => this.placeOf.set(id, i))
    for (const def of set.facts.values()) this.names.set(def.label.zh, def.id)
    for (const id of this.facts) this.names.set(id, id)
    this.names.set('编号', 'id').set('id', 'id').set('区划', 'region').set('region', 'region')
  }

  get size(): number {
    return this.ids.length
  }

  /** One line without its line break. */
  line(text: string): void {
    this.lineNumber++
    if (this.problems.length >= MAX_PROBLEMS) return
    const clean = this.lineNumber === 1 ? text.replace(/^\uFEFF/, '') : text
    if (this.options.format === 'jsonl') this.jsonLine(clean)
    else this.csvLine(clean)
  }

  /** Quotation marks that were never closed are told at the end. */
  end(): void {
    if (this.pending !== '') this.say('peopleQuote', 1, {})
    if (this.lineNumber === 0 || (this.options.format === 'csv' && this.columns === undefined)) this.say('peopleEmpty', 1, {})
  }

  /** The people read since the last call, those of one region together. */
  take(): Population {
    const order = Array.from(this.ids.keys()).sort((a, b) => (this.regions[a]! < this.regions[b]! ? -1 : this.regions[a]! > this.regions[b]! ? 1 : a - b))
    const place = new Int32Array(order.length)
    order.forEach((old, i) => { place[old] = i })
    const n = this.entries.person.length
    const open = new Int32Array(n).fill(NO_DAY)
    const always = new Int32Array(n).fill(-NO_DAY)
    const population = createPopulation(this.set.facts, {
      ids: order.map(i => this.ids[i]!), regions: order.map(i => this.regions[i]!), facts: this.facts,
      intervals: { person: Int32Array.from(this.entries.person, p => place[p]!), fact: Uint16Array.from(this.entries.fact), value: Int32Array.from(this.entries.value), from: always, to: open, recorded: always, superseded: open },
    })
    this.ids = []
    this.regions = []
    for (const list of Object.values(this.entries)) list.length = 0
    return population
  }

  private say(code: string, col: number, args: Problem['args']): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ code, line: this.lineNumber, col, args })
  }

  private csvLine(text: string): void {
    const joined = this.pending === '' ? text : `${this.pending}\n${text}`
    // An odd number of quotation marks: the cell goes on in the next line.
    if ((joined.split('"').length - 1) % 2 === 1) { this.pending = joined; return }
    this.pending = ''
    if (joined.trim() === '') return
    const cells = splitCsv(joined)
    if (this.columns === undefined) { this.columns = cells.map((c, i) => this.column(c.trim(), i + 1)); return }
    if (cells.length !== this.columns.length) { this.say('peopleCells', 1, { expected: this.columns.length, found: cells.length }); return }
    const given: [FactDef, string | FactValue, number][] = []
    let [id, region] = ['', '']
    this.columns.forEach((column, i) => {
      const cell = cells[i]!.trim()
      if (column === 'id') id = cell
      else if (column === 'region') region = cell
      else if (column !== null && cell !== '') given.push([column, cell, i + 1])
    })
    this.person(id, region, given)
  }

  private jsonLine(text: string): void {
    if (text.trim() === '') return
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      this.say('peopleJson', 1, {})
      return
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) { this.say('peopleJson', 1, {}); return }
    const given: [FactDef, FactValue, number][] = []
    let [id, region] = ['', '']
    for (const [key, v] of Object.entries(value)) {
      const column = this.column(key, 1)
      if (column === 'id') id = String(v)
      else if (column === 'region') region = String(v)
      else if (column !== null && v !== null && v !== '') given.push([column, v as FactValue, 1])
    }
    this.person(id, region, given)
  }

  private column(name: string, col: number): FactDef | 'id' | 'region' | null {
    const known = this.names.get(name)
    if (known === 'id' || known === 'region') return known
    const def = known === undefined ? undefined : this.set.facts.get(known)
    if (def === undefined) this.say('peopleColumn', col, { name, suggestion: nearestWord(name, this.names.keys()) })
    // Regions as facts are read by no rule.
    return def === undefined || def.type === 'region' ? null : def
  }

  private person(id: string, region: string, given: readonly [FactDef, string | FactValue, number][]): void {
    const place = region === '' ? this.options.region ?? '' : region
    if (place === '' || regionPrefix(place) === null) { this.say(place === '' ? 'peopleRegion' : 'badRegion', 1, { value: place }); return }
    const person = this.ids.push(id === '' ? String(this.lineNumber) : id) - 1
    this.regions.push(place.padEnd(12, '0'))
    for (const [def, cell, col] of given) {
      try {
        const value = encodeFact(def, typeof cell === 'string' ? valueOf(def, cell) : cell)
        this.entries.person.push(person)
        this.entries.fact.push(this.placeOf.get(def.id)!)
        this.entries.value.push(value)
      } catch (e) {
        if (!(e instanceof PolicyError)) throw e
        this.say(e.code, col, e.args)
      }
    }
  }
}

/** A cell as the dictionary's type wants it; what does not fit is left as it is and refused by `encodeFact`. */
function valueOf(def: FactDef, cell: string): FactValue {
  const word = cell.toLowerCase()
  switch (def.type) {
    case 'bool': return YES.has(word) ? true : NO.has(word) ? false : cell
    case 'int': case 'fen': return /^-?\d{1,10}$/.test(cell) ? Number(cell) : cell
    case 'codes': return cell.split(/[;；、|]/).map(c => c.trim()).filter(c => c !== '')
    default: return cell
  }
}

function splitCsv(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const out: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const ch = line[i]!
    if (ch === '"' && quoted && line[i + 1] === '"') { cell += '"'; i++ } else if (ch === '"') quoted = !quoted
    else if (ch === ',' && !quoted) { out.push(cell); cell = '' } else cell += ch
  }
  return [...out, cell]
}
