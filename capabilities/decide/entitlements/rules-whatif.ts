/** The answers of several blocks put together, with the cost under an assumption of take-up. Pure. */
import type { ItemChange, Difference, RowCount, SizeClass, Sum } from '@songbai/policy'

/** Cost in fen a month before and after, with how many stand and how many of them draw. */
export interface CostLine {
  readonly item: string
  readonly before: Sum & { costFen: number }
  readonly after: Sum & { costFen: number }
  gained: number
  lost: number
}

export interface PlaceLine {
  readonly code: string
  people: number
  winners: number
  losers: number
  readonly items: CostLine[]
}

export interface Merged {
  readonly people: number
  readonly winners: number
  readonly losers: number
  readonly unchanged: number
  readonly gainFen: number
  readonly lossFen: number
  readonly items: CostLine[]
  readonly places: PlaceLine[]
  readonly rows: RowCount[]
  readonly sizes: SizeClass[]
  readonly affected: string[]
}

/** [W2] Who draws costs in full; of those who could and do not, the share that would take it up, rounded to the fen. */
export function costFen(sum: Sum, takeUpPercent: number): number {
  return sum.drawingFen + Math.round(((sum.fen - sum.drawingFen) * takeUpPercent) / 100)
}

const KEYS = ['people', 'fen', 'drawing', 'drawingFen'] as const

function addCells(into: Map<string, CostLine>, cells: readonly ItemChange[]): void {
  for (const cell of cells) {
    const line = into.get(cell.item) ?? { item: cell.item, before: { people: 0, fen: 0, drawing: 0, drawingFen: 0, costFen: 0 }, after: { people: 0, fen: 0, drawing: 0, drawingFen: 0, costFen: 0 }, gained: 0, lost: 0 }
    into.set(cell.item, line)
    for (const side of ['before', 'after'] as const) for (const key of KEYS) line[side][key] += cell[side][key]
    line.gained += cell.gained
    line.lost += cell.lost
  }
}

function priced(lines: Map<string, CostLine>, takeUpPercent: number): CostLine[] {
  for (const line of lines.values()) for (const side of ['before', 'after'] as const) line[side].costFen = costFen(line[side], takeUpPercent)
  return [...lines.values()]
}

/** [W1] Sums of all blocks: winners, losers and unchanged are the people. */
export function mergeDifferences(parts: readonly Difference[], takeUpPercent: number): Merged {
  const sum = (key: 'people' | 'winners' | 'losers' | 'unchanged' | 'gainFen' | 'lossFen'): number => parts.reduce((total, one) => total + one[key], 0)
  const whole = new Map<string, CostLine>()
  const places = new Map<string, { people: number; winners: number; losers: number; lines: Map<string, CostLine> }>()
  const rows = new Map<string, RowCount>()
  for (const part of parts) {
    addCells(whole, part.items)
    for (const [code, place] of part.places) {
      const kept = places.get(code) ?? { people: 0, winners: 0, losers: 0, lines: new Map() }
      places.set(code, kept)
      for (const key of ['people', 'winners', 'losers'] as const) kept[key] += place[key]
      addCells(kept.lines, place.items)
    }
    for (const row of part.rows) {
      const name = `${row.region}/${row.item}@${row.version} ${row.row}`
      const kept = rows.get(name)
      if (kept) {
        kept.before += row.before
        kept.after += row.after
      } else rows.set(name, { ...row })
    }
  }
  const sizes = (parts[0]?.sizes ?? []).map((one, k) => ({ upToFen: one.upToFen, winners: parts.reduce((total, part) => total + part.sizes[k]!.winners, 0), losers: parts.reduce((total, part) => total + part.sizes[k]!.losers, 0) }))
  return {
    people: sum('people'), winners: sum('winners'), losers: sum('losers'), unchanged: sum('unchanged'), gainFen: sum('gainFen'), lossFen: sum('lossFen'),
    items: priced(whole, takeUpPercent), rows: [...rows.values()], sizes, affected: [...new Set(parts.flatMap((part) => [...part.affected]))],
    places: [...places].map(([code, { lines, ...place }]) => ({ code, ...place, items: priced(lines, takeUpPercent) })).sort((a, b) => (a.code < b.code ? -1 : 1)),
  }
}
