// Reader of divisions-2023.bin (layout: README.md). Pure: the bytes and the inflate function are arguments.
// The head holds every province, prefecture, county and township; villages lie in one compressed block per
// prefecture, so one county costs one small block and the whole country is never held at once.

export type Level = 'province' | 'prefecture' | 'county' | 'township' | 'village'

/** One division; `code` and `parent` have 12 digits, `parent` of a province is null. */
export interface DivisionRow { code: string; name: string; level: Level; parent: string | null }

export interface Divisions {
  /** Last day for which the source holds, `YYYY-MM-DD`. */
  readonly stateOn: string
  /** Rows of the source by level: provinces, prefectures, counties, townships, villages. */
  readonly counts: readonly number[]
  /** 31 provinces and, without anything below them, Taiwan, Hong Kong and Macao. */
  provinces(): DivisionRow[]
  /** Direct children; empty for a village, an unknown code, or a division without children. */
  children(code12: string): DivisionRow[]
  /** The row of a code, or null when the source does not know it. */
  find(code12: string): DivisionRow | null
  name(code12: string): string | null
  /** A county's townships and villages, townships first, each in code order; empty for an unknown county. */
  countyBlock(code6: string): DivisionRow[]
  /** Everything above the villages, parents before children. */
  upper(): DivisionRow[]
}

type Inflate = (bytes: Uint8Array) => Uint8Array
interface Head {
  stateOn: string; counts: number[]; ends: string[]; single: number; symbols: string
  provinces: [string, string][]; prefectures: [string, string, number][]; counties: [string, string, string][]
}
interface County { code: string; townships: DivisionRow[] }

const MAGIC = 'SBDIV001'
const KEPT_BLOCKS = 8

/** `5002` → `500200000000`. */
export function to12(code: string): string {
  return code.padEnd(12, '0')
}

/**
 * The level a 12-digit code speaks of. Four prefectures have no counties: their townships hang directly on the
 * prefecture, so `441900…` (东莞), `442000…` (中山) and `460400…` (儋州) are prefectures and never counties.
 */
export function levelOf(code12: string): Level {
  if (code12.endsWith('0000000000')) return 'province'
  if (code12.endsWith('00000000')) return 'prefecture'
  if (code12.endsWith('000000')) return 'county'
  return code12.endsWith('000') ? 'township' : 'village'
}

class Reader implements Divisions {
  readonly stateOn: string
  readonly counts: readonly number[]
  #bytes: Uint8Array
  #inflate: Inflate
  #head: Head
  #symbols: string[]
  #rows = new Map<string, DivisionRow>()
  #children = new Map<string, DivisionRow[]>()
  #counties = new Map<string, County>()
  #offsets = new Map<string, { at: number; length: number }>()
  #blocks = new Map<string, Map<string, DivisionRow[]>>()

  constructor(bytes: Uint8Array, inflate: Inflate) {
    if (bytes.length < 12 || text(bytes.subarray(0, 8)) !== MAGIC) throw new Error('divisions: not a divisions file')
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
    this.#bytes = bytes
    this.#inflate = inflate
    this.#head = JSON.parse(text(inflate(bytes.subarray(12, 12 + length)))) as Head
    this.#symbols = [...this.#head.symbols].map(ch => this.#end(ch))
    this.stateOn = this.#head.stateOn
    this.counts = this.#head.counts
    this.#readHead(12 + length)
  }

