import { isMap, isScalar, isSeq } from 'yaml'
import type { Node, YAMLMap, YAMLSeq } from 'yaml'
import type { FactDictionary, FactValue } from './facts.ts'
import type { Cell, Part } from './table-cells.ts'
import { editCell, editCommon, rowText } from './table-conditions.ts'
import { readTable } from './table.ts'
import type { PolicyTable, TableOptions, TableRow } from './table.ts'
import { applySplices, flowList, flowMap, scalarOf, YamlText } from './table-text.ts'
import type { Splice } from './table-text.ts'
import { scalarText } from './yaml.ts'

export interface CaseOut { row?: string | null; rows?: readonly string[]; amount?: number; unknown?: readonly string[]; miss?: readonly string[] }
export interface ClauseText { doc: string; title?: string; article?: string; clause?: string; quote?: string; issued?: string }

/** One thing a clerk does to the table. Each is applied to the text alone, so it can be sent, replayed and undone. */
export type TableEdit =
  | { do: 'cell'; row: string; column: string; cell: Cell | null }
  | { do: 'common'; column: string; cell: Cell | null }
  | { do: 'removeColumn'; column: string }
  | { do: 'addRow'; like: string | null; before: string | null; label: { zh: string; en: string } }
  | { do: 'removeRow'; row: string }
  | { do: 'moveRow'; row: string; before: string | null }
  | { do: 'label'; row: string; zh: string; en: string }
  | { do: 'dates'; row: string; from: string | null; to: string | null }
  /** A fixed amount of the row; with `from`, from that day on and the old one until then. */
  | { do: 'amount'; row: string; fen: number; from: string | null }
  | { do: 'param'; name: string; value: number | null; from: string }
  | { do: 'removeParamDay'; name: string; from: string }
  | { do: 'basis'; row: string; clauses: readonly string[] }
  | { do: 'clause'; id: string; clause: ClauseText }
  | { do: 'addCase'; at: string; facts: Readonly<Record<string, FactValue>>; out: CaseOut; note: string | null }
  | { do: 'caseOut'; index: number; out: CaseOut }
  | { do: 'removeCase'; index: number }
  | { do: 'effective'; from: string }

export type EditAnswer = { text: string } | { refused: 'unreadable' | 'unknownRow' | 'unknownParam' | 'inheritedRow' | 'lastRow' | 'unknownCase' | 'expressionAmount' }

/** [T4] The text after one edit. Refuses what cannot be done to this text and then changes nothing. */
export function editTable(text: string, facts: FactDictionary, edit: TableEdit, options: TableOptions = {}): EditAnswer {
  const table = readTable(text, facts, options)
  if (table === null) return { refused: 'unreadable' }
  const cx: EditContext = { y: new YamlText(text), table, facts, options }
  switch (edit.do) {
    case 'cell': return onRow(cx, edit.row, row => editCell(cx, row, edit.column, edit.cell))
    case 'common': return editCommon(cx, edit.column, edit.cell)
    case 'removeColumn': return editCommon(cx, edit.column, null)
    case 'addRow': return addRow(cx, edit)
    case 'removeRow': return removeRow(cx, edit.row)
    case 'moveRow': return moveRow(cx, edit.row, edit.before)
    case 'label': return onRow(cx, edit.row, row => setInRow(cx, row, 'label', flowMap([['zh', scalarOf(edit.zh)], ['en', scalarOf(edit.en)]])))
    case 'dates': return onRow(cx, edit.row, row => setDates(cx, row, edit.from, edit.to))
    case 'amount': return onRow(cx, edit.row, row => setAmount(cx, row, edit.fen, edit.from))
    case 'param': return setParam(cx, edit.name, edit.value, edit.from)
    case 'removeParamDay': return removeParamDay(cx, edit.name, edit.from)
    case 'basis': return onRow(cx, edit.row, row => setInRow(cx, row, 'basis', edit.clauses.length === 1 ? scalarOf(edit.clauses[0]!) : flowList(edit.clauses.map(c => scalarOf(c)))))
    case 'clause': return setClause(cx, edit.id, edit.clause)
    case 'addCase': return addCase(cx, edit)
    case 'caseOut': return onCase(cx, edit.index, node => done(cx, [cx.y.set(node, 'out', caseOut(edit.out))]))
    case 'removeCase': return removeCase(cx, edit.index)
    case 'effective': return setEffective(cx, edit.from)
  }
}

export interface EditContext { y: YamlText; table: PolicyTable; facts: FactDictionary; options: TableOptions }

export function done(cx: EditContext, splices: readonly Splice[]): { text: string } {
  return { text: applySplices(cx.y.text, splices) }
}

