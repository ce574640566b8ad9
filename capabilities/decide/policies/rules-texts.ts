/** Rules in words: an item of the service list as a clerk reads it, clauses with their summaries, rates with their dates. */
import { dayNumber, dayOf, type Day } from '@songbai/calendar'
import type { Packs } from '@songbai/packs'
import { NO_END, type Bilingual, type Clause, type Param, type Policy, type Row } from '@songbai/policy'

/** The text of a clause: document, article and what it says in our own words. */
export function clauseShown(packs: Packs, clause: Clause): { readonly id: string; readonly text: Bilingual } {
  const ref = clause.clause ?? `${clause.doc}/${clause.id}`
  const [doc, ...rest] = ref.split('/')
  const [pack, id] = [packs.documents.find((one) => one.id === doc), rest.join('/')]
  const found = pack?.clauses.find((one) => one.id === id)
  if (pack && found) return { id: ref, text: { zh: `《${pack.title.zh}》${found.label}　${found.summary.zh}`, en: `${pack.title.en}, ${found.label}: ${found.summary.en}` } }
  const norm = doc === 'national' ? packs.norms.find((one) => one.id === id) : undefined
  const article = norm?.article ?? clause.article ?? ''
  const title = clause.title ?? norm?.doc ?? clause.doc
  return { id: ref, text: { zh: `《${title}》${article}${norm ? `　${norm.heading.zh}` : ''}`, en: `${title}, ${article}${norm ? `: ${norm.heading.en}` : ''}` } }
}

export function clausesShown(packs: Packs, clauses: readonly Clause[]): { id: string; text: Bilingual }[] {
  const seen = new Map(clauses.map((clause) => [clause.clause ?? `${clause.doc}/${clause.id}`, clause]))
  return [...seen.values()].map((clause) => ({ ...clauseShown(packs, clause) }))
}

/** Document and article in one line, for lists. */
export function basisShown(policy: Policy): Bilingual {
  const texts = [...new Set(policy.clauses.map((clause) => `${clause.title === undefined ? clause.doc : `《${clause.title}》`}${clause.article ?? ''}`))]
  return { zh: texts.join('、'), en: texts.join(', ') }
}

const PER: Readonly<Record<string, Bilingual>> = { '分/月': { zh: '元/月', en: 'yuan a month' }, '分/年': { zh: '元/年', en: 'yuan a year' }, '分/次': { zh: '元/次', en: 'yuan each time' }, 分: { zh: '元', en: 'yuan' } }

/** A parameter's value as people say it: fen become yuan, counts keep their unit. */
export function valueShown(value: number | null, unit: string | undefined): Bilingual {
  if (value === null) return { zh: '无', en: 'none' }
  const per = unit === undefined ? undefined : PER[unit]
  if (per) return { zh: `${value / 100}${per.zh}`, en: `${value / 100} ${per.en}` }
  return { zh: `${value}${unit ?? ''}`, en: unit ? `${value} (${unit})` : String(value) }
}

function currentOf(param: Param, at: number): Param['values'][number] | undefined {
  return param.values.filter((value) => value.from <= at).at(-1)
}

function join(parts: readonly Bilingual[]): Bilingual {
  return { zh: parts.map((part) => part.zh).join('；'), en: parts.map((part) => part.en).join('; ') }
}

function rowsOn(policy: Policy, at: number): Row[] {
  return policy.rows.filter((row) => (row.from === undefined || row.from <= at) && (row.to === undefined || at <= row.to))
}

/** The rate of each row that is a plain parameter or figure; what is computed from facts is described by its row. */
function standardOf(policy: Policy, at: number): Bilingual {
  const rates = rowsOn(policy, at).flatMap((row): Bilingual[] => {
    const label = row.label ?? { zh: '', en: '' }
    const value = row.amount.t === 'const' ? row.amount.v : row.amount.t === 'param' ? currentOf(policy.params.get(row.amount.name)!, at)?.value ?? 0 : 0
    if (value === 0) return []
    const shown = valueShown(value, policy.unit)
    return [{ zh: `${label.zh} ${shown.zh}`.trim(), en: `${label.en} ${shown.en}`.trim() }]
  })
  return rates.length > 0 ? join(rates) : (policy.service ?? { zh: '按规则计算', en: 'computed by the rule' })
}

export interface ItemShown {
  readonly id: string
  readonly version: number
  readonly listNumber: number | null
  readonly title: Bilingual
  readonly object: Bilingual
  readonly content: Bilingual
  readonly standard: Bilingual
  readonly unit: string | null
  readonly kind: Policy['kind']
  readonly duty: Bilingual | null
  readonly basis: { clause: string; text: Bilingual }[]
  readonly effectiveFrom: Day
  readonly effectiveTo: Day | null
  readonly sample: boolean
}

/** [P7] One row of the service list on a day; anything that rests on a sample is marked. The list of duties is the county's to fill. */
export function itemShown(packs: Packs, policy: Policy, at: Day): ItemShown {
  const day = dayNumber(at)
  const listed = packs.serviceList.items.find((one) => one.number === policy.listItem)
  const rows = rowsOn(policy, day).flatMap((row) => (row.label ? [row.label] : []))
  const cash = policy.kind !== 'service'
  return {
    id: policy.id, version: policy.version, listNumber: policy.listItem ?? null, title: policy.title, kind: policy.kind,
    object: rows.length > 0 ? join(rows) : (listed?.object ?? policy.title), content: policy.service ?? listed?.content ?? policy.title, standard: standardOf(policy, day),
    unit: cash ? policy.unit : null, duty: null, basis: clausesShown(packs, policy.clauses).map(({ id, text }) => ({ clause: id, text })),
    effectiveFrom: dayOf(policy.effective.from), effectiveTo: policy.effective.to === NO_END ? null : dayOf(policy.effective.to), sample: isSample(policy, day),
  }
}

export function isSample(policy: Policy, at: number): boolean {
  return policy.sample || rowsOn(policy, at).some((row) => row.sample) || [...policy.params.values()].some((param) => currentOf(param, at)?.sample === true)
}
