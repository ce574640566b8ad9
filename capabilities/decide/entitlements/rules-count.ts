/** Counting and walking blocks of people: sums by item, place and person, and lists in one order. */
import type { Block, View } from './rules-block.ts'
import { before } from './rules-block.ts'
import { STANDINGS, type Standing } from './contract.ts'

/** People of one block under one prefix. */
export interface Span {
  readonly block: Block
  readonly view: View
  readonly lo: number
  readonly hi: number
}

export type Counts = Record<Standing, number>

export function noCounts(): Counts {
  return { entitledEnjoying: 0, entitledNotEnjoying: 0, enjoyingNotEntitled: 0, unknown: 0, notYet: 0, no: 0 }
}

export interface ItemCount {
  readonly item: string
  readonly counts: Counts
  readonly amountFen: number
}

/** [E2] For each item: parts sum to the people counted plus those who draw it though dead or gone. */
export function countItems(spans: readonly Span[]): Map<string, { counts: Counts; amountFen: number }> {
  const out = new Map<string, { counts: Counts; amountFen: number }>()
  for (const { view, lo, hi } of spans) view.set.items.forEach((item, j) => {
    const sums = new Float64Array(STANDINGS.length)
    const [codes, amounts] = [view.codes[j]!, view.results.amount[j]!]
    let amount = 0
    for (let i = lo; i < hi; i++) {
      const code = codes[i]!
      if (code >= STANDINGS.length) continue
      sums[code]!++
      if (code <= 1) amount += amounts[i]!
    }
    const found = out.get(item) ?? { counts: noCounts(), amountFen: 0 }
    STANDINGS.forEach((standing, code) => (found.counts[standing] += sums[code]!))
    out.set(item, { counts: found.counts, amountFen: found.amountFen + amount })
  })
  return out
}

export interface PlaceCount {
  people: number
  readonly counts: Counts
}

export interface Totals {
  people: number
  readonly persons: Counts
  readonly places: Map<string, PlaceCount>
}

/** [E3] People, each once for every standing they have somewhere, and results by the place below. */
export function countPeople(spans: readonly Span[], digits: number, items: ReadonlySet<string>): Totals {
  const totals: Totals = { people: 0, persons: noCounts(), places: new Map() }
  const persons = new Float64Array(STANDINGS.length)
  for (const { block, view, lo, hi } of spans) {
    const columns = view.set.items.flatMap((item, j) => (items.has(item) ? [view.codes[j]!] : []))
    const { regions } = block.population
    for (let from = lo; from < hi;) {
      const code = regions[from]!.slice(0, digits)
      let to = from + 1
      while (to < hi && regions[to]!.startsWith(code)) to++
      countRun(view, columns, from, to, totals, placeOf(totals, code), persons)
      from = to
    }
  }
  STANDINGS.forEach((standing, code) => (totals.persons[standing] = persons[code]!))
  return totals
}

function placeOf(totals: Totals, code: string): PlaceCount {
  const key = code.padEnd(12, '0')
  const place = totals.places.get(key) ?? { people: 0, counts: noCounts() }
  totals.places.set(key, place)
  return place
}

function countRun(view: View, columns: readonly Uint8Array[], from: number, to: number, totals: Totals, place: PlaceCount, persons: Float64Array): void {
  const sums = new Float64Array(256)
  const seen = new Uint8Array(to - from)
  for (const codes of columns) for (let i = from; i < to; i++) {
    const code = codes[i]!
    sums[code]!++
    if (code < STANDINGS.length) seen[i - from]! |= 1 << code
  }
  for (let i = from; i < to; i++) {
    if (view.here[i] === 1) place.people++
    for (let code = 0; code < STANDINGS.length; code++) if ((seen[i - from]! >> code) & 1) persons[code]!++
  }
  STANDINGS.forEach((standing, code) => (place.counts[standing] += sums[code]!))
  let here = 0
  for (let i = from; i < to; i++) here += view.here[i]!
  totals.people += here
}

