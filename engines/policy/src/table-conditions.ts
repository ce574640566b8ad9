/** Edits of conditions. A condition written by a name is changed at the name when nobody else uses it, and in place when somebody does. */
import { isMap } from 'yaml'
import type { Node } from 'yaml'
import { columnOf, conjuncts, OTHER, readCell, readPart, sameCell, writeCell } from './table-cells.ts'
import type { Cell, CellScope, Part } from './table-cells.ts'
import { done, inTurn, nodeOfRow, rowsOf, setInRow } from './table-edit.ts'
import type { EditAnswer, EditContext } from './table-edit.ts'
import type { TableRow } from './table.ts'
import { applySplices, scalarOf, YamlText } from './table-text.ts'
import type { Splice } from './table-text.ts'
import { scalarText } from './yaml.ts'

export function rowText(parts: readonly Pick<Part, 'text'>[]): string {
  return parts.map(p => p.text).join(' && ')
}

function scopeOf(cx: EditContext): CellScope {
  return { facts: cx.facts, lets: new Map(cx.table.lets.map(l => [l.name, l.text])), params: new Set(cx.table.params.map(p => p.name)) }
}

/** [T8] One cell of one row. Only the conjuncts that differ are written; the others keep their text and place. */
export function editCell(cx: EditContext, row: TableRow, column: string, cell: Cell | null): EditAnswer {
  const old = row.parts.filter(p => p.column === column)
  const wanted = cell === null || isEmptyCell(cell) ? [] : cell.kind === 'expression' ? cell.texts.flatMap(t => (old.some(p => p.text === t) ? [t] : writeCell({ ...cell, texts: [t] }, cx.facts))) : writeCell(cell, cx.facts, usesLabels(old))
  const scope = scopeOf(cx)
  const cells = wanted.map(text => ({ text, cell: column === OTHER ? { kind: 'expression' as const, texts: [text] } : readPart(text, scope).cell }))
  const kept = old.filter(p => cells.some(c => sameCell(c.cell, p.cell)))
  const fresh = cells.filter(c => !old.some(p => sameCell(c.cell, p.cell)))
  const gone = old.filter(p => !kept.includes(p))
  if (fresh.length === 0 && gone.length === 0) return { text: cx.y.text }
  const [one] = fresh
  const own = gone[0]
  if (fresh.length === 1 && gone.length === 1 && own!.name !== null && isOwnLet(cx, own!.name, 1)) return renameLet(cx, own!.name, own!.cell, one!.text, one!.cell)
  const texts = fresh.map(f => nameFor(cx, f.cell) ?? f.text)
  const place = own === undefined ? (old.length > 0 ? row.parts.indexOf(old.at(-1)!) + 1 : row.parts.length) : row.parts.indexOf(own)
  const parts = row.parts.flatMap((p, i) => [...(i === place ? texts : []), ...(gone.includes(p) ? [] : [p.text])])
  if (place >= row.parts.length) parts.push(...texts)
  return writeWhen(cx, row, parts)
}

/** A cell with nothing chosen stands for "no condition". */
export function isEmptyCell(cell: Cell): boolean {
  return (cell.kind === 'codes' && cell.values.length === 0) || (cell.kind === 'range' && cell.from === null && cell.to === null) || (cell.kind === 'expression' && cell.texts.length === 0)
}

function writeWhen(cx: EditContext, row: TableRow, parts: readonly string[]): EditAnswer {
  const node = nodeOfRow(cx, row.id)
  const text = parts.join(' && ')
  const old = cx.y.value(node, 'when')
  if (text === '') return node === undefined ? { refused: 'inheritedRow' } : done(cx, cx.y.unset(node, 'when'))
  if (old !== undefined) return done(cx, [cx.y.scalar(old, text)])
  return setInRow(cx, row, 'when', scalarOf(text, "'"))
}

/** [T9] A condition common to all rows: its name is changed when all of them use it, else each row is. */
export function editCommon(cx: EditContext, column: string, cell: Cell | null): EditAnswer {
  const rows = cx.table.rows.filter(r => r.parts.some(p => p.column === column))
  const names = new Set(rows.flatMap(r => r.parts.filter(p => p.column === column).map(p => p.name)))
  const [name] = names
  if (cell !== null && !isEmptyCell(cell) && names.size === 1 && typeof name === 'string' && rows.length > 0 && isOwnLet(cx, name, rows.length)) {
    const old = rows[0]!.parts.find(p => p.column === column)!
    const texts = writeCell(cell, cx.facts, usesLabels([old]))
    if (texts.length === 1) return sameCell(cell, old.cell) ? { text: cx.y.text } : renameLet(cx, name, old.cell, texts[0]!, cell)
  }
  if (column === OTHER && cell === null) return inTurn(cx, rows.map(r => ({ do: 'cell', row: r.id, column, cell: null })))
  const all = cell === null ? rows : cx.table.rows
  return inTurn(cx, all.map(r => ({ do: 'cell', row: r.id, column: cell === null ? column : columnOf(cell), cell })))
}

