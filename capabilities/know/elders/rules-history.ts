/** The packed history of one person's facts, taken apart. */
export interface HistoryFact {
  readonly key: string
  readonly value: unknown
  /** Day numbers since 1970-01-01; null is open. */
  readonly from: number | null
  readonly to: number | null
  /** Day in China on which it was recorded, and on which it was superseded. */
  readonly recorded: number
  readonly superseded: number | null
}

const RECORD = '\x1e'
const UNIT = '\x1f'

/** Calls back for each interval; nothing is kept, so that a million of them need no memory. */
export function readHistory(packed: string, each: (fact: HistoryFact) => void): void {
  if (packed === '') return
  const day = (text: string): number | null => (text === '' ? null : Number(text))
  for (const record of packed.split(RECORD)) {
    const [key, value, from, to, recorded, superseded] = record.split(UNIT) as [string, string, string, string, string, string]
    each({ key, value: JSON.parse(value) as unknown, from: day(from), to: day(to), recorded: Number(recorded), superseded: day(superseded) })
  }
}
