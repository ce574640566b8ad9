import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'

/**
 * Edits of a YAML text by the places of its nodes. Only the characters of what changes are replaced, so comments, order, quotes and line breaks of
 * everything else stay as somebody wrote them.
 */
export interface Splice { from: number; to: number; text: string }

export function applySplices(text: string, splices: readonly Splice[]): string {
  let out = text
  for (const s of [...splices].sort((a, b) => b.from - a.from || b.to - a.to)) out = out.slice(0, s.from) + s.text + out.slice(s.to)
  return out
}

export class YamlText {
  readonly text: string
  readonly doc: Document.Parsed
  constructor(text: string) {
    this.text = text
    this.doc = parseDocument(text, { uniqueKeys: true })
  }

  get readable(): boolean {
    return this.doc.errors.length === 0 && isMap(this.doc.contents)
  }

  get root(): YAMLMap {
    return this.doc.contents as unknown as YAMLMap
  }

  pair(map: YAMLMap | undefined, key: string): Pair<Node, Node> | undefined {
    return map?.items.find(p => isScalar(p.key) && keyText(p.key) === key) as Pair<Node, Node> | undefined
  }

  value(map: YAMLMap | undefined, key: string): Node | undefined {
    return this.pair(map, key)?.value ?? undefined
  }

  map(map: YAMLMap | undefined, key: string): YAMLMap | undefined {
    const v = this.value(map, key)
    return isMap(v) ? v : undefined
  }

  seq(map: YAMLMap | undefined, key: string): YAMLSeq | undefined {
    const v = this.value(map, key)
    return isSeq(v) ? v : undefined
  }

  /** Characters of a node, without the comment or line break behind it. */
  source(node: Node): string {
    return this.text.slice(node.range![0], node.range![1])
  }

