import { isMap, isScalar, isSeq } from 'yaml'
import type { Node, YAMLMap } from 'yaml'
import type { FactCode, FactDictionary, FactType } from './facts.ts'
import { factNamed } from './lower.ts'
import { columnOf, joined, OTHER, readParts, sameCell } from './table-cells.ts'
import type { Cell, CellScope, Part } from './table-cells.ts'
import { keyText, YamlText } from './table-text.ts'
import { say } from './words.ts'
import type { Bilingual } from './yaml.ts'
import { scalarText } from './yaml.ts'

/** A policy file as a decision table. It is read leniently: a half-written file still shows what can be shown, `parsePolicy` says what is wrong with it. */
export interface PolicyTable {
  title: Bilingual
  policy: string
  unit: string
  kind: string
  hit: string
  effectiveFrom: string | null
  sample: boolean
  columns: TableColumn[]
  rows: TableRow[]
  params: TableParam[]
  /** Named conditions and their texts. */
  lets: { name: string; text: string; inherited: boolean }[]
  clauses: TableClause[]
  cases: TableCase[]
  stacking: { kind: string; with: string[]; text: Bilingual | null; basis: string[] }[]
}

export interface TableColumn {
  id: string
  kind: Cell['kind']
  /** Fact, `age`, or the subject of a yes/no question. */
  subject: string
  label: Bilingual
  type: FactType | null
  values: readonly FactCode[]
  ordered: boolean
  unit: Bilingual | null
  /** The same in every row: shown once above the table. */
  common: boolean
}

export type Amount = { kind: 'none' } | { kind: 'fixed'; fen: number } | { kind: 'param'; name: string } | { kind: 'expression'; text: string }

export interface TableRow {
  id: string
  label: Bilingual | null
  parts: Part[]
  cells: Record<string, Cell>
  amount: Amount
  basis: string[]
  from: string | null
  to: string | null
  sample: boolean
  floor: boolean
  line: number
  /** Written by the policy above; this file changes nothing in it. */
  inherited: boolean
}

export interface TableParam { name: string; label: Bilingual | null; unit: string | null; values: { from: string; value: number | null; sample: boolean; line: number }[]; floor: boolean; sample: boolean; inherited: boolean }
export interface TableClause { id: string; doc: string; title: string | null; article: string | null; clause: string | null; quote: string | null; issued: string | null; inherited: boolean }
export interface TableCase {
  line: number
  at: string
  facts: { fact: string; value: boolean | number | string | string[] | null }[]
  out: { row: string | null; rows: string[]; amount: number | null; unknown: string[]; miss: string[] }
  note: string | null
}

export interface TableOptions {
  /** Text of the policy named by `extends`. */
  upper?: string
}

/** Null when the text is no YAML mapping: then only the text itself can be edited. */
export function readTable(text: string, facts: FactDictionary, options: TableOptions = {}): PolicyTable | null {
  const y = new YamlText(text)
  if (!y.readable) return null
  const above = options.upper === undefined ? null : readTable(options.upper, facts)
  const at = (key: string): string | undefined => scalarText(y.value(y.root, key))
  const params = readParams(y, above)
  const lets = readLets(y, above)
  const scope: CellScope = { facts, lets: new Map(lets.map(l => [l.name, l.text])), params: new Set(params.map(p => p.name)) }
  const rows = mergeRows(readRows(y, scope), above, scope)
  const own = bilingual(y, y.value(y.root, 'title'))
  return {
    title: own ?? above?.title ?? { zh: '', en: '' }, policy: at('policy') ?? '', unit: at('unit') ?? above?.unit ?? '分/月', kind: at('kind') ?? above?.kind ?? 'cash',
    hit: scalarText(y.value(y.map(y.root, 'table'), 'hit')) ?? above?.hit ?? 'first',
    effectiveFrom: scalarText(y.value(y.map(y.root, 'effective'), 'from')) ?? null, sample: at('sample') === 'true' || (above?.sample ?? false),
    columns: columnsOf(rows, facts), rows, params, lets, clauses: readClauses(y, above), cases: readCases(y), stacking: readStacking(y, above),
  }
}

function entriesOf(map: YAMLMap | undefined): [string, Node | undefined, Node][] {
  return (map?.items ?? []).map(p => [keyText(p.key), (p.value as Node | null) ?? undefined, p.key as Node])
}

function bilingual(y: YamlText, node: Node | undefined): Bilingual | null {
  if (isMap(node)) return { zh: scalarText(y.value(node, 'zh')) ?? '', en: scalarText(y.value(node, 'en')) ?? '' }
  const text = scalarText(node)
  return text === undefined ? null : { zh: text, en: text }
}

export function textsOf(node: Node | undefined): string[] {
  if (isSeq(node)) return node.items.flatMap(n => scalarText(n as Node) ?? [])
  const one = scalarText(node)
  return one === undefined ? [] : [one]
}

export function lineOf(y: YamlText, node: Node): number {
  return y.text.slice(0, node.range![0]).split('\n').length
}

const isTrue = (y: YamlText, map: YAMLMap, key: string): boolean => scalarText(y.value(map, key)) === 'true'

