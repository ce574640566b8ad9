/** Registering and changing one person's record. */
import { isRefused, refuse, type Does, type Tx } from '@songbai/platform/tx'
import { regionExists } from '../regions/public.ts'
import { openCases } from '../work/public.ts'
import { ElderRegistered, FactsRecorded, IdentityCorrected, type correctIdentity, type recordFacts, type registerElder, type saveContact, type saveResidence } from './contract.ts'
import { pairKey } from './rules-duplicates.ts'
import { EVENT_KEYS, IDENTITY_KEYS, readFactValue } from './rules-facts.ts'
import { prepareElder, type PreparedElder } from './rules-prepare.ts'
import { checkParticulars, checkPlace, maskId, maskPhone, normaliseName, readPhone } from './rules.ts'
import { dictionary } from './store-dictionary.ts'
import { likelyFor, type Likely } from './store-duplicates.ts'
import { factsIn, layStatements, type Statement } from './store-facts.ts'
import { endContact, endResidence, idNumberHolder } from './store-person.ts'
import { elderBy, eldersBy, openSealed, refreshElders, sealedOf, sealFor, type ElderRecord } from './store.ts'
import { insertContactRows, insertPeople, insertResidenceRows } from './store-write.ts'

export const doRegister: Does<typeof registerElder> = async (tx, input) => {
  const place = await placeRefusal(tx, input.region)
  if (place) return place
  const person = prepareElder(input, { today: tx.today, dictionary: dictionary().facts })
  if (isRefused(person)) return person
  for (const residence of input.residences) if (!(await regionExists(tx, residence.place))) return refuse('elders.region-unknown', { region: residence.place })
  if (person.idNumber !== null && (await idNumberHolder(tx, person.region.slice(0, 6), person.idNumber))) return refuse('elders.id-taken')
  const likely = await likelyFor(tx, [candidateOf(person)])
  if (likely[0] && !input.acceptDuplicate) return refuse('elders.likely-duplicate', { elderId: likely[0].elderId, score: likely[0].score, reasons: likely[0].reasons.join(','), count: likely.length })
  const { ids } = await insertPeople(tx, [person], null)
  const id = ids[0]
  // Taken by somebody this actor cannot see: the same answer, and nothing about whom or where.
  if (!id) return refuse('elders.id-taken')
  await openSuspects(tx, id, person, likely)
  tx.note({ subjectId: id, region: person.region, what: 'registered' })
  tx.emit(ElderRegistered, { elderId: id }, person.region)
  return { id, synthetic: person.synthetic, warnings: [...warningsOf(person), ...likely.map((one) => ({ code: 'elders.likely-duplicate', args: { elderId: one.elderId, score: one.score, reasons: one.reasons.join(',') } }))] }
}

/** Registered all the same: somebody looks at the pair later, with both people's papers. */
async function openSuspects(tx: Tx, id: string, person: PreparedElder, likely: readonly Likely[]): Promise<void> {
  const others = new Map((await eldersBy(tx, likely.map((one) => one.elderId))).map((elder) => [elder.id, elder]))
  await openCases(tx, likely.flatMap((one) => {
    const other = others.get(one.elderId)
    return other ? [{ type: 'elders.duplicateSuspect', key: pairKey(id, one.elderId), region: person.region, subjectId: id, subjectName: person.name, titleArgs: { name: person.name, other: other.name }, evidence: { zh: `相似度 ${one.score}`, en: `similarity ${one.score}` }, link: `/elders/${id}` }] : []
  }))
}

async function placeRefusal(tx: Tx, region: string) {
  return checkPlace(region, await regionExists(tx, region), tx.actor.prefixes)
}

function candidateOf(person: PreparedElder) {
  return { key: person.id ?? 'new', name: person.name, pinyin: person.pinyin, sex: person.sex, birthDay: person.birthDay, birthMonth: person.birthMonth, region: person.region, idNumber: person.idNumber, phone: person.phone }
}

