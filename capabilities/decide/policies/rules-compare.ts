/** Two versions side by side as labelled changes: what a reviewer signs for. */
import { dayOf } from '@songbai/calendar'
import { decodeFact, NO_END, say, type Bilingual, type Cond, type FactDef, type FactDictionary, type Num, type Policy } from '@songbai/policy'
import { valueShown } from './rules-texts.ts'

export interface Change {
  readonly path: string
  readonly label: Bilingual
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: string | null
  readonly after: string | null
}

type Facet = readonly [label: Bilingual, value: string]

/** [P8] Everything that can change an answer, and what people read, each under its own path; equal texts are no change. */
export function changesBetween(a: Policy, b: Policy, dictionary: FactDictionary): Change[] {
  const [before, after] = [facetsOf(a, dictionary), facetsOf(b, dictionary)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path): Change[] => {
    const [old, now] = [before.get(path), after.get(path)]
    if (old?.[1] === now?.[1]) return []
    return [{ path, label: (now ?? old)![0], kind: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed', before: old?.[1] ?? null, after: now?.[1] ?? null }]
  })
}

function facetsOf(policy: Policy, dictionary: FactDictionary): Map<string, Facet> {
  const out = new Map<string, Facet>()
  const text = new CondText(policy, dictionary)
  const put = (path: string, zh: string, en: string, value: string | undefined): void => void (value !== undefined && out.set(path, [{ zh, en }, value]))
  put('title', '名称', 'Title', policy.title.zh)
  put('kind', '形式', 'Kind', { cash: '现金', service: '服务', voucher: '消费券' }[policy.kind])
  put('service', '服务内容', 'Service', policy.service?.zh)
  put('unit', '单位', 'Unit', policy.unit)
  put('note', '说明', 'Note', policy.note?.zh)
  put('effective', '施行日期', 'In force', `${dayOf(policy.effective.from)} 至 ${policy.effective.to === NO_END ? '长期' : dayOf(policy.effective.to)}`)
  for (const param of policy.params.values()) {
    const label = param.label ?? { zh: param.name, en: param.name }
    for (const value of param.values) put(`params.${param.name}.${dayOf(value.from)}`, `${label.zh}（${dayOf(value.from)}起）`, `${label.en} (from ${dayOf(value.from)})`, `${valueShown(value.value, param.unit).zh}${value.sample ? '（样例）' : ''}`)
  }
  for (const [name, cond] of policy.lets) put(`let.${name}`, `条件“${name}”`, `Condition "${name}"`, text.cond(cond))
  for (const row of policy.rows) {
    const label = row.label ?? { zh: row.id, en: row.id }
    put(`rows.${row.id}.when`, `“${label.zh}”的条件`, `Conditions of "${label.en}"`, text.cond(row.when))
    put(`rows.${row.id}.amount`, `“${label.zh}”的标准`, `Rate of "${label.en}"`, text.num(row.amount))
  }
  put('order', '各档先后', 'Order of rows', policy.rows.map((row) => row.label?.zh ?? row.id).join(' → '))
  put('pay', '发放', 'Payment', policy.pay && JSON.stringify(policy.pay))
  policy.stacking.forEach((rule, i) => put(`stacking.${i}`, '与其他待遇的关系', 'Stacking', `${rule.kind} ${rule.with.join('、')}${rule.when ? ` ${text.cond(rule.when)}` : ''}`))
  put('evidence', '要看的材料', 'Evidence', policy.evidence.map((one) => one.text).join('、'))
  put('basis', '依据', 'Basis', policy.clauses.map((clause) => `${clause.doc}${clause.article ?? ''}`).join('、'))
  return out
}

/** Conditions in Chinese, short: names of `let` where there are any. */
class CondText {
  private readonly policy: Policy
  private readonly dictionary: FactDictionary

  constructor(policy: Policy, dictionary: FactDictionary) {
    this.policy = policy
    this.dictionary = dictionary
  }

  private def(f: string): FactDef | undefined {
    return this.dictionary.facts.get(f)
  }

  private label(f: string): string {
    return this.def(f)?.label.zh ?? f
  }

  cond(c: Cond): string {
    switch (c.t) {
      case 'true': return '没有条件'
      case 'all': return c.k.map((k) => (k.t === 'any' ? `（${this.cond(k)}）` : this.cond(k))).join('，并且')
      case 'any': return c.k.map((k) => this.cond(k)).join('，或者')
      case 'not': return `不是（${this.cond(c.k)}）`
      case 'named': return c.name
      case 'yes': return this.label(c.f)
      case 'has': return `有${this.label(c.f)}`
      case 'in': return `${this.label(c.f)}为${this.codes(c.f, c.mask)}`
      case 'member': return `${this.label(c.f)}包括${this.def(c.f)?.values[c.code]?.zh ?? c.code}`
      case 'cmp': return `${this.num(c.a)}${say(c.ty === 'day' ? `day${c.op}` : c.op, 'zh')}${this.num(c.b)}`
      case 'within': return `${this.label(c.f)}在最近${this.num(c.n)}${{ day: '天', month: '个月', year: '年' }[c.unit]}内`
      case 'item': return `符合“${c.item}”`
    }
  }

  num(n: Num): string {
    switch (n.t) {
      case 'const': return n.ty === 'day' ? dayOf(n.v) : n.ty === 'fen' ? `${n.v / 100}元` : String(n.v)
      case 'fact': return this.label(n.f)
      case 'age': return '年龄'
      case 'today': return '当日'
      case 'param': return this.policy.params.get(n.name)?.label?.zh ?? n.name
      case 'sum': return `${this.num(n.a)}＋${this.num(n.b)}`
      case 'diff': return `${this.num(n.a)}－${this.num(n.b)}`
      case 'prod': return `${this.num(n.a)}×${this.num(n.b)}`
      case 'min': return `${this.num(n.a)}与${this.num(n.b)}中的较小者`
      case 'max': return `${this.num(n.a)}与${this.num(n.b)}中的较大者`
      case 'share': return `${this.num(n.x)}的${this.num(n.num)}/${this.num(n.den)}`
      case 'choice': return `（${this.cond(n.c)}时为${this.num(n.a)}，否则为${this.num(n.b)}）`
      case 'itemAmount': return `“${n.item}”的金额`
    }
  }

  private codes(f: string, mask: number): string {
    const def = this.def(f)
    if (!def) return String(mask)
    return def.values.flatMap((value, code) => (((mask >>> code) & 1) === 1 && decodeFact(def, code) !== null ? [value.zh] : [])).join('、')
  }
}
