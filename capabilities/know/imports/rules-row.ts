/** From a read row to a person: place found, facts stated, particulars checked. Nothing is guessed; what is not clear is a finding. */
import { isRefused } from '@songbai/platform/action'
import type { FactDictionary } from '@songbai/policy'
import { cellText, columnLetter, type Args, type Cell, type Finding, type IdNumber, type Mapping, type Phone, type ReadRecord, type Severity } from '@songbai/sheets'
import type { NewElder } from '../elders/contract.ts'
import type { prepareElder as Prepare, PreparedElder } from '../elders/public.ts'
import type { PlaceFinder, PlaceMatch } from '../regions/place-names.ts'
import { CATEGORY_WORDS, FACT_PREFIX } from './rules-fields.ts'

export interface RowRules {
  readonly mapping: Mapping
  readonly finder: PlaceFinder
  readonly prepare: typeof Prepare
  readonly dictionary: FactDictionary
  readonly today: string
  readonly prefixes: readonly string[]
  /** Place of the whole list, and where bare village names are looked up. */
  readonly place: string
  readonly listDay: string
  readonly source: string
  readonly number: string
}

export interface Judgement {
  readonly findings: readonly Finding[]
  /** Null when an error stands in the way. */
  readonly person: PreparedElder | null
}

type Say = (severity: Severity, field: string, code: string, args?: Args) => void

/** Reads rows of one list; keeps places it has found, since thousands of rows write the same village. */
export function createRowRules(rules: RowRules): (record: ReadRecord, cells: readonly Cell[]) => Judgement {
  const letters = new Map(rules.mapping.columns.map(({ column, field }) => [field, columnLetter(column)]))
  const columns = new Map(rules.mapping.columns.map(({ column, field }) => [field, column]))
  const places = new Map<string, PlaceMatch>()
  const find = (text: string): PlaceMatch => {
    let match = places.get(text)
    if (!match) {
      // Door numbers make every text its own: an unbounded memory would grow with the list.
      if (places.size > 20_000) places.clear()
      match = rules.finder.find(text, rules.place)
      places.set(text, match)
    }
    return match
  }
  return (record, cells) => {
    const findings = [...record.findings]
    const say: Say = (severity, field, code, args = {}) => void findings.push({ row: record.row, column: letters.get(field) ?? '', severity, code, args })
    const text = (field: string): string => (columns.has(field) ? textOf(record.values[field]) || cellText(cells[columns.get(field)!]).trim() : '')
    const where = placeOf(record, rules, find, text, say)
    const born = bornOf(record, findings, say)
    const raw = { ...personOf(record, rules, where, say), ...born, ...registeredOf(text('registered'), find, say) }
    if (raw.birthDay === undefined && raw.birthMonth === undefined && raw.idNumber === undefined && !findings.some((one) => one.column !== '' && one.column === (letters.get('birth') ?? letters.get('idNumber')))) say('question', 'birth', 'imports.no-birth')
    const person = findings.some((one) => one.severity === 'error') ? null : rules.prepare(raw, { today: rules.today, dictionary: rules.dictionary })
    if (person === null || !isRefused(person)) return { findings, person }
    // The engine asks where birth or sex and ID number disagree; the registry refuses such a person, so it must be put right.
    const said = findings.filter((one) => !one.code.startsWith('sheets.id.other_'))
    said.push({ row: record.row, column: letters.get(fieldOf(person.refused)) ?? '', severity: 'error', code: person.refused, args: person.args as Args })
    return { findings: said, person: null }
  }
}

/**
 * [I12] A column of birth months is usual beside ID numbers: the number has the day, so nothing is asked where the months agree.
 * Without a number the month is kept and the day is asked for.
 */
function bornOf(record: ReadRecord, findings: Finding[], say: Say): Pick<NewElder, 'birthMonth'> {
  const at = findings.findIndex((one) => one.code === 'sheets.day.month_only')
  const month = at < 0 ? undefined : findings[at]!.args['month']
  if (typeof month !== 'string') return {}
  const { shown } = findings[at]!.args
  const inId = (record.values['idNumber'] as IdNumber | null | undefined)?.birth
  findings.splice(at, 1)
  if (inId === undefined) say('question', 'birth', 'imports.birth-month-only', { shown: shown!, month })
  else if (inId.startsWith(month)) say('repaired', 'birth', 'imports.day-from-id', { shown: shown!, day: inId })
  else say('error', 'birth', 'elders.id-birth-differs', { birth: month, inId })
  return inId === undefined ? { birthMonth: month } : {}
}

