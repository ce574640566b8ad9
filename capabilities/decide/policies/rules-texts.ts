/** Rules in words: an item of the service list as a clerk reads it, clauses with their summaries, rates with their dates. */
import { dayNumber, dayOf, type Day } from '@songbai/calendar'
import type { PackTarget, Packs } from '@songbai/packs'
import { NO_END, type Bilingual, type Clause, type Param, type Policy, type Row } from '@songbai/policy'

const NUMERALS = '零一二三四五六七八九十'

/** 十三 → 13, 二 → 2; null for anything else. */
function numeral(text: string): number | null {
  const [, tens, ones] = /^([二三四五六七八九]?十)?([一二三四五六七八九])?$/.exec(text) ?? []
  if (text === '' || (tens === undefined && ones === undefined)) return null
  return (tens === undefined ? 0 : (tens.length === 2 ? NUMERALS.indexOf(tens[0]!) : 1) * 10) + (ones === undefined ? 0 : NUMERALS.indexOf(ones))
}

/** A title or article in English: own translation, or its number (第3项 → item 3, 二（十三） → 2 (13), 五④ → 5 (4)); else as it stands. */
export function inEnglish(packs: Pick<Packs, 'documents' | 'english'>, text: string): string {
  const own = packs.english[text] ?? packs.documents.find((one) => one.title.zh === text)?.title.en
  if (own !== undefined) return own
  const item = /^第(\d+)项$/.exec(text)
  if (item) return `item ${item[1]}`
  const [, part = '', sub] = /^([一二三四五六七八九十]+)(?:（([一二三四五六七八九十]+)）|([①-⑨]))?$/.exec(text) ?? []
  const circled = /[①-⑨]$/.exec(text)
  const [major, minor] = [numeral(part), sub ? numeral(sub) : circled ? circled[0].codePointAt(0)! - 0x2460 + 1 : null]
  if (major === null) return text
  return minor === null ? String(major) : `${major} (${minor})`
}

/** The text of a clause: document, article and what it says in our own words. */
export function clauseShown(packs: Packs, clause: Clause): { readonly id: string; readonly text: Bilingual } {
  const ref = clause.clause ?? `${clause.doc}/${clause.id}`
  const [doc, ...rest] = ref.split('/')
  const [pack, id] = [packs.documents.find((one) => one.id === doc), rest.join('/')]
  const found = pack?.clauses.find((one) => one.id === id)
  if (pack && found) return { id: ref, text: { zh: `《${pack.title.zh}》${found.label}　${found.summary.zh}`, en: `${pack.title.en}, ${inEnglish(packs, found.label)}: ${found.summary.en}` } }
  const norm = doc === 'national' ? packs.norms.find((one) => one.id === id) : undefined
  const article = norm?.article ?? clause.article ?? ''
  const title = clause.title ?? norm?.doc ?? clause.doc
  return { id: ref, text: { zh: `《${title}》${article}${norm ? `　${norm.heading.zh}` : ''}`, en: `${inEnglish(packs, title)}, ${inEnglish(packs, article)}${norm ? `: ${norm.heading.en}` : ''}` } }
}

export function clausesShown(packs: Packs, clauses: readonly Clause[]): { id: string; text: Bilingual }[] {
  const seen = new Map(clauses.map((clause) => [clause.clause ?? `${clause.doc}/${clause.id}`, clause]))
  return [...seen.values()].map((clause) => ({ ...clauseShown(packs, clause) }))
}

/** Document and article in one line, for lists. */
export function basisShown(packs: Pick<Packs, 'documents' | 'english'>, policy: Policy): Bilingual {
  const zh = policy.clauses.map((clause) => `${clause.title === undefined ? clause.doc : `《${clause.title}》`}${clause.article ?? ''}`)
  const en = policy.clauses.map((clause) => [clause.title ?? clause.doc, clause.article].flatMap((text) => (text ? [inEnglish(packs, text)] : [])).join(', '))
  return { zh: [...new Set(zh)].join('、'), en: [...new Set(en)].join('; ') }
}

const AT: Readonly<Record<PackTarget['measures'][number]['comparator'], string>> = { atLeast: 'at least ', atMost: 'at most ', moreThan: 'more than ', exactly: '', between: '', all: 'all', basicallyAll: 'nearly all', excluded: 'not counted' }
const UNITS: Readonly<Record<PackTarget['measures'][number]['unit'], string>> = {
  percent: '%', grade: 'or better', household: 'households', squareMetre: 'm²', squareMetrePer100Households: 'm² per 100 households', coverage: '', meal: 'meals', facility: 'facilities', person: 'persons', team: 'teams', association: 'associations', group: 'groups',
  residentsPerStaff: 'residents for each of the staff', bed: 'beds', minute: 'minutes', function: 'functions', estate: 'estates', fen: 'yuan', year: 'years',
}

/** A figure of a target: the text as it stands, and in English its value with the unit. */
export function figureShown(measure: PackTarget['measures'][number]): Bilingual {
  const { comparator, value, upTo, unit } = measure
  const number = (n: number): string => (unit === 'fen' ? n / 100 : n).toLocaleString('en')
  const said = value === null ? AT[comparator].trim() || measure.figure : `${AT[comparator]}${number(value)}${upTo === undefined ? '' : ` to ${number(upTo)}`} ${UNITS[unit]}`.trim()
  return { zh: `${measure.of.zh} ${measure.figure}`, en: `${measure.of.en}: ${said}` }
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

export function joined(parts: readonly Bilingual[]): Bilingual {
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
  return rates.length > 0 ? joined(rates) : (policy.service ?? { zh: '按规则计算', en: 'computed by the rule' })
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
    object: rows.length > 0 ? joined(rows) : (listed?.object ?? policy.title), content: policy.service ?? listed?.content ?? policy.title, standard: standardOf(policy, day),
    unit: cash ? policy.unit : null, duty: null, basis: clausesShown(packs, policy.clauses).map(({ id, text }) => ({ clause: id, text })),
    effectiveFrom: dayOf(policy.effective.from), effectiveTo: policy.effective.to === NO_END ? null : dayOf(policy.effective.to), sample: isSample(policy, day),
  }
}

export function isSample(policy: Policy, at: number): boolean {
  return policy.sample || rowsOn(policy, at).some((row) => row.sample) || [...policy.params.values()].some((param) => currentOf(param, at)?.sample === true)
}
