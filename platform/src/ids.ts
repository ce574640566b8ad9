const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. Made here, never in SQL, since a phone makes ids too. */
export function newId(nowMs: number, random: (into: Uint8Array) => Uint8Array): string {
  const bytes = random(new Uint8Array(10))
  return withTime(nowMs, ((bytes[8]! << 8) | bytes[9]!) & 0xfff, bytes)
}

/** `twelve` bits beside the version, 62 bits of `bytes` beside the variant. A bulk write makes half a million of them. */
function withTime(ms: number, twelve: number, bytes: Uint8Array): string {
  const high = Math.floor(ms / 0x10000)
  const low = ms % 0x10000
  return `${HEX[(high >>> 24) & 0xff]}${HEX[(high >>> 16) & 0xff]}${HEX[(high >>> 8) & 0xff]}${HEX[high & 0xff]}-${HEX[low >>> 8]}${HEX[low & 0xff]}-${HEX[0x70 | (twelve >>> 8)]}${HEX[twelve & 0xff]}-${HEX[(bytes[0]! & 0x3f) | 0x80]}${HEX[bytes[1]!]}-${HEX[bytes[2]!]}${HEX[bytes[3]!]}${HEX[bytes[4]!]}${HEX[bytes[5]!]}${HEX[bytes[6]!]}${HEX[bytes[7]!]}`
}

/**
 * Ids of one process in the order they were made, also within a millisecond (RFC 9562, method 1: twelve bits of counter):
 * events of one transaction are numbered by it. A clock that stands still or steps back does not break the order.
 */
export function createIds(clock: () => number, random: (into: Uint8Array) => Uint8Array): () => string {
  let lastMs = 0
  let count = 0
  const bytes = new Uint8Array(8)
  return () => {
    const nowMs = clock()
    count = nowMs > lastMs ? 0 : count + 1
    lastMs = Math.max(lastMs, nowMs) + (count > 0xfff ? 1 : 0)
    if (count > 0xfff) count = 0
    random(bytes)
    return withTime(lastMs, count, bytes)
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isId(text: string): boolean {
  return UUID.test(text)
}