function fieldOf(code: string): string {
  return code.includes('birth') ? 'birth' : code.includes('sex') ? 'sex' : code.includes('phone') ? 'phone' : code.startsWith('elders.id') ? 'idNumber' : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

interface Where {
  readonly region: string
  readonly address: string | undefined
}

/** [I7] Township, village and address columns are read as one text, in that order, under the place of the list. */
function placeOf(record: ReadRecord, rules: RowRules, find: (text: string) => PlaceMatch, text: (field: string) => string, say: Say): Where {
  const asked = (['township', 'village', 'place'] as const).filter((field) => text(field) !== '')
  const written = asked.map(text).join('')
  const field = asked.at(-1) ?? 'place'
  const group = text('group')
  if (record.findings.some((one) => one.severity === 'error' && asked.length === 0 && one.code.startsWith('sheets.cell'))) return { region: rules.place, address: undefined }
  if (written === '') {
    if (rules.place.endsWith('000000')) say('error', field, 'imports.place-missing')
    return { region: rules.place, address: joined(group, text('address')) }
  }
  const match = find(written)
  const region = regionOf(match, written, field, rules, say)
  const rest = match.status === 'unique' ? joined(match.group === null ? group : /^\d+$/.test(match.group) ? `${match.group}组` : match.group, `${match.rest}${text('address')}`) : undefined
  return { region, address: rest }
}

function joined(group: string, rest: string): string | undefined {
  const text = `${/^\d+$/.test(group) ? `${group}组` : group}${rest}`.trim()
  return text === '' ? undefined : text.slice(0, 200)
}

function regionOf(match: PlaceMatch, text: string, field: string, rules: RowRules, say: Say): string {
  const near = (list: readonly { path: string }[]): string => list.map((one) => inCounty(one.path)).join('、')
  if (match.status === 'ambiguous') {
    say('question', field, 'imports.place-ambiguous', { text, near: near(match.candidates) })
    return rules.place
  }
  if (match.status === 'none') {
    const code = match.reason === 'formerVillage' ? 'imports.place-former' : match.reason === 'contradiction' ? 'imports.place-contradiction' : 'imports.place-unknown'
    say('error', field, code, { text, near: near(match.nearest.length > 0 || match.known === null ? match.nearest : [match.known]) })
    return rules.place
  }
  const { place } = match
  if (!rules.prefixes.some((prefix) => place.code.startsWith(prefix))) say('error', field, 'imports.place-outside', { text, near: place.path })
  else if (place.level !== 'village') say('question', field, 'imports.place-no-village', { text, near: inCounty(place.path) })
  else if (place.otherKind) say('question', field, 'imports.place-other-kind', { text, near: inCounty(place.path) })
  if (place.formerName !== null) say('repaired', field, 'imports.former-name', { text, to: inCounty(place.path) })
  return place.code
}

/** [I10] A place of registration is kept where the county's tree knows it; a text it does not know is told, never replaced. */
function registeredOf(text: string, find: (text: string) => PlaceMatch, say: Say): Pick<NewElder, 'registeredRegion'> {
  if (text === '') return {}
  const match = find(text)
  if (match.status === 'unique' && match.place.level !== 'province' && match.place.level !== 'prefecture') return { registeredRegion: match.place.code }
  say('repaired', 'registered', 'imports.registered-not-found', { text })
  return {}
}

/** 重庆市城口县咸宜镇青龙村 → 咸宜镇青龙村: a county's own clerks need no more. */
function inCounty(path: string): string {
  const short = path.replace(/^.*?(?:自治区|省|市)(?:.*?(?:自治州|地区|盟|市))?.*?[县区旗市](?=.)/, '')
  return short.length >= 2 ? short : path
}

/** [I8] Codes of one cell become facts from the day of the list; two that exclude each other are a question. */
function categoryFacts(value: unknown, say: Say): { key: string; value: unknown }[] {
  const stated = new Map<string, { label: string; value: unknown }>()
  for (const id of Array.isArray(value) ? value : []) {
    const known = CATEGORY_WORDS.find((one) => one.id === id)
    if (!known) continue
    if (!known.fact) {
      say('repaired', 'categories', 'imports.category-not-a-fact', { text: known.label })
      continue
    }
    const before = stated.get(known.fact.key)
    if (before && before.value !== known.fact.value) say('question', 'categories', 'imports.category-conflict', { text: `${before.label}、${known.label}` })
    else stated.set(known.fact.key, { label: known.label, value: known.fact.value })
  }
  return [...stated].map(([key, one]) => ({ key, value: one.value }))
}

function personOf(record: ReadRecord, rules: RowRules, where: Where, say: Say): NewElder {
  const { values } = record
  const id = values['idNumber'] as IdNumber | undefined
  const birth = typeof values['birth'] === 'string' ? values['birth'] : undefined
  const phones = (values['phone'] as Phone[] | null | undefined) ?? []
  const statement = { validFrom: rules.listDay, validTo: null, source: rules.source, sourceRef: `${rules.number} 第${record.row}行`, reason: null }
  const facts = categoryFacts(values['categories'], say).map(({ key, value }) => ({ key, value, ...statement }))
  for (const key in values) {
    const value = values[key]
    if (value !== null && value !== undefined && key.startsWith(FACT_PREFIX)) facts.push({ key: key.slice(FACT_PREFIX.length), value, ...statement })
  }
  return {
    name: (values['name'] as { name: string } | undefined)?.name ?? '—', region: where.region, source: rules.source, facts, residences: [],
    contacts: contactsOf(values, phones),
    ...(values['sex'] ? { sex: values['sex'] as 'male' | 'female' } : {}), ...(birth ? { birthDay: birth } : {}), ...(id ? { idNumber: id.number } : {}),
    ...(phones[0] && phones[0].kind !== 'service' ? { phone: phones[0].number } : {}), ...(where.address ? { address: where.address } : {}), ...(typeof values['ethnicity'] === 'string' ? { ethnicity: values['ethnicity'].slice(0, 20) } : {}),
  }
}

/** A second number, or one with a remark such as 子, is somebody's who can be asked: it becomes a contact, not lost. */
function contactsOf(values: ReadRecord['values'], phones: readonly Phone[]): NewElder['contacts'] {
  const name = (values['contactName'] as { name: string } | null | undefined)?.name
  const own = ((values['contactPhone'] as Phone[] | null | undefined) ?? [])[0]
  const relation = typeof values['contactRelation'] === 'string' ? values['contactRelation'].slice(0, 20) : '家属'
  const named = name ? [{ name, relation, duty: 'emergency' as const, rank: 1, ...(own && own.kind !== 'service' ? { phone: own.number } : {}) }] : []
  const more = phones.slice(1).filter((phone) => phone.kind !== 'service').map((phone, i) => ({ name: phone.note ?? '未写姓名', relation: phone.note ?? '未写', duty: 'emergency' as const, rank: Math.min(9, named.length + i + 1), phone: phone.number }))
  return [...named, ...more].slice(0, 12)
}
