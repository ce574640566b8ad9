/** A seeded source of chance. The same seed text gives the same throws on every machine. */
export interface Dice {
  /** [0, 1) */
  next(): number
  /** Whole number in [0, n). */
  int(n: number): number
  /** Whole number in [from, to]. */
  between(from: number, to: number): number
  chance(p: number): boolean
  pick<T>(list: readonly T[]): T
  /** Key of a table of weights; the weights need not add up to 1. */
  weighted<K extends string>(table: Readonly<Record<K, number>>): K
}

/** Four 32-bit words from a text; every character stirs all of them. */
function words(text: string): [number, number, number, number] {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  let c = 0xc2b2ae35
  let d = 0x27d4eb2f
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597399067)
    b = c ^ Math.imul(b ^ k, 2869860233)
    c = d ^ Math.imul(c ^ k, 951274213)
    d = a ^ Math.imul(d ^ k, 2716044179)
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0]
}

/** sfc32: 128 bits of state, three adds and shifts a throw. */
export function createDice(seed: string): Dice {
  let [a, b, c, d] = words(seed)
  const next = (): number => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 8; i++) next()
  const int = (n: number): number => Math.floor(next() * n)
  return {
    next, int,
    between: (from, to) => from + int(to - from + 1),
    chance: p => next() < p,
    pick: list => list[int(list.length)] as never,
    weighted(table) {
      let total = 0
      for (const key in table) total += table[key]
      let at = next() * total
      let last = ''
      for (const key in table) {
        last = key
        at -= table[key]
        if (at < 0) break
      }
      return last as never
    },
  }
}
