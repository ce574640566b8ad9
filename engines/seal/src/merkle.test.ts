import { describe, expect, it } from 'vitest'
import { canonicalBytes, consistencyProof, inclusionProof, leafHash, merkleRoot, verifyConsistency, verifyInclusion } from './index.ts'
import { sha256, sm3 } from './node.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => leafHash(canonicalBytes({ i }), sm3))

describe('merkle tree', () => {
  it('[S8] the reference roots of the certificate-transparency test set', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((text) => leafHash(hex(text), sha256))
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]
    roots.forEach((root, n) => expect(merkleRoot(inputs.slice(0, n), sha256)).toBe(root))
  })

  it('[S9] every leaf of every tree up to 40 is proved, and at no other place, size or root', () => {
    for (let n = 1; n <= 40; n++) {
      const leaves = leavesOf(n)
      const root = merkleRoot(leaves, sm3)
      leaves.forEach((leaf, i) => {
        const proof = inclusionProof(leaves, i, sm3)
        expect(verifyInclusion(leaf, proof, root, sm3)).toBe(true)
        expect(verifyInclusion(leafHash(canonicalBytes('forged'), sm3), proof, root, sm3)).toBe(false)
        expect(verifyInclusion(leaf, { ...proof, index: (i + 1) % (n + 1) }, root, sm3)).toBe(false)
        expect(verifyInclusion(leaf, { ...proof, path: [...proof.path, root] }, root, sm3)).toBe(false)
        if (n > 1) expect(verifyInclusion(leaf, { ...proof, path: proof.path.slice(1) }, root, sm3)).toBe(false)
        expect(verifyInclusion(leaf, proof, leaf === root ? leafHash(canonicalBytes(1), sm3) : leaf, sm3)).toBe(false)
      })
    }
  })

  it('[S9] malformed proofs are false, and there is no proof of a leaf that is not there', () => {
    const leaves = leavesOf(4)
    const root = merkleRoot(leaves, sm3)
    const leaf = leaves[1] as string
    expect(verifyInclusion(leaf, { index: -1, size: 4, path: [] }, root, sm3)).toBe(false)
    expect(verifyInclusion(leaf, { index: 1, size: 4, path: ['zz', 'zz'] }, root, sm3)).toBe(false)
    for (const [index, size] of [[0.5, 4], [1, 4.5], [4, 4], [Number.NaN, 4]] as const) expect(verifyInclusion(leaf, { index, size, path: inclusionProof(leaves, 1, sm3).path }, root, sm3)).toBe(false)
    expect(() => inclusionProof(leaves, 0.5, sm3)).toThrow('seal.badProof')
    expect(() => inclusionProof(leaves, 4, sm3)).toThrow('seal.badProof')
    expect(() => consistencyProof(leaves, 0, sm3)).toThrow('seal.badProof')
  })

  it('[S10] growth is proved for every pair of sizes up to 33, and a changed past is not', () => {
    const leaves = leavesOf(33)
    const other = leaves.map((leaf, i) => (i === 0 ? leafHash(canonicalBytes('changed'), sm3) : leaf))
    for (let n = 1; n <= 33; n++) {
      const root = merkleRoot(leaves.slice(0, n), sm3)
      for (let m = 1; m <= n; m++) {
        const proof = consistencyProof(leaves.slice(0, n), m, sm3)
        const oldRoot = merkleRoot(leaves.slice(0, m), sm3)
        expect(verifyConsistency(proof, oldRoot, root, sm3), `${m} of ${n}`).toBe(true)
        const changed = merkleRoot(other.slice(0, m), sm3)
        expect(verifyConsistency(proof, changed, root, sm3), `${m} of ${n} changed`).toBe(false)
        expect(verifyConsistency(proof, oldRoot, merkleRoot(other.slice(0, n), sm3), sm3)).toBe(false)
        expect(verifyConsistency({ ...proof, path: [...proof.path, root] }, oldRoot, root, sm3)).toBe(false)
      }
    }
  })
})
