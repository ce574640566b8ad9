/** Small seeded generator (mulberry32): one seed, one history. */
export function createRandom(seed: number): { int(n: number): number; chance(oneIn: number): boolean; pick<T>(list: readonly T[]): T } {
  let state = (seed ^ 0x9e3779b9) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (n: number): number => Math.floor(next() * n)
  return { int, chance: (oneIn) => int(oneIn) === 0, pick: (list) => list[int(list.length)]! }
}
