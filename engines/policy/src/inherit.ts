import { paramAt } from './policy.ts'
import type { Override, Param, Policy, Row } from './policy.ts'
import type { Context } from './parse.ts'
import { isMap, scalarText } from './yaml.ts'
import type { YNode } from './yaml.ts'

type Keys = Map<string, YNode>

/** The upper policy with the keys of the lower file in place of its own; the result is complete and lowered like any other policy. */
export function inherit(cx: Context, own: Policy, upper: Policy, keys: Keys, rowNodes: readonly YNode[]): Policy {
  const overrides: Override[] = []
  for (const key of ['kind', 'unit'] as const) if (keys.has(key) && own[key] !== upper[key]) cx.r.say(keys.get(key), 'notOverridable', { key })
  if (own.hit !== upper.hit) cx.r.say(keys.get('table'), 'notOverridable', { key: 'hit' })
  if (own.id !== upper.id) cx.r.say(keys.get('policy'), 'upperOtherPolicy', { name: own.id, upper: upper.id })
  const merged: Policy = {
    ...own,
    params: mergeParams(own, upper, overrides),
    lets: new Map([...upper.lets, ...own.lets]),
    rows: mergeRows(cx, own, upper, rowNodes, overrides),
    clauses: [...upper.clauses, ...own.clauses],
    sample: own.sample || upper.sample,
    overrides,
  }
  for (const key of ['stacking', 'evidence'] as const) if (!keys.has(key)) Object.assign(merged, { [key]: upper[key] })
  for (const key of ['pay', 'review', 'due', 'service', 'listItem', 'note'] as const) if (!keys.has(key) && upper[key] !== undefined) Object.assign(merged, { [key]: upper[key] })
  for (const key of ['stacking', 'pay', 'evidence', 'review', 'due', 'service'] as const) if (keys.has(key)) overrides.push({ what: key, name: key, how: 'changed', basis: [] })
  return merged
}

function mergeParams(own: Policy, upper: Policy, overrides: Override[]): Map<string, Param> {
  const out = new Map(upper.params)
  for (const [name, p] of own.params) {
    const above = upper.params.get(name)
    out.set(name, above === undefined ? p : { ...p, label: p.label ?? above.label, unit: p.unit ?? above.unit, floor: p.floor || above.floor })
    overrides.push({ what: 'param', name, how: above === undefined ? 'added' : 'changed', basis: p.values[0]?.basis ?? [] })
  }
  return out
}

function mergeRows(cx: Context, own: Policy, upper: Policy, nodes: readonly YNode[], overrides: Override[]): Row[] {
  const rows = [...upper.rows]
  own.rows.forEach((row, i) => {
    const node = nodes[i]
    const has = (key: string): boolean => isMap(node) && node.has(key)
    const before = isMap(node) ? scalarText(node.get('before', true)) : undefined
    const place = rows.findIndex(x => x.id === row.id)
    const above = rows[place]
    if (has('drop')) {
      if (above === undefined) cx.r.say(node, 'unknownRow', { name: row.id, suggestion: '' })
      else if (above.floor) cx.r.say(node, 'floorRow', { name: row.id })
      else rows.splice(place, 1)
      overrides.push({ what: 'row', name: row.id, how: 'dropped', basis: row.basis })
      return
    }
    if (above === undefined) rows.splice(before === undefined ? rows.length : placeBefore(cx, node, rows, before), 0, row)
    else {
      if (above.floor && has('when')) cx.r.say(node, 'floorRow', { name: row.id })
      rows[place] = { ...above, ...row, when: has('when') ? row.when : above.when, amount: has('amount') ? row.amount : above.amount, floor: row.floor || above.floor, sample: row.sample || (above.sample && !has('amount')) }
    }
    overrides.push({ what: 'row', name: row.id, how: above === undefined ? 'added' : 'changed', basis: row.basis })
  })
  return rows
}

function placeBefore(cx: Context, node: YNode, rows: readonly Row[], before: string): number {
  const place = rows.findIndex(x => x.id === before)
  if (place < 0) cx.r.say(node, 'unknownRow', { name: before, suggestion: '' })
  return place < 0 ? rows.length : place
}

/** A lower region may raise, never cut, what the upper one marked `floor`: checked on every day on which either value changes. */
export function checkFloors(cx: Context, merged: Policy, upper: Policy, keys: Keys): void {
  for (const [name, above] of upper.params) {
    const p = merged.params.get(name)!
    if (!above.floor || p === above) continue
    const days = [...above.values, ...p.values].map(v => v.from).concat(merged.effective.from).filter(d => d >= merged.effective.from && d <= merged.effective.to)
    const low = days.find(d => (paramAt(above, d)?.value ?? 0) > (paramAt(p, d)?.value ?? 0))
    if (low !== undefined) cx.r.say(keys.get('params'), 'belowFloor', { name, value: paramAt(p, low)?.value ?? '', floor: paramAt(above, low)?.value ?? '' })
  }
  for (const above of upper.rows) {
    const row = merged.rows.find(x => x.id === above.id)
    if (!above.floor || row === undefined || row.amount === above.amount) continue
    const days = [merged.effective.from, ...datesOf(row, merged), ...datesOf(above, upper)].filter(d => d >= merged.effective.from && d <= merged.effective.to)
    const pairs = days.map(d => [constantAt(row, merged, d), constantAt(above, upper, d)] as const)
    const low = pairs.find(([own, floor]) => own !== undefined && floor !== undefined && own < floor)
    const plain = [row, above].every(x => x.amount.t === 'const' || x.amount.t === 'param')
    if (!plain || pairs.some(([own, floor]) => own === undefined && floor !== undefined)) cx.r.say(keys.get('table'), 'floorNotProved', { name: above.id })
    else if (low !== undefined) cx.r.say(keys.get('table'), 'belowFloor', { name: above.id, value: low[0]!, floor: low[1]! })
  }
}

function datesOf(row: Row, policy: Policy): number[] {
  return row.amount.t === 'param' ? policy.params.get(row.amount.name)!.values.map(v => v.from) : []
}

/** The amount of a row when it is a plain number or parameter. */
function constantAt(row: Row, policy: Policy, day: number): number | undefined {
  if (row.amount.t === 'const') return row.amount.v
  const p = row.amount.t === 'param' ? policy.params.get(row.amount.name) : undefined
  return p === undefined ? undefined : paramAt(p, day)?.value ?? undefined
}
