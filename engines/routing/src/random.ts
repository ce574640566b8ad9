/** Seeded numbers, equal on every machine: the same seed and the same number of draws give the same search. */
export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(seed: number) {
    this.a = 0x9e3779b9
    this.b = 0x243f6a88
    this.c = 0xb7e15162
    this.d = seed >>> 0
    for (let i = 0; i < 16; i++) this.next()
  }

  /** A whole number from 0 to 2³²−1 (sfc32). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** From 0 up to, and without, 1. */
  unit(): number {
    return this.next() / 4294967296
  }

  /** A whole number from 0 to n−1. */
  below(n: number): number {
    return Math.floor((this.next() / 4294967296) * n)
  }
}

/**
 * Natural logarithm of a number in (0, 1], by arithmetic alone. `Math.log` may differ in the last bit between engines, and one bit is
 * enough to send two annealing runs apart. Error below 1e-12.
 */
export function ln(x: number): number {
  let e = 0
  while (x < 0.75) {
    x *= 2
    e--
  }
  const y = (x - 1) / (x + 1)
  const y2 = y * y
  let term = y
  let sum = 0
  for (let k = 1; k < 30; k += 2) {
    sum += term / k
    term *= y2
  }
  return 2 * sum + e * 0.6931471805599453
}
