/** A mistake in a file of rules, placed where the clerk can see it. Words for `code` are in `problem-words.ts`. */
export interface Problem {
  code: string
  /** 1-based. 0 when the mistake belongs to no line (a set of files). */
  line: number
  col: number
  args: Record<string, string | number>
  file?: string
}

/** Thrown for data that a caller should have checked: a fact value of the wrong type, an item that is not in the set. */
export class PolicyError extends Error {
  readonly code: string
  readonly args: Record<string, string | number>
  constructor(code: string, args: Record<string, string | number> = {}) {
    super(`${code} ${JSON.stringify(args)}`)
    this.code = code
    this.args = args
  }
}

/** Edits to turn one word into the other; a swap of neighbours counts once. */
export function editDistance(a: string, b: string): number {
  const s = [...a]
  const t = [...b]
  let before: number[] = []
  let last = t.map((_, j) => j).concat(t.length)
  for (let i = 1; i <= s.length; i++) {
    const row = [i]
    for (let j = 1; j <= t.length; j++) {
      const change = last[j - 1]! + (s[i - 1] === t[j - 1] ? 0 : 1)
      let best = Math.min(change, last[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[t.length]!
}

/** The known word nearest to a mistyped one, or '' when none is near enough to be worth proposing. */
export function nearestWord(word: string, known: Iterable<string>): string {
  let best = ''
  let least = Math.max(1, Math.floor([...word].length / 3)) + 0.5
  const lower = word.toLowerCase()
  for (const k of known) {
    const d = k.toLowerCase() === lower ? 0 : editDistance(word, k)
    if (d < least) {
      least = d
      best = k
    }
  }
  return best
}
