import { CYCLES, DUE_FROMS, DUE_KEYS, ENDS, PAY_KEYS, PRORATES, REVIEW_KEYS, ROUNDS, STARTS } from './keys.ts'
import { factNamed } from './lower.ts'
import { nearestWord } from './problem.ts'
import type { Context } from './parse.ts'
import type { Due, Evidence, Pay, Review } from './policy.ts'
import type { Reader, YNode } from './yaml.ts'

export function readPay(r: Reader, node: YNode): Pay {
  const m = r.map(node, PAY_KEYS)
  return {
    cycle: r.oneOf(m.get('cycle'), CYCLES, 'month'),
    start: r.oneOf(m.get('start'), STARTS, 'nextMonth'),
    end: r.oneOf(m.get('end'), ENDS, 'eventMonth'),
    prorate: r.oneOf(m.get('prorate'), PRORATES, 'none'),
    round: r.oneOf(m.get('round'), ROUNDS, '分'),
  }
}

export function readEvidence(r: Reader, node: YNode): Evidence[] {
  if (node === undefined) return []
  return r.list(node).map(n => {
    const [text, how, more] = r.text(n).split('?') as [string, string | undefined, string | undefined]
    if (how !== undefined && (more !== undefined || (how !== 'auto' && how !== 'declare'))) r.say(n, 'unknownValue', { value: how, allowed: 'auto declare', suggestion: nearestWord(how, ['auto', 'declare']) })
    return { text, how: how === 'auto' || how === 'declare' ? how : 'paper' }
  })
}

export function readReview(cx: Context, node: YNode): Review {
  const m = cx.r.map(node, REVIEW_KEYS)
  const review: Review = { on: [] }
  if (m.has('every')) review.everyMonths = span(cx.r, m.get('every'), 'months')
  if (m.has('before')) review.beforeDays = span(cx.r, m.get('before'), 'days')
  if (m.has('on')) {
    review.on = cx.r.list(m.get('on')).map(n => {
      const id = cx.r.text(n)
      if (factNamed(cx.scope.facts, id) === undefined) cx.r.say(n, 'unknownFact', { name: id, suggestion: nearestWord(id, cx.scope.facts.facts.keys()) })
      return id
    })
  }
  return review
}

function span(r: Reader, node: YNode, unit: string): number {
  const text = r.text(node)
  const found = /^(\d{1,4}) (\w+)$/.exec(text)
  if (found === null || found[2] !== unit) r.say(node, 'badSpan', { value: text, unit })
  return Number(found?.[1] ?? 0)
}

export function readDue(r: Reader, node: YNode): Due {
  const m = r.map(node, DUE_KEYS)
  const due: Due = { from: r.oneOf(m.get('from'), DUE_FROMS, 'application') }
  if (m.has('days') === m.has('workdays')) r.say(node, 'oneOfKeys', { keys: 'days workdays' })
  if (m.has('days')) due.days = r.int(m.get('days'), 0, 3660)
  if (m.has('workdays')) due.workdays = r.int(m.get('workdays'), 0, 3660)
  return due
}