function warningsOf(person: PreparedElder): { code: string; args: Record<string, unknown> }[] {
  const warnings: { code: string; args: Record<string, unknown> }[] = []
  if (person.synthetic) warnings.push({ code: 'elders.synthetic', args: {} })
  if (person.idNumber === null) warnings.push({ code: 'elders.without-id-number', args: {} })
  if (person.birthDay === null) warnings.push({ code: 'elders.without-birth-day', args: {} })
  if (person.region.endsWith('000')) warnings.push({ code: 'elders.without-village', args: { region: person.region } })
  return warnings
}

export const doRecordFacts: Does<typeof recordFacts> = async (tx, input) => {
  const elder = await elderBy(tx, input.id)
  if (!elder) return refuse('elders.not-found')
  if (elder.status === 'merged' || elder.status === 'undone') return refuse('elders.not-active', { status: elder.status })
  const statements: Statement[] = []
  for (const fact of input.facts) {
    const read = readFactValue(dictionary().facts, fact.key, fact.value)
    if ((IDENTITY_KEYS as readonly string[]).includes(fact.key) || EVENT_KEYS.includes(fact.key)) return refuse('elders.fact-provided-elsewhere', { key: fact.key, by: 'elders' })
    if (isRefused(read)) return read
    if (read.def.from !== 'elders') return refuse('elders.fact-provided-elsewhere', { key: fact.key, by: read.def.from })
    if (fact.validFrom !== null && fact.validFrom > tx.today) return refuse('elders.fact-future', { key: fact.key, day: fact.validFrom })
    if (fact.validFrom !== null && fact.validTo !== null && fact.validTo <= fact.validFrom) return refuse('elders.fact-value', { key: fact.key, label: read.def.label.zh, value: `${fact.validFrom}–${fact.validTo}` })
    statements.push({ elderId: elder.id, county: elder.county, region: elder.region, key: fact.key, value: read.value, validFrom: fact.validFrom, validTo: fact.validTo, source: fact.source, sourceRef: fact.sourceRef, reason: fact.reason })
  }
  const { recorded, superseded } = await layStatements(tx, statements)
  await refreshElders(tx, [elder.id])
  tx.note({ subjectId: elder.id, region: elder.region, what: [...new Set(statements.map((one) => one.key))].join(',') })
  tx.emit(FactsRecorded, { elderId: elder.id, keys: [...new Set(statements.map((one) => one.key))] }, elder.region)
  return { recorded: [...recorded], superseded: [...superseded] }
}

export const doCorrect: Does<typeof correctIdentity> = async (tx, input) => {
  const elder = await elderBy(tx, input.id)
  const keys = elder && (await sealedOf(tx, [elder.id])).get(elder.id)
  if (!elder || !keys) return refuse('elders.not-found')
  const idNumber = input.idNumber === undefined ? (openSealed(tx, keys, keys.idSealed) ?? undefined) : (input.idNumber ?? undefined)
  // What a new number says about birth and sex replaces what was kept; only what is typed beside it must agree.
  const given = { sex: input.sex ?? (input.idNumber ? undefined : elder.sex ?? undefined), birthDay: input.birthDay ?? (input.idNumber ? undefined : elder.birthDay ?? undefined), idNumber }
  const checked = checkParticulars(given, tx.today)
  if (isRefused(checked)) return checked
  const phone = input.phone ? readPhone(input.phone) : null
  if (isRefused(phone)) return phone
  if (input.idNumber && checked.id && ![null, elder.id].includes(await idNumberHolder(tx, elder.county, checked.id.number))) return refuse('elders.id-taken')
  const secret = (key: string, number: string, mask: string) => ({ key, value: mask, sealed: sealFor(tx, keys, number) })
  const changes: { key: string; value: unknown; sealed?: Buffer }[] = [
    ...(input.name === undefined ? [] : [{ key: 'name', value: normaliseName(input.name) }]),
    ...(checked.sex === elder.sex ? [] : [{ key: 'sex', value: checked.sex ?? undefined }]),
    ...(checked.birthDay === elder.birthDay ? [] : [{ key: 'birth', value: checked.birthDay ?? undefined }]),
    ...(input.idNumber === undefined ? [] : [checked.id ? secret('idNumber', checked.id.number, maskId(checked.id.number)) : { key: 'idNumber', value: undefined }]),
    ...(input.phone === undefined ? [] : [phone ? secret('phone', phone.number, maskPhone(phone.number)) : { key: 'phone', value: undefined }]),
  ]
  await layStatements(tx, changes.map((change) => ({ elderId: elder.id, county: elder.county, region: elder.region, validFrom: null, validTo: null, source: '更正', sourceRef: null, reason: input.reason, ...change })))
  await refreshElders(tx, [elder.id])
  tx.note({ subjectId: elder.id, region: elder.region, what: changes.map((change) => change.key).join(',') })
  tx.emit(IdentityCorrected, { elderId: elder.id }, elder.region)
  return { id: elder.id }
}

