import { describe, expect, it } from 'vitest'
import { canonicalBytes, chainNext, chainStart, createChainChecker, toHex, fromHex, verifyChain } from './index.ts'
import type { ChainEntry } from './index.ts'
import { sha256, sm3 } from './node.ts'
import { createRandom } from './random.fixture.ts'

const start = chainStart('500229', sm3)

function makeChain(length: number, text = 'act'): ChainEntry[] {
  const chain: ChainEntry[] = []
  let prev = start
  for (let seq = 1; seq <= length; seq++) {
    const bytes = canonicalBytes({ seq, text })
    const hash = chainNext(prev, bytes, sm3)
    chain.push({ seq, prev, bytes, hash })
    prev = hash
  }
  return chain
}

const copyOf = (chain: ChainEntry[]): ChainEntry[] => chain.map((entry) => ({ ...entry, bytes: Uint8Array.from(entry.bytes) }))
const at = (chain: ChainEntry[], i: number): ChainEntry => chain[i] as ChainEntry

describe('chain', () => {
  it('[S5] each chain starts from its own name and algorithm', () => {
    expect(new Set([start, chainStart('152222', sm3), chainStart('500229', sha256)]).size).toBe(3)
  })

  it('[S6] the next hash is the digest of the raw previous digest and the entry', () => {
    const bytes = canonicalBytes({ a: 1 })
    expect(chainNext(start, bytes, sm3)).toBe(toHex(sm3.digest(Uint8Array.from([...fromHex(start), ...bytes]))))
  })

  it('[S7] an untouched chain verifies, whole, empty and resumed', () => {
    const chain = makeChain(50)
    const head = at(chain, 49).hash
    expect(verifyChain(start, chain, sm3)).toEqual({ ok: true, count: 50, head })
    expect(verifyChain(start, [], sm3)).toEqual({ ok: true, count: 0, head: start })
    const resumed = createChainChecker(start, sm3, [], { seq: 20, hash: at(chain, 19).hash })
    for (const entry of chain.slice(20)) expect(resumed.add(entry)).toBeNull()
    expect(resumed.end()).toEqual({ ok: true, count: 50, head })
  })

  it('[S7] any edit, deletion, swap, insertion or doubling is found, at the right place (2,000 random cases)', () => {
    const random = createRandom(3)
    const chain = makeChain(30)
    for (let i = 0; i < 2000; i++) {
      const broken = copyOf(chain)
      const k = random.below(29) // the last entry is left: cutting the tail needs a witness, see below
      const kind = random.below(6)
      if (kind === 0) { const bytes = at(broken, k).bytes; const b = random.below(bytes.length); bytes[b] = (bytes[b] as number) ^ (1 << random.below(8)) }
      if (kind === 1) broken.splice(k, 1)
      if (kind === 2) [broken[k], broken[k + 1]] = [at(broken, k + 1), at(broken, k)]
      if (kind === 3) broken.splice(k, 0, { ...at(broken, random.below(30)), seq: k + 1 })
      if (kind === 4) broken.splice(k, 0, at(broken, k))
      if (kind === 5) { const bytes = canonicalBytes({ forged: i }); broken[k] = { ...at(broken, k), bytes, hash: chainNext(at(broken, k).prev, bytes, sm3) } }
      const result = verifyChain(start, broken, sm3)
      if (result.ok) expect.fail(`kind ${kind} at ${k} not found`)
      // A doubled or forged-with-its-hash entry shows at the next link, everything else at its own.
      const expected = kind === 4 || kind === 5 ? k + 2 : k + 1
      const sameEntry = kind === 3 && result.brokenAt === k + 2 // the inserted entry was the right one for this place
      if (!sameEntry) expect(result.brokenAt, `kind ${kind}`).toBe(expected)
    }
  })

  it('[S7] deletion with renumbering is a broken link', () => {
    const chain = makeChain(10)
    chain.splice(4, 1)
    expect(verifyChain(start, chain.map((entry, i) => ({ ...entry, seq: i + 1 })), sm3)).toEqual({ ok: false, brokenAt: 5, why: 'linkBroken' })
  })

  it('[S7] a witness finds a cut tail, a rewritten chain and a fork', () => {
    const chain = makeChain(10)
    const witness = { seq: 8, hash: at(chain, 7).hash }
    expect(verifyChain(start, chain, sm3, [witness]).ok).toBe(true)
    expect(verifyChain(start, chain.slice(0, 8), sm3, [witness])).toEqual({ ok: true, count: 8, head: witness.hash }) // seen just up to the head
    expect(verifyChain(start, chain.slice(0, 6), sm3)).toMatchObject({ ok: true, count: 6 })
    expect(verifyChain(start, chain.slice(0, 6), sm3, [witness])).toEqual({ ok: false, brokenAt: 7, why: 'tailMissing' })
    expect(verifyChain(start, makeChain(10, 'other'), sm3, [witness])).toEqual({ ok: false, brokenAt: 8, why: 'witnessDiffers' })
    expect(verifyChain(start, chain, sm3, [witness, { seq: 8, hash: start }])).toEqual({ ok: false, brokenAt: 8, why: 'witnessDiffers' })
  })

  it('[S5] a chain moved to another county does not verify', () => {
    expect(verifyChain(chainStart('152222', sm3), makeChain(3), sm3)).toEqual({ ok: false, brokenAt: 1, why: 'linkBroken' })
  })
})
