/** Which pairs are worth a look: lines that share a key, kept in flat arrays so that 200,000 lines with a dozen keys need some 20 MB. */
const KINDS = ['birth', 'moon', 'soundYear', 'soundPlace', 'tail'] as const
export type BlockKind = (typeof KINDS)[number]

/** [K2] A block is looked through up to here; a longer one (everybody born on 1 January) leaves the other keys to find its people. */
const LONGEST = 400

/** Thirty-two bits of numbers and texts together; two keys that meet by chance cost one look. */
export function hash(...parts: readonly (string | number)[]): number {
  let h = 0x811c9dc5
  for (const part of parts) {
    if (typeof part === 'number') h = Math.imul(h ^ part, 0x85ebca6b)
    else for (let i = 0; i < part.length; i++) h = Math.imul(h ^ part.charCodeAt(i), 0x01000193)
    h ^= h >>> 15
  }
  return Math.imul(h, 0xc2b2ae35) | 0
}

export interface Blocks {
  add(kind: BlockKind, key: number, line: number): void
  /** Begins with another line of theirs. */
  next(): void
  /** Lines under a key that were not given since `next`. */
  fresh(kind: BlockKind, key: number): number[]
}

export function createBlocks(lines: number): Blocks {
  const tables = new Map(KINDS.map((kind) => [kind, createTable(lines)]))
  const stamps = new Int32Array(lines)
  let turn = 0
  return {
    add: (kind, key, line) => tables.get(kind)!.add(key, line),
    next: () => void turn++,
    fresh(kind, key) {
      const found: number[] = []
      for (const line of tables.get(kind)!.find(key)) {
        if (stamps[line] === turn) continue
        stamps[line] = turn
        found.push(line)
      }
      return found
    },
  }
}

/** Key → lines, as chains through three flat arrays. */
function createTable(lines: number) {
  const slots = 1 << Math.max(4, Math.ceil(Math.log2(lines * 2 + 1)))
  const heads = new Int32Array(slots).fill(-1)
  const keys: number[] = []
  const values: number[] = []
  const nexts: number[] = []
  return {
    add(key: number, line: number): void {
      const slot = key & (slots - 1)
      keys.push(key)
      values.push(line)
      nexts.push(heads[slot]!)
      heads[slot] = keys.length - 1
    },
    find(key: number): number[] {
      const found: number[] = []
      for (let at = heads[key & (slots - 1)]!; at >= 0; at = nexts[at]!) {
        if (keys[at] !== key) continue
        if (found.length === LONGEST) return []
        found.push(values[at]!)
      }
      return found
    },
  }
}
