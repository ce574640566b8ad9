import { SealError } from './canonical.ts'
import { fromHex, toHex } from './hash.ts'
import type { Hash, HashText } from './hash.ts'

// [S8] Layout of RFC 6962: leaf = H(00 ‖ bytes), node = H(01 ‖ left ‖ right), split at the largest power of two below the size.
// The two prefixes keep a node from being passed off as a leaf.
const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** Proof that one leaf is under a root: sibling hashes from the leaf upwards. */
export type InclusionProof = { index: number; size: number; path: HashText[] }
/** Proof that a tree only grew: hashes that rebuild both the old and the new root. */
export type ConsistencyProof = { oldSize: number; size: number; path: HashText[] }

export function leafHash(bytes: Uint8Array, hash: Hash): HashText {
  return toHex(hash.digest(LEAF, bytes))
}

const node = (left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array => hash.digest(NODE, left, right)

function splitOf(size: number): number {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

function rootOf(leaves: readonly Uint8Array[], from: number, to: number, hash: Hash): Uint8Array {
  if (to - from === 0) return hash.digest()
  if (to - from === 1) return leaves[from] as Uint8Array
  const split = from + splitOf(to - from)
  return node(rootOf(leaves, from, split, hash), rootOf(leaves, split, to, hash), hash)
}

/** Root over leaf hashes, in order. The root of no leaves is the digest of nothing. */
export function merkleRoot(leafHashes: readonly HashText[], hash: Hash): HashText {
  return toHex(rootOf(leafHashes.map(fromHex), 0, leafHashes.length, hash))
}

function checkIndex(index: number, size: number): void {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) throw new SealError('seal.badProof', 'indexOutOfRange', `${index}/${size}`)
}

/** Throws `seal.badProof` when there is no such leaf. */
export function inclusionProof(leafHashes: readonly HashText[], index: number, hash: Hash): InclusionProof {
  checkIndex(index, leafHashes.length)
  const leaves = leafHashes.map(fromHex)
  const path: HashText[] = []
  const walk = (from: number, to: number): void => {
    if (to - from === 1) return
    const split = from + splitOf(to - from)
    const [mine, other] = index < split ? [[from, split], [split, to]] as const : [[split, to], [from, split]] as const
    walk(mine[0], mine[1])
    path.push(toHex(rootOf(leaves, other[0], other[1], hash)))
  }
  walk(0, leaves.length)
  return { index, size: leaves.length, path }
}

/** [S9] True only when `leaf` stands at that index of a tree of that size with that root. Malformed proofs are false, never an exception. */
export function verifyInclusion(leaf: HashText, proof: InclusionProof, root: HashText, hash: Hash): boolean {
  const { index, size, path } = proof
  try {
    checkIndex(index, size)
    let at = index
    let last = size - 1
    let running = fromHex(leaf)
    for (const text of path) {
      if (last === 0) return false
      const sibling = fromHex(text)
      if (at % 2 === 1 || at === last) {
        running = node(sibling, running, hash)
        while (at % 2 === 0 && at !== 0) { at /= 2; last = Math.floor(last / 2) }
      } else running = node(running, sibling, hash)
      at = Math.floor(at / 2)
      last = Math.floor(last / 2)
    }
    return last === 0 && toHex(running) === root
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}

/** Throws `seal.badProof` unless 0 < oldSize <= number of leaves. */
export function consistencyProof(leafHashes: readonly HashText[], oldSize: number, hash: Hash): ConsistencyProof {
  checkIndex(oldSize - 1, leafHashes.length)
  const leaves = leafHashes.map(fromHex)
  const path: HashText[] = []
  const walk = (wanted: number, from: number, to: number, whole: boolean): void => {
    if (wanted === to - from) {
      if (!whole) path.push(toHex(rootOf(leaves, from, to, hash)))
      return
    }
    const split = from + splitOf(to - from)
    if (wanted <= split - from) {
      walk(wanted, from, split, whole)
      path.push(toHex(rootOf(leaves, split, to, hash)))
    } else {
      walk(wanted - (split - from), split, to, false)
      path.push(toHex(rootOf(leaves, from, split, hash)))
    }
  }
  walk(oldSize, 0, leaves.length, true)
  return { oldSize, size: leaves.length, path }
}

/** [S10] True only when the tree of `root` begins with exactly the leaves of `oldRoot`. */
export function verifyConsistency(proof: ConsistencyProof, oldRoot: HashText, root: HashText, hash: Hash): boolean {
  const { oldSize, size, path } = proof
  try {
    checkIndex(oldSize - 1, size)
    if (oldSize === size) return path.length === 0 && oldRoot === root
    let at = oldSize - 1
    let last = size - 1
    while (at % 2 === 1) { at = Math.floor(at / 2); last = Math.floor(last / 2) }
    const rest = path.map(fromHex)
    // A power-of-two old tree is itself the first subtree and is not repeated in the path.
    const first = at > 0 ? rest.shift() : fromHex(oldRoot)
    if (first === undefined) return false
    let oldRunning = first
    let running = first
    for (const sibling of rest) {
      if (last === 0) return false
      if (at % 2 === 1 || at === last) {
        oldRunning = node(sibling, oldRunning, hash)
        running = node(sibling, running, hash)
        while (at % 2 === 0 && at !== 0) { at /= 2; last = Math.floor(last / 2) }
      } else running = node(running, sibling, hash)
      at = Math.floor(at / 2)
      last = Math.floor(last / 2)
    }
    return last === 0 && toHex(oldRunning) === oldRoot && toHex(running) === root
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}