/** Several edits one after another; the first refusal ends it. */
export function inTurn(cx: EditContext, edits: readonly TableEdit[]): EditAnswer {
  let { text } = cx.y
  for (const edit of edits) {
    const answer = editTable(text, cx.facts, edit, cx.options)
    if ('refused' in answer) return answer
    text = answer.text
  }
  return { text }
}

function onRow(cx: EditContext, id: string, then: (row: TableRow) => EditAnswer): EditAnswer {
  const row = cx.table.rows.find(r => r.id === id)
  return row === undefined ? { refused: 'unknownRow' } : then(row)
}

export function rowsOf(cx: EditContext): YAMLSeq | undefined {
  return cx.y.seq(cx.y.map(cx.y.root, 'table'), 'rows')
}

export function nodeOfRow(cx: EditContext, id: string): YAMLMap | undefined {
  return rowsOf(cx)?.items.find(n => isMap(n) && scalarText(cx.y.value(n, 'id')) === id) as YAMLMap | undefined
}

/** [T6] Sets a key of a row; a row of the policy above gets an entry of its own in this file, citing what the upper row cites or a clause of this file. */
export function setInRow(cx: EditContext, row: TableRow, key: string, source: string): EditAnswer {
  const node = nodeOfRow(cx, row.id)
  if (node !== undefined) return done(cx, [cx.y.set(node, key, source)])
  const own = cx.table.clauses.filter(c => !c.inherited).map(c => c.id)
  const entries: [string, string | undefined][] = [['id', scalarOf(row.id)], ['when', undefined], ['amount', undefined], ['basis', own[0] === undefined ? undefined : scalarOf(own[0])], [key, source]]
  const item = flowMap([...new Map(entries)])
  const seq = rowsOf(cx)
  if (seq !== undefined) return done(cx, [cx.y.insertItem(seq, seq.items.length, item)])
  const table = cx.y.pair(cx.y.root, 'table')
  if (table !== undefined) return { refused: 'inheritedRow' }
  return { text: `${cx.y.text.replace(/\n*$/, '\n')}table:\n  rows:\n    - ${item}\n` }
}

function unsetInRow(cx: EditContext, id: string, key: string): Splice[] {
  const node = nodeOfRow(cx, id)
  return node === undefined ? [] : cx.y.unset(node, key)
}

function setDates(cx: EditContext, row: TableRow, from: string | null, to: string | null): EditAnswer {
  if (row.inherited) return { refused: 'inheritedRow' }
  let text = cx.y.text
  for (const [key, value] of [['from', from], ['to', to]] as const) {
    const inner: EditContext = { ...cx, y: new YamlText(text) }
    text = applySplices(text, value === null ? unsetInRow(inner, row.id, key) : [inner.y.set(nodeOfRow(inner, row.id)!, key, value)])
  }
  return { text }
}

function addRow(cx: EditContext, edit: Extract<TableEdit, { do: 'addRow' }>): EditAnswer {
  const seq = rowsOf(cx)
  if (seq === undefined || seq.items.length === 0) return { refused: 'inheritedRow' }
  const like = cx.table.rows.find(r => r.id === edit.like)
  const node = edit.like === null ? undefined : nodeOfRow(cx, edit.like)
  const copied = (key: string): string | undefined => { const v = cx.y.value(node, key); return v === undefined ? undefined : cx.y.source(v) }
  const own = cx.table.clauses.find(c => !c.inherited)?.id
  const when = like === undefined ? undefined : rowText(like.parts)
  const item = flowMap([
    ['id', freeId(cx.table.rows.map(r => r.id))], ['when', when === undefined || when === '' ? undefined : scalarOf(when, "'")], ['amount', copied('amount') ?? (cx.table.kind === 'service' ? undefined : '0')],
    ['basis', copied('basis') ?? (own === undefined ? undefined : scalarOf(own))], ['sample', like?.sample ? 'true' : undefined], ['label', flowMap([['zh', scalarOf(edit.label.zh)], ['en', scalarOf(edit.label.en)]])],
  ])
  const place = edit.before === null ? seq.items.length : indexIn(cx, seq, edit.before)
  return done(cx, [cx.y.insertItem(seq, place < 0 ? seq.items.length : place, item)])
}

function freeId(taken: readonly string[]): string {
  let n = taken.length + 1
  while (taken.includes(`row-${n}`)) n++
  return `row-${n}`
}

function indexIn(cx: EditContext, seq: YAMLSeq, id: string): number {
  return seq.items.findIndex(n => isMap(n) && scalarText(cx.y.value(n, 'id')) === id)
}