  #end(symbol: string): string {
    return this.#head.ends[symbol.charCodeAt(0) - 1] ?? symbol
  }

  #readHead(firstBlock: number): void {
    for (const [code, name] of this.#head.provinces) this.#add(to12(code), name, null)
    let at = firstBlock
    for (const [code, name, length] of this.#head.prefectures) {
      this.#add(to12(code), name, to12(code.slice(0, 2)))
      this.#offsets.set(code, { at, length })
      at += length
    }
    for (const [code, name, list] of this.#head.counties) this.#readCounty(code, name, list)
  }

  #readCounty(code: string, name: string, list: string): void {
    const code12 = to12(code)
    // The county of a prefecture without counties repeats its code: only the prefecture stays.
    if (!code.endsWith('00')) this.#add(code12, name, to12(code.slice(0, 4)))
    const townships = list === '' ? [] : list.split('\n').map(t => {
      // 350527 金门县 has one township of the same code and name; it would be its own parent.
      const township = to12(code + t.slice(0, 3))
      return township === code12 ? this.#rows.get(code12) as DivisionRow : this.#add(township, t.slice(3), code12)
    })
    this.#counties.set(code, { code, townships })
  }

  #add(code: string, name: string, parent: string | null): DivisionRow {
    const row: DivisionRow = { code, name, level: levelOf(code), parent }
    this.#rows.set(code, row)
    if (parent !== null) {
      const siblings = this.#children.get(parent)
      if (siblings) siblings.push(row)
      else this.#children.set(parent, [row])
    }
    return row
  }

  provinces(): DivisionRow[] {
    return this.#head.provinces.map(([code]) => this.#rows.get(to12(code)) as DivisionRow)
  }

  children(code12: string): DivisionRow[] {
    if (levelOf(code12) !== 'township') return [...(this.#children.get(code12) ?? [])]
    return [...(this.#villages(code12.slice(0, 4)).get(code12) ?? [])]
  }

  find(code12: string): DivisionRow | null {
    const row = this.#rows.get(code12)
    if (row || code12.length !== 12 || levelOf(code12) !== 'village') return row ?? null
    const villages = this.#villages(code12.slice(0, 4)).get(code12.slice(0, 9) + '000')
    return villages?.find(v => v.code === code12) ?? null
  }

  name(code12: string): string | null {
    return this.find(code12)?.name ?? null
  }

  countyBlock(code6: string): DivisionRow[] {
    const county = this.#counties.get(code6)
    if (!county) return []
    const townships = county.townships.filter(t => t.level === 'township')
    const block = this.#villages(code6.slice(0, 4))
    return [...townships, ...townships.flatMap(t => block.get(t.code) ?? [])]
  }

  upper(): DivisionRow[] {
    return [...this.#rows.values()]
  }

  /** Villages of one prefecture by township; the last few prefectures stay decoded. */
  #villages(code4: string): Map<string, DivisionRow[]> {
    const kept = this.#blocks.get(code4)
    if (kept) return kept
    const place = this.#offsets.get(code4)
    if (!place || place.length === 0) return new Map()
    const block = this.#decode(code4, this.#inflate(this.#bytes.subarray(place.at, place.at + place.length)))
    if (this.#blocks.size >= KEPT_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value as string)
    this.#blocks.set(code4, block)
    return block
  }

  #decode(code4: string, raw: Uint8Array): Map<string, DivisionRow[]> {
    const block = new Map<string, DivisionRow[]>()
    let at = 0
    const byte = (): number => raw[at++] as number
    const townships = [...this.#counties.values()].filter(c => c.code.startsWith(code4)).flatMap(c => c.townships)
    for (const township of townships) {
      const count = byte() * 256 + byte()
      const rows: DivisionRow[] = []
      let number = 0
      for (let i = 0; i < count; i++) {
        const step = byte()
        number = step < 255 ? number + step : byte() * 256 + byte()
        rows.push({ code: township.code.slice(0, 9) + String(number).padStart(3, '0'), name: '', level: 'village', parent: township.code })
      }
      block.set(township.code, rows)
    }
    for (const rows of block.values()) for (const row of rows) [row.name, at] = this.#name(raw, at)
    // 金门县: the one village repeats the county's code and is not a village.
    for (const [code, rows] of block) block.set(code, rows.filter(row => row.code !== code))
    return block
  }

  #name(raw: Uint8Array, start: number): [string, number] {
    const { single } = this.#head
    let at = start
    let name = ''
    for (let b = raw[at++] as number; b !== 0; b = raw[at++] as number) {
      const index = b <= single ? b - 1 : single + ((b - single - 1) << 8) + (raw[at++] as number)
      name += this.#symbols[index] as string
    }
    return [name, at]
  }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/**
 * Opens the compact division file. `inflate` undoes brotli (`node:zlib` brotliDecompressSync, or any other).
 * Throws when the bytes are not such a file.
 */
export function openDivisions(bytes: Uint8Array, inflate: Inflate): Divisions {
  return new Reader(bytes, inflate)
}
