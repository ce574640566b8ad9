import { dayOf } from '@songbai/calendar'
import { conditionText } from './cel.ts'
import type { FactDef } from './facts.ts'
import type { Cond, Num } from './ir.ts'
import type { Param, Policy, Row } from './policy.ts'
import { NO_END } from './policy.ts'
import type { Bilingual } from './yaml.ts'

/** A policy with one thing changed, as a slip of the pen would. */
export interface Mutant { id: string; what: Bilingual; policy: Policy }

type Facts = ReadonlyMap<string, FactDef>
interface Variant<T> { value: T; what: Bilingual }

const both = (zh: string, en: string): Bilingual => ({ zh, en })

/** [L8] Every condition dropped, every limit one up and one down, every code taken from its list, every amount and date moved, `&&` and `||` exchanged: in what this file wrote itself. */
export function mutatePolicy(policy: Policy, facts: Facts): Mutant[] {
  const own = (kind: string, name: string): boolean => policy.places === undefined || policy.places.has(`${kind} ${name}`)
  const out: { place: Bilingual; what: Bilingual; policy: Policy }[] = []
  const put = (place: Bilingual, list: readonly Variant<Policy>[]): void => void out.push(...list.map(v => ({ place, what: v.what, policy: v.value })))
  for (const [name, cond] of policy.lets) if (own('let', name)) put(both(`“${name}”`, `"${name}"`), conditionVariants(cond, facts).map(v => ({ ...v, value: withLet(policy, name, v.value) })))
  policy.rows.forEach((row, i) => {
    if (!own('row', row.id)) return
    const place = both(`第${row.id}行`, `row ${row.id}`)
    const into = (list: readonly Variant<Partial<Row>>[]): void => put(place, list.map(v => ({ ...v, value: { ...policy, rows: policy.rows.with(i, { ...row, ...v.value }) } })))
    into(wholeVariants(row.when, facts).map(v => ({ ...v, value: { when: v.value } })))
    into(amountVariants(row.amount, facts).map(v => ({ ...v, value: { amount: v.value } })))
    for (const key of ['from', 'to'] as const) if (row[key] !== undefined) into(around(row[key]).map(d => ({ value: { [key]: d }, what: dayMoved(row[key]!, d) })))
  })
  for (const p of policy.params.values()) if (own('param', p.name)) put(both(`参数“${p.name}”`, `parameter "${p.name}"`), paramVariants(p, policy).map(v => ({ ...v, value: { ...policy, params: new Map(policy.params).set(p.name, v.value) } })))
  for (const key of ['from', 'to'] as const) {
    const day = policy.effective[key]
    if (day > 0 && day < NO_END) put(both('施行日期', 'validity'), around(day).map(d => ({ value: { ...policy, effective: { ...policy.effective, [key]: d } }, what: dayMoved(day, d) })))
  }
  return out.map(m => ({ id: `${m.place.en}: ${m.what.en}`, what: both(`${m.place.zh}：${m.what.zh}`, `${m.place.en}: ${m.what.en}`), policy: m.policy }))
}

const around = (n: number): number[] => [n - 1, n + 1]

function dayMoved(from: number, to: number): Bilingual {
  return both(`${dayOf(from)}改为${dayOf(to)}`, `${dayOf(from)} becomes ${dayOf(to)}`)
}

/** A condition that stands alone can be dropped as a whole too. */
function wholeVariants(c: Cond, facts: Facts): Variant<Cond>[] {
  const dropped: Variant<Cond>[] = c.t === 'all' || c.t === 'any' || c.t === 'true' ? [] : [{ value: { t: 'true' }, what: droppedText(c, facts) }]
  return [...dropped, ...conditionVariants(c, facts)]
}

function droppedText(c: Cond, facts: Facts): Bilingual {
  const text = conditionText(c, facts)
  return both(`去掉 ${text}`, `without ${text}`)
}

function conditionVariants(c: Cond, facts: Facts): Variant<Cond>[] {
  switch (c.t) {
    case 'all': case 'any': return junctionVariants(c, facts)
    case 'not': return [{ value: c.k, what: both(`${conditionText(c, facts)} 去掉“非”`, `${conditionText(c, facts)} without "not"`) }, ...conditionVariants(c.k, facts).map(v => ({ ...v, value: { t: 'not' as const, k: v.value } }))]
    case 'in': return codeVariants(c, facts)
    case 'cmp': return [...numberVariants(c.a).map(v => ({ ...v, value: { ...c, a: v.value } })), ...numberVariants(c.b).map(v => ({ ...v, value: { ...c, b: v.value } }))].map(v => replaced(c, v.value, facts))
    case 'within': return numberVariants(c.n).map(v => replaced(c, { ...c, n: v.value }, facts))
    default: return []
  }
}

function replaced(before: Cond, after: Cond, facts: Facts): Variant<Cond> {
  const [a, b] = [conditionText(before, facts), conditionText(after, facts)]
  return { value: after, what: both(`${a} 改为 ${b}`, `${a} becomes ${b}`) }
}

