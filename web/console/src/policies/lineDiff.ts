export interface DiffLine {
  readonly kind: 'same' | 'theirs' | 'mine'
  readonly text: string
}

/** Most pairs of lines compared one by one; above that the middle is shown whole, theirs first. */
const MOST = 4_000_000

/** Two texts line by line: what both have, what only theirs has, what only mine has. */
export function diffLines(theirs: string, mine: string): DiffLine[] {
  const [a, b] = [theirs.split('\n'), mine.split('\n')]
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let end = 0
  while (end < a.length - from && end < b.length - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }))
  return [...same(a.slice(0, from)), ...middle(a.slice(from, a.length - end), b.slice(from, b.length - end)), ...same(a.slice(a.length - end))]
}

function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  if (a.length * b.length > MOST) return [...a.map((text): DiffLine => ({ kind: 'theirs', text })), ...b.map((text): DiffLine => ({ kind: 'mine', text }))]
  const width = b.length + 1
  // Longest common run from (i, j) to the ends.
  const run = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) run[i * width + j] = a[i] === b[j] ? run[(i + 1) * width + j + 1]! + 1 : Math.max(run[(i + 1) * width + j]!, run[i * width + j + 1]!)
  const out: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: 'same', text: a[i]! })
      i++
      j++
    } else if (i < a.length && (j === b.length || run[(i + 1) * width + j]! >= run[i * width + j + 1]!)) out.push({ kind: 'theirs', text: a[i++]! })
    else out.push({ kind: 'mine', text: b[j++]! })
  }
  return out
}

/** Changes with `around` lines on either side; null stands for lines left out. */
export function shortened(lines: readonly DiffLine[], around = 2): (DiffLine | null)[] {
  const near = lines.map((_, n) => lines.slice(Math.max(0, n - around), n + around + 1).some((one) => one.kind !== 'same'))
  return lines.flatMap((one, n) => (near[n] ? [one] : n === 0 || near[n - 1] ? [null] : []))
}
