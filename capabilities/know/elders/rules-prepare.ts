/** A new elder made ready to store: particulars checked, names sounded, facts in dictionary writing, identity kept as facts too. */
import type { Day } from '@songbai/calendar'
import { isRefused, refuse, type Refused } from '@songbai/platform/action'
import type { FactDictionary } from '@songbai/policy'
import type { NewElder } from './contract.ts'
import { EVENT_KEYS, holdsOn, IDENTITY_KEYS, lay, readFactValue } from './rules-facts.ts'
import { soundOf } from './rules-pinyin.ts'
import { checkParticulars, givenOf, halfWidth, maskId, maskPhone, normaliseName, readPhone } from './rules.ts'

export interface PreparedFact {
  readonly key: string
  /** Of a secret the masked form; the whole is in `secret`. */
  readonly value: unknown
  readonly secret?: string | undefined
  readonly validFrom: Day | null
  readonly validTo: Day | null
  readonly source: string
  readonly sourceRef: string | null
  readonly reason: string | null
}

export interface PreparedContact {
  readonly name: string
  readonly relation: string
  readonly duty: NewElder['contacts'][number]['duty']
  readonly rank: number
  readonly phone: string | null
  readonly note: string | null
}

export interface PreparedElder {
  /** Absent: made on storing. */
  readonly id?: string
  readonly region: string
  readonly name: string
  readonly given: string
  readonly pinyin: string
  readonly initials: string
  readonly sex: 'male' | 'female' | null
  readonly birthDay: Day | null
  readonly birthMonth: string | null
  readonly ethnicity: string | null
  readonly address: string | null
  readonly registeredRegion: string | null
  readonly householdId: string | null
  readonly idNumber: string | null
  readonly phone: string | null
  readonly synthetic: boolean
  readonly status: 'active' | 'dead' | 'movedOut'
  readonly statusOn: Day | null
  readonly facts: readonly PreparedFact[]
  readonly contacts: readonly PreparedContact[]
  readonly residences: NewElder['residences']
}

export interface PrepareContext {
  readonly today: Day
  readonly dictionary: FactDictionary
}

export type PrepareRefusal = 'elders.id-malformed' | 'elders.id-checksum' | 'elders.id-birth-impossible' | 'elders.id-birth-differs' | 'elders.id-sex-differs' | 'elders.birth-in-future' | 'elders.birth-impossible' | 'elders.phone-malformed' | 'elders.fact-unknown' | 'elders.fact-value'

/** Everything that can be decided without the database. Places and other people are checked by whoever stores. */
export function prepareElder(raw: NewElder, context: PrepareContext): PreparedElder | Refused<PrepareRefusal> {
  const checked = checkParticulars(raw, context.today)
  if (isRefused(checked)) return checked
  const phone = raw.phone === undefined || raw.phone.trim() === '' ? null : readPhone(raw.phone)
  if (isRefused(phone)) return phone
  const contacts = raw.contacts.map(prepareContact)
  for (const contact of contacts) if (isRefused(contact)) return contact
  const name = normaliseName(raw.name)
  const person = {
    region: raw.region, name, given: givenOf(name), ...soundOf(name), sex: checked.sex, birthDay: checked.birthDay, birthMonth: checked.birthMonth, ethnicity: raw.ethnicity ?? null,
    address: raw.address === undefined ? null : halfWidth(raw.address), registeredRegion: raw.registeredRegion ?? null, householdId: raw.householdId ?? null,
    idNumber: checked.id?.number ?? null, phone: phone?.number ?? null, synthetic: checked.id?.synthetic ?? false,
  }
  const facts = prepareFacts(raw, person, context.dictionary)
  if (isRefused(facts)) return facts
  const day = (key: string): Day | null => (facts.find((fact) => fact.key === key && holdsOn(fact, context.today))?.value as Day | undefined) ?? null
  return {
    ...(raw.id === undefined ? {} : { id: raw.id }), ...person, facts, contacts: contacts as PreparedContact[], residences: raw.residences,
    status: day('dead') ? 'dead' : day('moved') ? 'movedOut' : 'active', statusOn: day('dead') ?? day('moved'),
  }
}

