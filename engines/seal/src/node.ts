import { createHash } from 'node:crypto'
import type { Hash, HashAlgorithm } from './hash.ts'

function nodeHash(algorithm: HashAlgorithm): Hash {
  return {
    algorithm,
    digest(...parts) {
      const state = createHash(algorithm)
      for (const part of parts) state.update(part)
      return state.digest()
    },
  }
}

/** SM3 (GB/T 32905) from the OpenSSL inside Node. */
export const sm3: Hash = nodeHash('sm3')
export const sha256: Hash = nodeHash('sha256')

/** The hash a stored seal names. */
export function hashNamed(algorithm: HashAlgorithm): Hash {
  return algorithm === 'sm3' ? sm3 : sha256
}