export interface Hit {
  readonly block: Block
  readonly view: View
  readonly index: number
  readonly item: number
}

/** People of a block from `lo` to before `hi`, in the order of region and id. */
interface Run {
  readonly regions: readonly string[]
  readonly ids: readonly string[]
}

/** Blocks side by side in the order of region and id: whoever came or moved since a block was built stands in a second one and is met in their place all the same. */
export function* inOrder<S extends { readonly lo: number; readonly hi: number }>(spans: readonly S[], runOf: (span: S) => Run): Generator<readonly [S, number]> {
  const runs = spans.map(runOf)
  const at = spans.map((span) => span.lo)
  const left = spans.map((span) => span.lo < span.hi)
  for (;;) {
    let best = -1
    for (let s = 0; s < spans.length; s++) if (left[s] && (best < 0 || isBefore(runs[s]!, at[s]!, runs[best]!, at[best]!))) best = s
    if (best < 0) return
    yield [spans[best]!, at[best]!]
    at[best]!++
    left[best] = at[best]! < spans[best]!.hi
  }
}

function isBefore(a: Run, i: number, b: Run, j: number): boolean {
  return before(a.regions[i]!, a.ids[i]!, b.regions[j]!, b.ids[j]!) < 0
}

export interface Wanted {
  readonly standings: readonly Standing[]
  readonly items: ReadonlySet<string>
  /** A fact that must be among the missing ones. */
  readonly missingFact?: string | undefined
}

/** [E4] Every result wanted, in one order that a reload does not change. */
export function* hits(spans: readonly Span[], wanted: Wanted): Generator<Hit> {
  const take = new Uint8Array(256)
  for (const standing of wanted.standings) take[STANDINGS.indexOf(standing)] = 1
  const chosen = new Map(spans.map((span) => [span.view, span.view.set.items.flatMap((item, j) => (wanted.items.has(item) ? [j] : []))]))
  for (const [{ block, view }, index] of inOrder(spans, (span) => span.block.population)) {
    let missing: readonly { readonly missing: readonly string[] }[] | null = null
    for (const item of chosen.get(view)!) {
      if (take[view.codes[item]![index]!] !== 1) continue
      if (wanted.missingFact !== undefined) {
        missing ??= block.answers(view, index)
        if (!missing[item]!.missing.includes(wanted.missingFact)) continue
      }
      yield { block, view, index, item }
    }
  }
}

/** Where a page goes on: opaque to whoever asks. */
export function markOf(hit: Hit): string {
  const { ids, regions } = hit.block.population
  return `${regions[hit.index]!} ${ids[hit.index]!} ${hit.view.set.items[hit.item]!}`
}

export function isAfter(hit: Hit, mark: string): boolean {
  const [region, id, item] = mark.split(' ') as [string, string, string]
  const { ids, regions } = hit.block.population
  const order = before(regions[hit.index]!, ids[hit.index]!, region, id ?? '')
  return order > 0 || (order === 0 && hit.view.set.items[hit.item]! > (item ?? ''))
}

export interface MissingCount {
  readonly fact: string
  people: number
  results: number
}

/** [E6] Which facts keep answers open, and for how many people. */
export function countMissing(spans: readonly Span[], items: ReadonlySet<string>): Map<string, MissingCount> {
  const out = new Map<string, MissingCount>()
  const unknown = STANDINGS.indexOf('unknown')
  for (const { block, view, lo, hi } of spans) {
    const chosen = view.set.items.flatMap((item, j) => (items.has(item) ? [j] : []))
    for (let i = lo; i < hi; i++) {
      const open = chosen.filter((j) => view.codes[j]![i] === unknown)
      if (open.length === 0) continue
      const answers = block.answers(view, i)
      const seen = new Set<string>()
      for (const j of open) for (const fact of answers[j]!.missing) {
        const row = out.get(fact) ?? { fact, people: 0, results: 0 }
        row.results++
        if (!seen.has(fact)) row.people++
        seen.add(fact)
        out.set(fact, row)
      }
    }
  }
  return out
}