function usesLabels(parts: readonly Part[]): boolean {
  return parts.some(p => p.name === null && /"[^"]*[^\x20-\x7e][^"]*"/.test(p.text))
}

/** An equal condition that already has a name. */
function nameFor(cx: EditContext, cell: Cell): string | null {
  const scope = scopeOf(cx)
  return cx.table.lets.find(l => conjuncts(l.text).length === 1 && !scope.lets.has(l.text) && sameCell(readCell(l.text, scope), cell))?.name ?? null
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*)*/gu

function mentions(text: string, name: string): number {
  return [...withoutQuotes(text).matchAll(NAME)].filter(m => m[0] === name).length
}

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|'[^']*'/g, q => ' '.repeat(q.length))
}

/** Whether a name of this file is used by exactly so many places. */
function isOwnLet(cx: EditContext, name: string, uses: number): boolean {
  if (cx.table.lets.find(l => l.name === name)?.inherited !== false) return false
  return expressionNodes(cx).reduce((sum, n) => sum + mentions(scalarText(n) ?? '', name), 0) === uses
}

/** Every text of the file in which a condition may be named. */
function expressionNodes(cx: EditContext): Node[] {
  const { y } = cx
  const lets = (y.map(y.root, 'let')?.items ?? []).map(p => p.value as Node)
  const rows = (rowsOf(cx)?.items ?? []).flatMap(n => (isMap(n) ? [y.value(n, 'when'), y.value(n, 'amount')] : []))
  const stacking = (y.seq(y.root, 'stacking')?.items ?? []).flatMap(n => (isMap(n) ? [y.value(n, 'when'), y.value(n, 'limit')] : []))
  return [...lets, ...rows, ...stacking].filter((n): n is Node => n !== undefined && n !== null)
}

/** [T10] The name follows its meaning: a number in it that was changed is changed in it too, wherever it is used, the cases' `miss` included. */
function renameLet(cx: EditContext, name: string, before: Cell, text: string, after: Cell): EditAnswer {
  const { y } = cx
  const pair = y.pair(y.map(y.root, 'let'), name)!
  const next = renamed(name, before, after)
  const taken = next !== name && (cx.table.lets.some(l => l.name === next) || cx.table.params.some(p => p.name === next))
  const splices: Splice[] = [y.scalar(pair.value!, text)]
  if (next === name || taken) return done(cx, splices)
  splices.push(y.scalar(pair.key as Node, next))
  for (const n of expressionNodes(cx)) {
    if (n === pair.value || mentions(scalarText(n) ?? '', name) === 0) continue
    splices.push(y.scalar(n, replaceName(scalarText(n)!, name, next)))
  }
  return { text: renameInCases(applySplices(y.text, splices), name, next) }
}

function renamed(name: string, before: Cell, after: Cell): string {
  const numbers = (c: Cell): (number | string)[] => (c.kind === 'range' ? [c.from?.value ?? '', c.to?.value ?? ''] : c.kind === 'within' ? [c.n] : [])
  const [old, now] = [numbers(before), numbers(after)]
  let out = name
  old.forEach((v, i) => { if (typeof v === 'number' && typeof now[i] === 'number') out = out.replace(new RegExp(`(?<!\\d)${v}(?!\\d)`), String(now[i])) })
  return out
}

function replaceName(text: string, name: string, next: string): string {
  const bare = withoutQuotes(text)
  return [...bare.matchAll(NAME)].filter(m => m[0] === name).reverse().reduce((out, m) => out.slice(0, m.index) + next + out.slice(m.index + name.length), text)
}

function renameInCases(text: string, name: string, next: string): string {
  const y = new YamlText(text)
  const outs = (y.seq(y.root, 'cases')?.items ?? []).flatMap(n => (isMap(n) ? [y.map(n, 'out')] : []))
  const words = outs.flatMap(out => {
    const miss = y.value(out, 'miss')
    return miss === undefined ? [] : 'items' in miss ? (miss as unknown as { items: Node[] }).items : [miss]
  })
  return applySplices(text, words.filter(n => scalarText(n) === name).map(n => y.scalar(n, next)))
}
