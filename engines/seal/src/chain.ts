import { canonicalBytes } from './canonical.ts'
import { fromHex, toHex } from './hash.ts'
import type { Hash, HashText } from './hash.ts'

/** One link as stored. `seq` counts 1, 2, 3 …; `bytes` is the canonical content; `prev` the hash of the link before. */
export type ChainEntry = { seq: number; prev: HashText; bytes: Uint8Array; hash: HashText }

/** A link's hash kept outside the database: sent to the prefecture, printed in the duty book. */
export type Witness = { seq: number; hash: HashText }

export type ChainFault =
  /** Entries are missing, doubled or out of order at this number. */
  | 'seqGap'
  /** The link does not follow the one before: something was deleted, inserted, swapped or rewritten. */
  | 'linkBroken'
  /** The content is not what the hash was taken over. */
  | 'contentChanged'
  /** All links agree with each other, but not with a witness: the chain was rewritten at or before this number. */
  | 'witnessDiffers'
  /** A witness saw more entries than there are now. */
  | 'tailMissing'

export type ChainResult = { ok: true; count: number; head: HashText } | { ok: false; brokenAt: number; why: ChainFault }

/** [S5] The hash a chain starts from. It names the chain, so links of one county cannot be presented as another's. */
export function chainStart(chainId: string, hash: Hash): HashText {
  return toHex(hash.digest(canonicalBytes({ algorithm: hash.algorithm, chain: chainId, format: 'songbai-chain-1' })))
}

/** [S6] The next hash: digest(previous digest as 32 raw bytes ‖ entry bytes). */
export function chainNext(prevHash: HashText, entryBytes: Uint8Array, hash: Hash): HashText {
  return toHex(hash.digest(fromHex(prevHash), entryBytes))
}

/** Checks a chain as it streams by, one entry in memory at a time. */
export type ChainChecker = {
  /** Returns the fault as soon as there is one; later calls repeat it. */
  add(entry: ChainEntry): Extract<ChainResult, { ok: false }> | null
  end(): ChainResult
}

/** [S7] `after` resumes from a link checked earlier; without it the chain must begin at 1 from `start`. */
export function createChainChecker(start: HashText, hash: Hash, witnesses: readonly Witness[] = [], after?: Witness): ChainChecker {
  let head = after?.hash ?? start
  let seq = after?.seq ?? 0
  let fault: Extract<ChainResult, { ok: false }> | null = null
  // Two witnesses of one link that disagree prove a fork, so all of them are kept.
  const bySeq = new Map<number, HashText[]>()
  for (const witness of witnesses) bySeq.set(witness.seq, [...(bySeq.get(witness.seq) ?? []), witness.hash])
  const differs = (at: number, found: HashText): boolean => (bySeq.get(at) ?? []).some((seen) => seen !== found)
  const faultOf = (entry: ChainEntry): ChainFault | null => {
    if (entry.seq !== seq + 1) return 'seqGap'
    if (entry.prev !== head) return 'linkBroken'
    if (chainNext(head, entry.bytes, hash) !== entry.hash) return 'contentChanged'
    return differs(entry.seq, entry.hash) ? 'witnessDiffers' : null
  }
  return {
    add(entry) {
      if (fault !== null) return fault
      const why = faultOf(entry)
      if (why !== null) return (fault = { ok: false, brokenAt: seq + 1, why })
      seq = entry.seq
      head = entry.hash
      return null
    },
    end() {
      if (fault !== null) return fault
      if (witnesses.some((witness) => witness.seq > seq)) return { ok: false, brokenAt: seq + 1, why: 'tailMissing' }
      return { ok: true, count: seq, head }
    },
  }
}

/** [S7] Checks a whole chain; `brokenAt` is the first number that cannot be trusted. */
export function verifyChain(start: HashText, entries: Iterable<ChainEntry>, hash: Hash, witnesses: readonly Witness[] = []): ChainResult {
  const checker = createChainChecker(start, hash, witnesses)
  for (const entry of entries) {
    const fault = checker.add(entry)
    if (fault !== null) return fault
  }
  return checker.end()
}