  /** A scalar written anew, in the quotes it had where they still fit. */
  scalar(node: Node, value: string | number | null): Splice {
    const quote = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? this.text[node.range![0]]! : ''
    // Commas and brackets may stand bare only outside { } and [ ]; where the old text had some, that is so.
    const bare = isScalar(node) && node.type === 'PLAIN' && typeof value === 'string' && /^[\p{L}_][^\n#:`]*$/u.test(value) && (!/[,[\]{}]/.test(value) || /[,[\]{}]/.test(this.source(node)))
    return { from: node.range![0], to: node.range![1], text: bare ? value : scalarOf(value, quote) }
  }

  /** A pair put at the end of a mapping, or in place of the value it has. */
  set(map: YAMLMap, key: string, source: string): Splice {
    const known = this.pair(map, key)
    if (known?.value) return { from: known.value.range![0], to: known.value.range![1], text: source }
    const last = map.items.at(-1) as Pair<Node, Node> | undefined
    if (map.flow) {
      const end = last === undefined ? map.range![0] + 1 : endOf(last)
      return { from: end, to: end, text: last === undefined ? ` ${key}: ${source} ` : `, ${key}: ${source}` }
    }
    const end = this.lineEnd(endOf(last!))
    return { from: end, to: end, text: `\n${' '.repeat(this.column((last!.key as Node).range![0]))}${key}: ${source}` }
  }

  unset(map: YAMLMap, key: string): Splice[] {
    const i = map.items.findIndex(p => isScalar(p.key) && keyText(p.key) === key)
    const pair = map.items[i] as Pair<Node, Node> | undefined
    if (pair === undefined) return []
    const start = (pair.key as Node).range![0]
    const end = pair.value ? endOf(pair) : (pair.key as Node).range![1]
    if (map.flow) {
      const next = map.items[i + 1] as Pair<Node, Node> | undefined
      if (next !== undefined) return [{ from: start, to: (next.key as Node).range![0], text: '' }]
      const before = map.items[i - 1] as Pair<Node, Node> | undefined
      return [{ from: before === undefined ? start : endOf(before), to: end, text: '' }]
    }
    return [this.lines(start, end)]
  }

  /** Lines of a block from the beginning of the first to the beginning of the next. */
  private lines(from: number, to: number): Splice {
    const start = this.text.lastIndexOf('\n', from - 1) + 1
    const end = this.lineEnd(to)
    return end < this.text.length ? { from: start, to: end + 1, text: '' } : { from: Math.max(0, start - 1), to: end, text: '' }
  }

  lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at)
    return end < 0 ? this.text.length : end
  }

  column(at: number): number {
    return at - (this.text.lastIndexOf('\n', at - 1) + 1)
  }

  /** Where an item of a block list begins (its dash) and ends (its last line, a comment behind it included). */
  item(seq: YAMLSeq, i: number): { from: number; to: number } {
    const node = seq.items[i] as Node
    const dash = this.text.lastIndexOf('-', node.range![0])
    const start = this.text.lastIndexOf('\n', dash) + 1
    return { from: start, to: this.lineEnd(contentEnd(node)) }
  }

  /** An item put into a list; `at` = length puts it at the end. */
  insertItem(seq: YAMLSeq, at: number, source: string): Splice {
    if (seq.flow) {
      const before = seq.items[at - 1] as Node | undefined
      if (before !== undefined) return { from: before.range![1], to: before.range![1], text: `, ${source}` }
      const start = seq.range![0] + 1
      return { from: start, to: start, text: seq.items.length > 0 ? `${source}, ` : source }
    }
    const near = this.item(seq, Math.min(at, seq.items.length - 1))
    const indent = /^\s*/.exec(this.text.slice(near.from))![0].replace(/\n/g, '')
    const line = `${indent}- ${source}`
    return at < seq.items.length ? { from: near.from, to: near.from, text: `${line}\n` } : { from: near.to, to: near.to, text: `\n${line}` }
  }

  removeItem(seq: YAMLSeq, i: number): Splice {
    if (seq.flow) {
      const [own, next, before] = [seq.items[i], seq.items[i + 1], seq.items[i - 1]] as (Node | undefined)[]
      if (next !== undefined) return { from: own!.range![0], to: next.range![0], text: '' }
      return { from: before === undefined ? own!.range![0] : before.range![1], to: own!.range![1], text: '' }
    }
    const { from, to } = this.item(seq, i)
    return to < this.text.length ? { from, to: to + 1, text: '' } : { from: Math.max(0, from - 1), to, text: '' }
  }

  /** An item in another place. Comment lines above an item stay where they are. */
  moveItem(seq: YAMLSeq, i: number, to: number): Splice[] {
    const spots = seq.flow ? seq.items.map(n => ({ from: (n as Node).range![0], to: (n as Node).range![1] })) : seq.items.map((_, k) => this.item(seq, k))
    const order = seq.items.map((_, k) => k)
    order.splice(to, 0, ...order.splice(i, 1))
    return order.flatMap((old, k) => (old === k ? [] : [{ ...spots[k]!, text: this.text.slice(spots[old]!.from, spots[old]!.to) }]))
  }
}

function endOf(pair: Pair<Node, Node>): number {
  return pair.value ? contentEnd(pair.value) : (pair.key as Node).range![1]
}

/** Last character of a node. The range of a block collection runs to the next node, blank lines included. */
function contentEnd(node: Node): number {
  if (isMap(node) && !node.flow && node.items.length > 0) return endOf(node.items.at(-1) as Pair<Node, Node>)
  if (isSeq(node) && !node.flow && node.items.length > 0) return contentEnd(node.items.at(-1) as Node)
  return node.range![1]
}

export function keyText(key: unknown): string {
  const k = key as Scalar
  return typeof k.value === 'string' ? k.value : k.source ?? String(k.value)
}

/** A text that YAML reads back as the same text, inside `{ }` and `[ ]` too. */
export function scalarOf(value: string | number | null, quote = ''): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return String(value)
  if (quote === '"') return JSON.stringify(value)
  const plain = /^[\p{L}_《（][^\n,[\]{}#&*!|>'"%@`:]*$/u.test(value) && !/[\s:]$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n|~)$/i.test(value)
  return quote === '' && plain ? value : `'${value.replaceAll("'", "''")}'`
}

/** A small mapping in one line; values are written as given. */
export function flowMap(entries: readonly (readonly [key: string, source: string | undefined])[]): string {
  return `{ ${entries.flatMap(([k, v]) => (v === undefined ? [] : [`${k}: ${v}`])).join(', ')} }`
}

export function flowList(sources: readonly string[]): string {
  return `[${sources.join(', ')}]`
}