function prepareContact(raw: NewElder['contacts'][number]): PreparedContact | Refused<'elders.phone-malformed'> {
  const phone = raw.phone === undefined || raw.phone.trim() === '' ? null : readPhone(raw.phone)
  if (isRefused(phone)) return phone
  return { name: normaliseName(raw.name), relation: raw.relation, duty: raw.duty, rank: raw.rank, phone: phone?.number ?? null, note: raw.note ?? null }
}

type Identity = Pick<PreparedElder, 'region' | 'name' | 'sex' | 'birthDay' | 'birthMonth' | 'ethnicity' | 'address' | 'registeredRegion' | 'idNumber' | 'phone'>

/** [F4] Particulars become facts without a beginning; of two statements about one time the later one in the list wins. */
function prepareFacts(raw: NewElder, person: Identity, dictionary: FactDictionary): PreparedFact[] | Refused<'elders.fact-unknown' | 'elders.fact-value'> {
  const laid: PreparedFact[] = identityFacts(person, raw.source)
  for (const fact of raw.facts) {
    if ((IDENTITY_KEYS as readonly string[]).includes(fact.key)) return refuse('elders.fact-unknown', { key: fact.key })
    const read = readFactValue(dictionary, fact.key, fact.value)
    if (isRefused(read)) return read
    if (fact.validFrom !== null && fact.validTo !== null && fact.validTo <= fact.validFrom) return refuse('elders.fact-value', { key: fact.key, label: read.def.label.zh, value: `${fact.validFrom}–${fact.validTo}` })
    const eventDay = EVENT_KEYS.includes(fact.key) ? (read.value as Day) : null
    layOver(laid, { key: fact.key, value: read.value, validFrom: eventDay ?? fact.validFrom, validTo: fact.validTo, source: fact.source, sourceRef: fact.sourceRef, reason: fact.reason })
  }
  return laid
}

/** Most facts of a new elder are the only ones of their key; only the rare second one needs the sum of intervals. */
function layOver(laid: PreparedFact[], fact: PreparedFact): void {
  if (!laid.some((one) => one.key === fact.key)) return void laid.push(fact)
  const rows = laid.map((one, i) => ({ ...one, id: String(i) })).filter((one) => one.key === fact.key)
  const { superseded, kept } = lay(rows, fact.validFrom, fact.validTo)
  const pieces = kept.map((piece) => ({ ...laid[Number(piece.of)]!, validFrom: piece.validFrom, validTo: piece.validTo }))
  for (const i of superseded.map(Number).sort((a, b) => b - a)) laid.splice(i, 1)
  laid.push(...pieces, fact)
}

/** The person with statements of another capability (levels of assessments), laid over in the order given, before either is stored. */
export function withFacts(person: PreparedElder, more: readonly PreparedFact[]): PreparedElder {
  const facts = [...person.facts]
  for (const fact of more) layOver(facts, fact)
  return { ...person, facts }
}

export function identityFacts(person: Identity, source: string): PreparedFact[] {
  const facts: PreparedFact[] = []
  const put = (key: string, value: unknown, secret?: string): void => {
    if (value !== null) facts.push({ key, value, secret, validFrom: null, validTo: null, source, sourceRef: null, reason: null })
  }
  put('name', person.name)
  put('sex', person.sex)
  put('birth', person.birthDay)
  if (person.birthDay === null) put('birthMonth', person.birthMonth)
  put('ethnicity', person.ethnicity)
  put('address', person.address)
  put('usualResidence', person.region)
  put('registeredRegion', person.registeredRegion)
  if (person.registeredRegion !== null) put('hukou', person.registeredRegion.slice(0, 6) === person.region.slice(0, 6) ? 'local' : 'other')
  if (person.idNumber !== null) put('idNumber', maskId(person.idNumber), person.idNumber)
  if (person.phone !== null) put('phone', maskPhone(person.phone), person.phone)
  return facts
}