function readParams(y: YamlText, above: PolicyTable | null): TableParam[] {
  const own = entriesOf(y.map(y.root, 'params')).flatMap(([name, node]): TableParam[] => {
    if (!isMap(node)) return []
    const values = entriesOf(y.map(node, 'values')).map(([from, v, key]) => {
      const inner = isMap(v) ? y.value(v, 'value') : v
      return { from, value: isScalar(inner) && typeof inner.value === 'number' ? inner.value : null, sample: isMap(v) && isTrue(y, v, 'sample'), line: lineOf(y, key) }
    })
    return [{ name, label: bilingual(y, y.value(node, 'label')), unit: scalarText(y.value(node, 'unit')) ?? null, values: values.sort((a, b) => (a.from < b.from ? -1 : 1)), floor: isTrue(y, node, 'floor'), sample: isTrue(y, node, 'sample'), inherited: false }]
  })
  const upper = (above?.params ?? []).map(p => ({ ...p, inherited: true }))
  const merged = own.map(p => {
    const u = upper.find(x => x.name === p.name)
    return u === undefined ? p : { ...p, label: p.label ?? u.label, unit: p.unit ?? u.unit, floor: p.floor || u.floor }
  })
  return [...upper.filter(u => !own.some(p => p.name === u.name)), ...merged]
}

function readLets(y: YamlText, above: PolicyTable | null): PolicyTable['lets'] {
  const own = entriesOf(y.map(y.root, 'let')).flatMap(([name, node]) => {
    const text = scalarText(node)
    return text === undefined ? [] : [{ name, text, inherited: false }]
  })
  return [...(above?.lets ?? []).filter(l => !own.some(o => o.name === l.name)).map(l => ({ ...l, inherited: true })), ...own]
}

type OwnRow = TableRow & { has: { when: boolean; amount: boolean }; drop: boolean; before: string | null }

function readRows(y: YamlText, scope: CellScope): OwnRow[] {
  return (y.seq(y.map(y.root, 'table'), 'rows')?.items ?? []).flatMap((node): OwnRow[] => {
    if (!isMap(node)) return []
    const text = (key: string): string | undefined => scalarText(y.value(node, key))
    const parts = readParts(text('when') ?? '', scope)
    return [{
      id: text('id') ?? '', label: bilingual(y, y.value(node, 'label')), parts, cells: cellsOf(parts), amount: readAmount(y.value(node, 'amount'), scope), basis: textsOf(y.value(node, 'basis')),
      from: text('from') ?? null, to: text('to') ?? null, sample: isTrue(y, node, 'sample'), floor: isTrue(y, node, 'floor'), line: lineOf(y, node), inherited: false,
      has: { when: node.has('when'), amount: node.has('amount') }, drop: isTrue(y, node, 'drop'), before: text('before') ?? null,
    }]
  })
}

function cellsOf(parts: readonly Part[]): Record<string, Cell> {
  const cells: Record<string, Cell> = {}
  for (const p of parts) cells[p.column] = cells[p.column] === undefined ? p.cell : joined(cells[p.column]!, p.cell) ?? cells[p.column]!
  return cells
}

function readAmount(node: Node | undefined, scope: CellScope): Amount {
  if (node === undefined) return { kind: 'none' }
  if (isScalar(node) && typeof node.value === 'number') return { kind: 'fixed', fen: node.value }
  const text = (scalarText(node) ?? '').trim()
  if (/^\d{1,10}$/.test(text)) return { kind: 'fixed', fen: Number(text) }
  const name = text.startsWith('p.') ? text.slice(2) : text
  return scope.params.has(name) ? { kind: 'param', name } : { kind: 'expression', text }
}

/** [T6] As `inherit.ts` merges them: rows of this file replace those above by id, `before` and `drop` included. */
function mergeRows(own: readonly OwnRow[], above: PolicyTable | null, scope: CellScope): TableRow[] {
  const plain = ({ has: _has, drop: _drop, before: _before, ...row }: OwnRow): TableRow => row
  if (above === null) return own.map(plain)
  const rows: TableRow[] = above.rows.map(r => {
    const parts = readParts(r.parts.map(p => p.text).join(' && '), scope)
    return { ...r, parts, cells: cellsOf(parts), inherited: true, line: 0 }
  })
  for (const row of own) {
    const place = rows.findIndex(r => r.id === row.id)
    const upper = rows[place]
    if (row.drop) { if (place >= 0) rows.splice(place, 1) } else if (upper === undefined) {
      const before = row.before === null ? -1 : rows.findIndex(r => r.id === row.before)
      rows.splice(before < 0 ? rows.length : before, 0, plain(row))
    } else {
      rows[place] = { ...upper, ...plain(row), label: row.label ?? upper.label, ...(row.has.when ? {} : { parts: upper.parts, cells: upper.cells }), ...(row.has.amount ? {} : { amount: upper.amount }), floor: row.floor || upper.floor }
    }
  }
  return rows
}

