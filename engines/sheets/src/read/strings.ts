const pageStart = 1 << 16

/**
 * Many short texts in one growing block of UTF-8: two million shared strings cost their bytes plus four each, where
 * an array of JavaScript strings costs several times that and keeps every chunk it was cut from alive.
 */
export class TextStore {
  #bytes = new Uint8Array(pageStart)
  #ends = new Uint32Array(1024)
  #count = 0
  #used = 0
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder()
  readonly #cacheIndex = new Int32Array(8192).fill(-1)
  readonly #cacheText: string[] = new Array<string>(8192).fill('')

  get length(): number { return this.#count }

  add(text: string): number {
    const need = this.#used + text.length * 3
    if (need > this.#bytes.length) this.#bytes = grow(this.#bytes, Math.max(need, this.#bytes.length * 1.6))
    if (this.#count >= this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2)
      ends.set(this.#ends)
      this.#ends = ends
    }
    this.#used += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#used)).written
    this.#ends[this.#count] = this.#used
    return this.#count++
  }

  get(index: number): string | undefined {
    if (index < 0 || index >= this.#count) return undefined
    const slot = index & 8191
    if (this.#cacheIndex[slot] === index) return this.#cacheText[slot]
    const text = this.#decode(index === 0 ? 0 : this.#ends[index - 1]!, this.#ends[index]!)
    this.#cacheIndex[slot] = index
    this.#cacheText[slot] = text
    return text
  }

  #decode(from: number, to: number): string {
    if (to - from > 48) return this.#decoder.decode(this.#bytes.subarray(from, to))
    const b = this.#bytes
    let text = ''
    for (let i = from; i < to;) {
      const c = b[i]!
      if (c < 0x80) { text += String.fromCharCode(c); i += 1 } else if (c < 0xe0) { text += String.fromCharCode(((c & 31) << 6) | (b[i + 1]! & 63)); i += 2 } else if (c < 0xf0) {
        text += String.fromCharCode(((c & 15) << 12) | ((b[i + 1]! & 63) << 6) | (b[i + 2]! & 63)); i += 3
      } else return this.#decoder.decode(this.#bytes.subarray(from, to))
    }
    return text
  }
}

function grow(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.ceil(size))
  larger.set(bytes)
  return larger
}