export const doSaveContact: Does<typeof saveContact> = async (tx, input) => {
  const elder = await elderBy(tx, input.elderId)
  const keys = elder && (await sealedOf(tx, [elder.id])).get(elder.id)
  if (!elder || !keys) return refuse('elders.not-found')
  const phone = input.phone === undefined || input.phone.trim() === '' ? null : readPhone(input.phone)
  if (isRefused(phone)) return phone
  const before = input.contactId === undefined ? null : await endContact(tx, elder, input.contactId)
  if (input.contactId !== undefined && !before) return refuse('elders.not-found')
  tx.note({ subjectId: elder.id, region: elder.region, what: 'contact' })
  if (input.end && before) return { id: before.id }
  // Left out means unchanged: a page that never saw the whole number must not wipe it.
  const number = phone?.number ?? (input.phone === undefined && before ? openSealed(tx, keys, before.phoneSealed) : null)
  const contact = { name: normaliseName(input.name), relation: input.relation, duty: input.duty, rank: input.rank, phone: number, note: input.note ?? null }
  const [id] = await insertContactRows(tx, [{ elder: { id: elder.id, county: elder.county, person: elder }, contact, phoneSealed: number === null ? null : sealFor(tx, keys, number) }], null)
  return { id: id! }
}

export const doSaveResidence: Does<typeof saveResidence> = async (tx, input) => {
  const elder = await elderBy(tx, input.elderId)
  if (!elder) return refuse('elders.not-found')
  if (!(await regionExists(tx, input.place))) return refuse('elders.region-unknown', { region: input.place })
  // The usual residence is where the record is filed; a camp or the registered place may lie anywhere.
  const outside = input.kind === 'usual' ? await placeRefusal(tx, input.place) : null
  if (outside) return outside
  const before = input.residenceId === undefined ? null : await endResidence(tx, elder, input.residenceId)
  if (input.residenceId !== undefined && !before) return refuse('elders.not-found')
  tx.note({ subjectId: elder.id, region: elder.region, what: 'residence' })
  if (input.end && before) return { id: before.id }
  const [id] = await insertResidenceRows(tx, [{ elder: { id: elder.id, county: elder.county, person: elder }, residence: input }], null)
  if (input.kind === 'usual' && input.place !== elder.region && input.place.slice(0, 6) === elder.county) await fileUnder(tx, elder, input.place, input.validFrom ?? null)
  return { id: id! }
}

/** A new usual residence inside the county moves the record. */
async function fileUnder(tx: Tx, elder: ElderRecord, region: string, from: string | null): Promise<void> {
  const known = (await factsIn(tx, [elder.id], { at: tx.today, knownBefore: null }, ['usualResidence'])).get(elder.id)?.get('usualResidence')
  await layStatements(tx, [{ elderId: elder.id, county: elder.county, region: elder.region, key: 'usualResidence', value: region, validFrom: from ?? (known ? tx.today : null), validTo: null, source: '住处登记', sourceRef: null, reason: null }])
  await refreshElders(tx, [elder.id])
}
