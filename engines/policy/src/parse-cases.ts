import { dayOf, latestBirthFor } from '@songbai/calendar'
import { encodeFact } from './facts.ts'
import type { FactValue } from './facts.ts'
import { CASE_KEYS, OUT_KEYS } from './keys.ts'
import { factNamed } from './lower.ts'
import { nearestWord, PolicyError } from './problem.ts'
import type { Context } from './parse.ts'
import type { GoldenCase, Policy } from './policy.ts'
import { isScalar, isSeq, scalarText } from './yaml.ts'
import type { Entry, YNode } from './yaml.ts'

/** Golden cases: a result somebody worked out by hand from the document. */
export function readCases(cx: Context, node: YNode, policy: Policy): GoldenCase[] {
  if (node === undefined) return []
  return cx.r.list(node).map((n, i) => {
    cx.places.set(`case ${i}`, cx.r.place(n))
    return readCase(cx, n, policy)
  })
}

function readCase(cx: Context, node: YNode, policy: Policy): GoldenCase {
  const m = cx.r.map(node, CASE_KEYS)
  const at = m.has('at') ? dayOf(cx.r.day(m.get('at'))) : '1970-01-01'
  const c: GoldenCase = { line: cx.r.place(node).line, at, facts: {}, items: {}, out: readOut(cx, m.get('out'), policy) }
  if (m.has('note')) c.note = cx.r.text(m.get('note'))
  if (m.has('in')) for (const e of cx.r.entries(m.get('in'))) readInput(cx, e, c)
  return c
}

function readInput(cx: Context, e: Entry, c: GoldenCase): void {
  const plain = isSeq(e.value) ? e.value.items.map(v => scalarText(v as YNode) ?? '') : isScalar(e.value) ? e.value.value : undefined
  if (e.key.startsWith('item.')) {
    const yes = scalarText(e.value)
    if (yes === 'yes' || yes === 'no') c.items[e.key.slice(5)] = yes === 'yes'
    else c.items[e.key.slice(5)] = cx.r.int(e.value, 0)
    return
  }
  if (e.key === 'age') {
    c.facts['birth'] = latestBirthFor(cx.r.int(e.value, 0, 150), c.at)
    return
  }
  const def = factNamed(cx.scope.facts, e.key)
  if (def === undefined) {
    cx.r.say(e.keyNode, 'unknownFact', { name: e.key, suggestion: nearestWord(e.key, ['age', ...cx.scope.facts.facts.keys()]) })
    return
  }
  try {
    encodeFact(def, plain as FactValue)
    c.facts[e.key] = plain as FactValue
  } catch (err) {
    if (!(err instanceof PolicyError)) throw err
    cx.r.say(e.value, err.code, err.args)
  }
}

function readOut(cx: Context, node: YNode, policy: Policy): GoldenCase['out'] {
  if (node === undefined) return {}
  const m = cx.r.map(node, OUT_KEYS)
  const out: GoldenCase['out'] = {}
  const row = m.get('row')
  const known = policy.rows.map(x => x.id)
  const checked = (n: YNode): string => {
    const id = cx.r.text(n)
    if (!known.includes(id)) cx.r.say(n, 'unknownRow', { name: id, suggestion: nearestWord(id, known) })
    return id
  }
  if (m.has('row')) out.row = isScalar(row) && row.value === null ? null : checked(row)
  if (m.has('rows')) out.rows = cx.r.list(m.get('rows')).map(checked)
  if (m.has('amount')) out.amount = cx.r.int(m.get('amount'), 0)
  const words = (key: string): string[] => (isSeq(m.get(key)) ? cx.r.list(m.get(key)) : [m.get(key)]).map(n => cx.r.text(n))
  if (m.has('miss')) out.miss = words('miss')
  if (m.has('unknown')) out.unknown = words('unknown')
  if (['row', 'rows', 'unknown'].filter(k => m.has(k)).length !== 1) cx.r.say(node, 'oneOfKeys', { keys: 'row rows unknown' })
  for (const word of [...(out.miss ?? []), ...(out.unknown ?? [])]) checkWord(cx, node, word, policy)
  return out
}

function checkWord(cx: Context, node: YNode, word: string, policy: Policy): void {
  if (word === 'age' || policy.lets.has(word) || factNamed(cx.scope.facts, word) !== undefined) return
  cx.r.say(node, 'unknownFact', { name: word, suggestion: nearestWord(word, [...policy.lets.keys(), ...cx.scope.facts.facts.keys()]) })
}

