/** Seeded numbers for property tests (xorshift32): the same seed gives the same story. */
export function createRandom(seed: number): { below(n: number): number; text(): string } {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const below = (n: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % n
  }
  const letters = 'ab"\\\n 松柏旗嘎查😀é'
  return { below, text: () => Array.from({ length: below(6) }, () => [...letters][below([...letters].length)]).join('') }
}
