import { bench, describe } from 'vitest'
import { canonicalBytes, chainNext, chainStart, leafHash, merkleRoot, verifyChain } from './index.ts'
import type { ChainEntry, Hash } from './index.ts'
import { sha256, sm3 } from './node.ts'

const line = (seq: number) => ({ seq, at: 1_790_000_000_000 + seq, actorId: '0190aaaa-0000-7000-8000-000000000001', action: 'elders.readOne', outcome: 'done', subjectId: '0190bbbb-0000-7000-8000-000000000002', region: '500229100201', purpose: '核对身份' })

function chainOf(hash: Hash, length: number): ChainEntry[] {
  let prev = chainStart('500229', hash)
  return Array.from({ length }, (_, i) => {
    const bytes = canonicalBytes(line(i + 1))
    const entry = { seq: i + 1, prev, bytes, hash: chainNext(prev, bytes, hash) }
    prev = entry.hash
    return entry
  })
}

const chains = { sm3: chainOf(sm3, 10_000), sha256: chainOf(sha256, 10_000) }
const leaves = chains.sm3.map((entry) => leafHash(entry.bytes, sm3))

describe('10,000 audit lines', () => {
  bench('canonical bytes', () => { for (let i = 0; i < 10_000; i++) canonicalBytes(line(i)) })
  bench('verify a chain, SM3', () => { verifyChain(chainStart('500229', sm3), chains.sm3, sm3) })
  bench('verify a chain, SHA-256', () => { verifyChain(chainStart('500229', sha256), chains.sha256, sha256) })
  bench('Merkle root, SM3', () => { merkleRoot(leaves, sm3) })
})
