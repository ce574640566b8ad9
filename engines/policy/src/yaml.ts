import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Node, Scalar } from 'yaml'
import { dayNumber, isDay } from '@songbai/calendar'
import { nearestWord } from './problem.ts'
import type { Problem } from './problem.ts'

export interface Bilingual { zh: string; en: string }
export type YNode = Node | null | undefined
export interface Entry { key: string; keyNode: Node; value: YNode }
type Args = Record<string, string | number>

/** Reads a YAML tree strictly and remembers where everything stood. Every method reports and goes on, so that one run names every mistake. */
export class Reader {
  readonly problems: Problem[] = []
  readonly root: YNode
  private readonly lines = new LineCounter()
  private readonly source: string

  constructor(text: string) {
    this.source = text
    const doc = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true })
    for (const e of doc.errors) this.at(e.pos[0], 'yaml', { reason: e.code })
    this.root = doc.contents
  }

  place(node: YNode): { line: number; col: number } {
    const { line, col } = this.lines.linePos(node?.range?.[0] ?? 0)
    return { line, col }
  }

  at(offset: number, code: string, args: Args = {}): void {
    const { line, col } = this.lines.linePos(offset)
    this.problems.push({ code, line, col, args })
  }

  say(node: YNode, code: string, args: Args = {}): void {
    this.at(node?.range?.[0] ?? 0, code, args)
  }

  /** Offset in the file of character `pos` inside a scalar; the scalar's start when its text was folded or escaped. */
  inside(node: YNode, pos: number): number {
    const start = node?.range?.[0] ?? 0
    if (!isScalar(node) || typeof node.value !== 'string') return start
    const from = /^['"]/.test(this.source[start] ?? '') ? start + 1 : start
    return this.source.startsWith(node.value, from) ? from + pos : start
  }

  entries(node: YNode): Entry[] {
    if (!isMap(node)) {
      this.say(node, 'notAMap')
      return []
    }
    return node.items.map(pair => ({ key: scalarText(pair.key as YNode) ?? '', keyNode: pair.key as Node, value: pair.value as YNode }))
  }

  /** A mapping with a closed set of keys; `!` after a key means it must be there. */
  map(node: YNode, keys: readonly string[]): Map<string, YNode> {
    const names = keys.map(k => k.replace('!', ''))
    const found = new Map<string, YNode>()
    for (const { key, keyNode, value } of this.entries(node)) {
      if (names.includes(key)) found.set(key, value)
      else this.say(keyNode, 'unknownKey', { key, suggestion: nearestWord(key, names) })
    }
    for (const k of keys) if (k.endsWith('!') && isMap(node) && !found.has(k.slice(0, -1))) this.say(node, 'keyMissing', { key: k.slice(0, -1) })
    return found
  }

  list(node: YNode): YNode[] {
    if (isSeq(node)) return node.items as YNode[]
    if (node !== undefined) this.say(node, 'notAList')
    return []
  }

  text(node: YNode): string {
    const text = scalarText(node)
    if (text === undefined || text === '') this.say(node, 'notAText')
    return text ?? ''
  }

  optional(node: YNode): string | undefined {
    return node === undefined ? undefined : this.text(node)
  }

  /** Integer; money is whole fen, so a decimal point is a mistake and not a rounding. */
  int(node: YNode, min = -2_000_000_000, max = 2_000_000_000): number {
    const v = isScalar(node) ? node.value : undefined
    if (typeof v === 'number' && Number.isInteger(v) && v >= min && v <= max) return v
    this.say(node, typeof v === 'number' && Number.isInteger(v) ? 'outOfRange' : 'notAnInteger', { value: scalarText(node) ?? '', min, max })
    return 0
  }

  bool(node: YNode): boolean {
    if (node === undefined) return false
    const v = isScalar(node) ? node.value : undefined
    if (typeof v !== 'boolean') this.say(node, 'notYesNo', { value: scalarText(node) ?? '' })
    return v === true
  }

  /** Day number. */
  day(node: YNode): number {
    const text = scalarText(node) ?? ''
    if (isDay(text)) return dayNumber(text)
    this.say(node, 'notADay', { value: text })
    return 0
  }

  oneOf<T extends string>(node: YNode, allowed: readonly T[], otherwise: T): T {
    if (node === undefined) return otherwise
    const text = scalarText(node) ?? ''
    if ((allowed as readonly string[]).includes(text)) return text as T
    this.say(node, 'unknownValue', { value: text, allowed: allowed.join(' '), suggestion: nearestWord(text, allowed) })
    return otherwise
  }

  bilingual(node: YNode): Bilingual {
    if (!isMap(node)) {
      const text = this.text(node)
      return { zh: text, en: text }
    }
    const m = this.map(node, ['zh!', 'en!'])
    return { zh: m.has('zh') ? this.text(m.get('zh')) : '', en: m.has('en') ? this.text(m.get('en')) : '' }
  }
}

/** The text as written, so that `region: 000000` keeps its zeros. */
export function scalarText(node: YNode): string | undefined {
  if (node === null || node === undefined || isAlias(node) || !isScalar(node)) return undefined
  const s = node as Scalar
  if (typeof s.value === 'string') return s.value
  return s.source ?? (s.value === null ? undefined : String(s.value))
}

export { isMap, isScalar, isSeq }