/** [T3] Columns in the order in which the rows first use them; what cannot be shown comes last. */
function columnsOf(rows: readonly TableRow[], facts: FactDictionary): TableColumn[] {
  const first = new Map<string, Cell>()
  for (const row of rows) for (const p of row.parts) if (!first.has(p.column)) first.set(p.column, p.cell)
  const columns = [...first].map(([id, cell]) => ({ ...columnFor(id, cell, facts), common: rows.length > 1 && rows.every(r => r.cells[id] !== undefined && sameCell(r.cells[id], rows[0]!.cells[id]!)) }))
  return [...columns.filter(c => c.id !== OTHER), ...columns.filter(c => c.id === OTHER)]
}

/** The head of a column, for one that stands in the table or one about to be added. */
export function columnFor(id: string, cell: Cell, facts: FactDictionary): TableColumn {
  const subject = cell.kind === 'yesNo' ? cell.subject : cell.kind === 'expression' ? '' : cell.fact
  const def = subject === 'age' ? undefined : factNamed(facts, subject)
  const base = { id, kind: cell.kind, subject, type: def?.type ?? null, values: def?.values ?? [], ordered: def?.ordered ?? false, unit: def?.unit ?? null, common: false }
  if (cell.kind === 'expression') return { ...base, label: { zh: '其他条件', en: 'Other conditions' } }
  if (subject === 'age') return { ...base, type: 'int', label: { zh: say('age', 'zh'), en: 'Age' }, unit: { zh: '周岁', en: 'years' } }
  return { ...base, label: def?.label ?? subjectLabel(subject, facts) }
}

function subjectLabel(subject: string, facts: FactDictionary): Bilingual {
  const has = /^has\((.+)\)$/.exec(subject)?.[1]
  const member = /^"(\w+)" in (\w+)$/.exec(subject)
  const def = factNamed(facts, has ?? member?.[2] ?? subject)
  if (has !== undefined && def !== undefined) return { zh: say('has', 'zh', { label: def.label.zh }), en: say('has', 'en', { label: def.label.en }) }
  const code = def?.values.find(v => v.id === member?.[1])
  if (def !== undefined && code !== undefined) return { zh: `${def.label.zh}：${code.zh}`, en: `${def.label.en}: ${code.en}` }
  return { zh: subject, en: subject }
}

/** An empty cell for a fact of the dictionary, with the column it opens; `age` is a fact here. */
export function newColumn(fact: string, facts: FactDictionary): { column: TableColumn; cell: Cell } | null {
  const def = fact === 'age' ? undefined : factNamed(facts, fact)
  const cell: Cell | null = fact === 'age' || def?.type === 'int' || def?.type === 'fen' || def?.type === 'day' || def?.type === 'month' ? { kind: 'range', fact, from: null, to: null }
    : def?.type === 'code' ? { kind: 'codes', fact, values: [], not: false }
      : def?.type === 'bool' ? { kind: 'yesNo', subject: fact, yes: true } : null
  return cell === null ? null : { cell, column: columnFor(columnOf(cell), cell, facts) }
}

function readClauses(y: YamlText, above: PolicyTable | null): TableClause[] {
  const own = entriesOf(y.map(y.root, 'basis')).flatMap(([id, node]): TableClause[] => {
    if (!isMap(node)) return []
    const text = (key: string): string | null => scalarText(y.value(node, key)) ?? null
    return [{ id, doc: text('doc') ?? '', title: text('title'), article: text('article'), clause: text('clause'), quote: text('quote'), issued: text('issued'), inherited: false }]
  })
  return [...(above?.clauses ?? []).filter(c => !own.some(o => o.id === c.id)).map(c => ({ ...c, inherited: true })), ...own]
}

function readStacking(y: YamlText, above: PolicyTable | null): PolicyTable['stacking'] {
  const seq = y.seq(y.root, 'stacking')
  if (seq === undefined) return above?.stacking ?? []
  return seq.items.flatMap(n => (isMap(n) ? [{ kind: scalarText(y.value(n, 'kind')) ?? '', with: textsOf(y.value(n, 'with')), text: bilingual(y, y.value(n, 'text')), basis: textsOf(y.value(n, 'basis')) }] : []))
}

/** The upper file's cases are its own. */
function readCases(y: YamlText): TableCase[] {
  return (y.seq(y.root, 'cases')?.items ?? []).flatMap((node): TableCase[] => {
    if (!isMap(node)) return []
    const out = y.map(node, 'out')
    const amount = y.value(out, 'amount')
    return [{
      line: lineOf(y, node), at: scalarText(y.value(node, 'at')) ?? '', note: scalarText(y.value(node, 'note')) ?? null,
      facts: entriesOf(y.map(node, 'in')).map(([fact, v]) => ({ fact, value: isSeq(v) ? textsOf(v) : isScalar(v) && (typeof v.value === 'boolean' || typeof v.value === 'number') ? v.value : scalarText(v) ?? null })),
      out: { row: textsOf(y.value(out, 'row')).find(x => x !== 'null') ?? null, rows: textsOf(y.value(out, 'rows')), amount: isScalar(amount) && typeof amount.value === 'number' ? amount.value : null, unknown: textsOf(y.value(out, 'unknown')), miss: textsOf(y.value(out, 'miss')) },
    }]
  })
}
