/** UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. Made here, never in SQL, since a phone makes ids too. */
export function newId(nowMs: number, random: (into: Uint8Array) => Uint8Array): string {
  const bytes = random(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(nowMs / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * Ids of one process in the order they were made, also within a millisecond (RFC 9562, method 1: twelve bits of counter):
 * events of one transaction are numbered by it. A clock that stands still or steps back does not break the order.
 */
export function createIds(clock: () => number, random: (into: Uint8Array) => Uint8Array): () => string {
  let lastMs = 0
  let count = 0
  return () => {
    const nowMs = clock()
    count = nowMs > lastMs ? 0 : count + 1
    lastMs = Math.max(lastMs, nowMs) + (count > 0xfff ? 1 : 0)
    if (count > 0xfff) count = 0
    const id = newId(lastMs, random)
    return `${id.slice(0, 15)}${count.toString(16).padStart(3, '0')}${id.slice(18)}`
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isId(text: string): boolean {
  return UUID.test(text)
}