/** [T7] Cases that expected the row expect "no" afterwards: the file stays readable and they turn red instead of naming a row that is gone. */
function removeRow(cx: EditContext, id: string): EditAnswer {
  const seq = rowsOf(cx)
  const place = seq === undefined ? -1 : indexIn(cx, seq, id)
  if (place < 0) return { refused: cx.table.rows.some(r => r.id === id) ? 'inheritedRow' : 'unknownRow' }
  if (seq!.items.length === 1) return { refused: 'lastRow' }
  const cases = casesOf(cx)?.items ?? []
  const outs = cx.table.cases.flatMap((c, i) => {
    const node = cases[i]
    return isMap(node) && (c.out.row === id || c.out.rows.includes(id)) ? [cx.y.set(node, 'out', caseOut(c.out.rows.length > 1 ? { rows: c.out.rows.filter(r => r !== id) } : { row: null }))] : []
  })
  return done(cx, [cx.y.removeItem(seq!, place), ...outs])
}

function moveRow(cx: EditContext, id: string, before: string | null): EditAnswer {
  const seq = rowsOf(cx)
  const from = seq === undefined ? -1 : indexIn(cx, seq, id)
  if (from < 0) return { refused: cx.table.rows.some(r => r.id === id) ? 'inheritedRow' : 'unknownRow' }
  const target = before === null ? seq!.items.length : indexIn(cx, seq!, before)
  if (target < 0) return { refused: 'inheritedRow' }
  return done(cx, cx.y.moveItem(seq!, from, target > from ? target - 1 : target))
}

/** A parameter changes for every row that names it; a plain figure becomes a parameter when it is to change on a day. */
function setAmount(cx: EditContext, row: TableRow, fen: number, from: string | null): EditAnswer {
  const { amount } = row
  if (amount.kind === 'expression') return { refused: 'expressionAmount' }
  if (amount.kind === 'param' && from !== null) return setParam(cx, amount.name, fen, from)
  if (amount.kind !== 'fixed' || from === null) return setInRow(cx, row, 'amount', String(fen))
  const name = freeName(cx, row.id)
  const start = cx.table.effectiveFrom ?? from
  const values = start < from ? `{ ${start}: ${amount.fen}, ${from}: ${fen} }` : `{ ${from}: ${fen} }`
  const source = flowMap([['unit', scalarOf(cx.table.unit)], ['values', values], ['basis', flowList(row.basis.map(b => scalarOf(b)))], ['sample', row.sample ? 'true' : undefined]])
  const withParam = putTop(cx, 'params', name, source, 'let', 'table')
  const inner = { ...cx, y: new YamlText(withParam) }
  return setInRow(inner, row, 'amount', name)
}

function freeName(cx: EditContext, row: string): string {
  const base = `rate_${row.replace(/[^A-Za-z0-9]/g, '_')}`
  const taken = new Set([...cx.table.params.map(p => p.name), ...cx.table.lets.map(l => l.name)])
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
  return name
}

/** A pair in a top-level mapping; the mapping is made before the first of `before` when the file has none. */
function putTop(cx: EditContext, top: string, key: string, source: string, ...before: string[]): string {
  const map = cx.y.map(cx.y.root, top)
  if (map !== undefined && map.items.length > 0) return done(cx, [cx.y.set(map, key, source)]).text
  const next = before.map(b => cx.y.pair(cx.y.root, b)).find(p => p !== undefined)
  const at = next === undefined ? cx.y.text.length : (next.key as Node).range![0]
  const lead = next === undefined && !cx.y.text.endsWith('\n') ? '\n' : ''
  return applySplices(cx.y.text, [{ from: at, to: at, text: `${lead}${top}:\n  ${key}: ${source}\n` }])
}

/** [T5] A dated value: the days before keep theirs. */
function setParam(cx: EditContext, name: string, value: number | null, from: string): EditAnswer {
  const param = cx.table.params.find(p => p.name === name)
  if (param === undefined) return { refused: 'unknownParam' }
  if (param.inherited) {
    const own = cx.table.clauses.find(c => !c.inherited)?.id
    const kept = param.values.filter(v => v.from < from).map(v => `${v.from}: ${v.value ?? 'null'}`)
    return { text: putTop(cx, 'params', name, flowMap([['values', `{ ${[...kept, `${from}: ${value ?? 'null'}`].join(', ')} }`], ['basis', own === undefined ? undefined : scalarOf(own)], ['sample', param.sample ? 'true' : undefined]]), 'let', 'table', 'cases') }
  }
  const values = cx.y.map(cx.y.map(cx.y.map(cx.y.root, 'params'), name), 'values')
  if (values === undefined) return { refused: 'unknownParam' }
  const known = cx.y.value(values, from)
  if (isMap(known)) return done(cx, [cx.y.set(known, 'value', scalarOf(value))])
  if (isScalar(known)) return done(cx, [cx.y.scalar(known, value)])
  return done(cx, [datedPair(cx, values, from, `${from}: ${value ?? 'null'}`)])
}