function junctionVariants(c: Extract<Cond, { t: 'all' | 'any' }>, facts: Facts): Variant<Cond>[] {
  const rest = (i: number): Cond => {
    const k = c.k.filter((_, n) => n !== i)
    return k.length === 1 ? k[0]! : { t: c.t, k }
  }
  return [
    ...c.k.map((k, i) => ({ value: rest(i), what: droppedText(k, facts) })),
    replaced(c, { t: c.t === 'all' ? 'any' : 'all', k: c.k }, facts),
    ...c.k.flatMap((k, i) => conditionVariants(k, facts).map(v => ({ ...v, value: { t: c.t, k: c.k.with(i, v.value) } }))),
  ]
}

/** One code less; of ordered codes a stretch that reaches the top or bottom is a limit (`>=`, `<=`) and moves by one at its other end. */
function codeVariants(c: Extract<Cond, { t: 'in' }>, facts: Facts): Variant<Cond>[] {
  const def = facts.get(c.f)!
  const held = def.values.map((_, i) => i).filter(i => ((c.mask >>> i) & 1) === 1)
  const [first, last] = [held[0] ?? 0, held.at(-1) ?? 0]
  const top = def.ordered && last === def.values.length - 1
  const limit = def.ordered && last - first + 1 === held.length && top !== (first === 0)
  const fewer = held.length < 2 ? [] : limit ? [top ? first : last] : held
  const more = !def.ordered || held.length === 0 ? [] : limit ? [top ? first - 1 : last + 1] : [first - 1, last + 1]
  return [...fewer.map(i => c.mask & ~(1 << i)), ...more.filter(i => i >= 0 && i < def.values.length).map(i => c.mask | (1 << i))].map(mask => replaced(c, { ...c, mask }, facts))
}

function numberVariants(n: Num): Variant<Num>[] {
  if (n.t !== 'const') return 'a' in n && n.t !== 'choice' ? [...numberVariants(n.a).map(v => ({ ...v, value: { ...n, a: v.value } })), ...numberVariants(n.b).map(v => ({ ...v, value: { ...n, b: v.value } }))] : []
  return around(n.v).map(v => ({ value: { ...n, v }, what: both(`${n.v}改为${v}`, `${n.v} becomes ${v}`) }))
}

function amountVariants(n: Num, facts: Facts): Variant<Num>[] {
  switch (n.t) {
    // An amount of 0 is a service: there is nothing to get wrong by a fen.
    case 'const': return n.v === 0 ? [] : [{ value: { ...n, v: n.v + 1 }, what: both(`金额${n.v}改为${n.v + 1}`, `amount ${n.v} becomes ${n.v + 1}`) }]
    case 'choice': return [
      ...conditionVariants(n.c, facts).map(v => ({ ...v, value: { ...n, c: v.value } })), ...amountVariants(n.a, facts).map(v => ({ ...v, value: { ...n, a: v.value } })),
      ...amountVariants(n.b, facts).map(v => ({ ...v, value: { ...n, b: v.value } })),
    ]
    case 'share': return (['x', 'num', 'den'] as const).flatMap(key => amountVariants(n[key], facts).map(v => ({ ...v, value: { ...n, [key]: v.value } })))
    case 'sum': case 'diff': case 'prod': case 'min': case 'max': return (['a', 'b'] as const).flatMap(key => amountVariants(n[key], facts).map(v => ({ ...v, value: { ...n, [key]: v.value } })))
    default: return []
  }
}

/** Every value one up and one down, every date of a value within the validity of the policy a day earlier and later. */
function paramVariants(p: Param, policy: Policy): Variant<Param>[] {
  const withEntry = (i: number, change: Partial<Param['values'][number]>): Param => ({ ...p, values: p.values.with(i, { ...p.values[i]!, ...change }).toSorted((a, b) => a.from - b.from) })
  return p.values.flatMap((v, i): Variant<Param>[] => [
    ...(v.value === null ? [] : around(v.value).map(n => ({ value: withEntry(i, { value: n }), what: both(`${dayOf(v.from)}的值${v.value}改为${n}`, `value ${v.value} from ${dayOf(v.from)} becomes ${n}`) }))),
    ...(v.from <= policy.effective.from || v.from > policy.effective.to ? [] : around(v.from).map(d => ({ value: withEntry(i, { from: d }), what: dayMoved(v.from, d) }))),
  ])
}

/** The policy with a `let` condition otherwise, wherever it is used. */
function withLet(policy: Policy, name: string, cond: Cond): Policy {
  const inCond = (c: Cond): Cond => {
    switch (c.t) {
      case 'named': return c.name === name ? { ...c, k: cond } : { ...c, k: inCond(c.k) }
      case 'not': return { ...c, k: inCond(c.k) }
      case 'all': case 'any': return { ...c, k: c.k.map(inCond) }
      default: return c
    }
  }
  const inNum = (n: Num): Num => (n.t === 'choice' ? { ...n, c: inCond(n.c), a: inNum(n.a), b: inNum(n.b) } : n)
  return { ...policy, rows: policy.rows.map(r => ({ ...r, when: inCond(r.when), amount: inNum(r.amount) })) }
}
