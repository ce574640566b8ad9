import { Zip, ZipDeflate } from 'fflate'

/** Takes the bytes of a file as they are made; a promise holds the writer back. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>

/** A zip written part after part; nothing but the current piece is held. */
export class ZipOut {
  readonly #sink: Sink
  readonly #zip: Zip
  #ready: Uint8Array[] = []
  #part: ZipDeflate | undefined
  #text = ''
  readonly #encoder = new TextEncoder()

  constructor(sink: Sink) {
    this.#sink = sink
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error
      this.#ready.push(chunk)
    })
  }

  open(name: string): void {
    const part = new ZipDeflate(name, { level: 3 })
    // A fixed time keeps equal data byte-equal (and the engine without a clock).
    part.mtime = '1980-01-02T00:00:00'
    this.#zip.add(part)
    this.#part = part
  }

  async write(text: string): Promise<void> {
    this.#text += text
    if (this.#text.length > 65_536) await this.#flush(false)
  }

  async close(): Promise<void> { await this.#flush(true) }

  async part(name: string, text: string): Promise<void> {
    this.open(name)
    await this.write(text)
    await this.close()
  }

  async end(): Promise<void> {
    this.#zip.end()
    await this.#drain()
  }

  async #flush(final: boolean): Promise<void> {
    this.#part!.push(this.#encoder.encode(this.#text), final)
    this.#text = ''
    await this.#drain()
  }

  async #drain(): Promise<void> {
    const ready = this.#ready
    this.#ready = []
    for (const chunk of ready) if (chunk.length > 0) await this.#sink(chunk)
  }
}
