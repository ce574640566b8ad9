import type { FactDictionary, FactValue } from './facts.ts'
import type { Fix } from './finding.ts'
import { editTable } from './table-edit.ts'
import type { TableEdit } from './table-edit.ts'
import type { TableOptions } from './table.ts'
import { applySplices, flowMap, keyText, scalarOf, YamlText } from './table-text.ts'

/** The text with the fix written into it; everything else, comments included, stays as it stands. Null when it cannot be done to this text. */
export function applyFix(text: string, facts: FactDictionary, fix: Fix, options: TableOptions = {}): string | null {
  const edit = editOf(fix)
  if (edit !== null) {
    const done = editTable(text, facts, edit, options)
    return 'text' in done ? done.text : null
  }
  const y = new YamlText(text)
  if (!y.readable) return null
  switch (fix.do) {
    case 'addRow': return addRow(y, fix)
    case 'deleteLet': return without(y, 'let', fix.name)
    case 'deleteParam': return without(y, 'params', fix.name)
    default: return null
  }
}

function editOf(fix: Fix): TableEdit | null {
  switch (fix.do) {
    case 'moveRow': return { do: 'moveRow', row: fix.row, before: fix.before }
    case 'deleteRow': return { do: 'removeRow', row: fix.row }
    case 'addCase': return { do: 'addCase', at: fix.at, facts: fix.in as Record<string, FactValue>, out: { row: fix.row, ...(fix.amount === undefined ? {} : { amount: fix.amount }) }, note: null }
    // Nobody knows the figure: the place is kept with no value.
    case 'addValue': return { do: 'param', name: fix.param, value: null, from: fix.from }
    default: return null
  }
}

function addRow(y: YamlText, fix: Extract<Fix, { do: 'addRow' }>): string | null {
  const rows = y.seq(y.map(y.root, 'table'), 'rows')
  const basis = y.map(y.root, 'basis')?.items[0]?.key
  if (rows === undefined || rows.items.length === 0 || basis === undefined) return null
  const row = flowMap([['id', fix.id], ['when', scalarOf(fix.when, "'")], ['basis', keyText(basis)]])
  return applySplices(y.text, [y.insertItem(rows, rows.items.length, row)])
}

/** A pair with its line, and the whole block when nothing would be left in it. */
function without(y: YamlText, block: string, name: string): string | null {
  const map = y.map(y.root, block)
  const splices = map === undefined ? [] : map.items.length === 1 ? y.unset(y.root, block) : y.unset(map, name)
  return splices.length === 0 ? null : applySplices(y.text, splices)
}