/** Dates stay in order. */
function datedPair(cx: EditContext, values: YAMLMap, from: string, pair: string): Splice {
  const next = values.items.find(p => (scalarText(p.key as Node) ?? '') > from)
  if (next === undefined) return cx.y.set(values, from, pair.slice(from.length + 2))
  const at = (next.key as Node).range![0]
  return { from: at, to: at, text: values.flow ? `${pair}, ` : `${pair}\n${' '.repeat(cx.y.column(at))}` }
}

function removeParamDay(cx: EditContext, name: string, from: string): EditAnswer {
  const values = cx.y.map(cx.y.map(cx.y.map(cx.y.root, 'params'), name), 'values')
  if (values === undefined || values.items.length < 2) return { refused: 'unknownParam' }
  return done(cx, cx.y.unset(values, from))
}

function setClause(cx: EditContext, id: string, clause: ClauseText): EditAnswer {
  const source = flowMap((['doc', 'title', 'article', 'clause', 'issued', 'quote'] as const).map(k => [k, clause[k] === undefined || clause[k] === '' ? undefined : k === 'issued' ? clause[k] : scalarOf(clause[k])]))
  return { text: putTop(cx, 'basis', id, source, 'params', 'let', 'table') }
}

function casesOf(cx: EditContext): YAMLSeq | undefined {
  return cx.y.seq(cx.y.root, 'cases')
}

function onCase(cx: EditContext, index: number, then: (node: YAMLMap) => EditAnswer): EditAnswer {
  const node = casesOf(cx)?.items[index]
  return isMap(node) ? then(node) : { refused: 'unknownCase' }
}

function caseOut(out: CaseOut): string {
  const list = (texts: readonly string[]): string => flowList(texts.map(t => scalarOf(t)))
  if (out.unknown !== undefined && out.unknown.length > 0) return flowMap([['unknown', list(out.unknown)]])
  if (out.rows !== undefined) return flowMap([['rows', list(out.rows)], ['amount', out.amount === undefined ? undefined : String(out.amount)]])
  return flowMap([['row', out.row === null || out.row === undefined ? 'null' : scalarOf(out.row)], ['amount', out.amount === undefined ? undefined : String(out.amount)], ['miss', out.miss === undefined || out.miss.length === 0 ? undefined : list(out.miss)]])
}

function valueSource(v: FactValue): string {
  if (Array.isArray(v)) return flowList((v as readonly string[]).map(x => scalarOf(x)))
  if (typeof v === 'string') return /^\d{4}-\d{2}(-\d{2})?$/.test(v) ? v : scalarOf(v)
  return String(v)
}

function addCase(cx: EditContext, edit: Extract<TableEdit, { do: 'addCase' }>): EditAnswer {
  const facts = Object.entries(edit.facts).map(([k, v]): [string, string] => [k, valueSource(v)])
  const source = flowMap([['at', edit.at], ['in', facts.length === 0 ? '{}' : flowMap(facts)], ['out', caseOut(edit.out)], ['note', edit.note === null || edit.note === '' ? undefined : scalarOf(edit.note)]])
  const seq = casesOf(cx)
  if (seq !== undefined && seq.items.length > 0) return done(cx, [cx.y.insertItem(seq, seq.items.length, source)])
  const pair = cx.y.pair(cx.y.root, 'cases')
  if (isSeq(seq)) return done(cx, [{ from: seq.range![0], to: seq.range![1], text: `\n  - ${source}` }])
  if (pair !== undefined) return { refused: 'unreadable' }
  return { text: `${cx.y.text.replace(/\n*$/, '\n')}cases:\n  - ${source}\n` }
}

function removeCase(cx: EditContext, index: number): EditAnswer {
  const seq = casesOf(cx)
  if (seq === undefined || seq.items[index] === undefined) return { refused: 'unknownCase' }
  if (seq.items.length === 1) return done(cx, [{ from: seq.range![0], to: seq.range![1], text: '[]' }])
  return done(cx, [cx.y.removeItem(seq, index)])
}

function setEffective(cx: EditContext, from: string): EditAnswer {
  const map = cx.y.map(cx.y.root, 'effective')
  return map === undefined ? { text: putTop(cx, 'effective', 'from', from, 'basis') } : done(cx, [cx.y.set(map, 'from', from)])
}

export type { Part }
