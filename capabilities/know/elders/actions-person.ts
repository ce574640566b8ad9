/** One person's page. What is secret on it stays here: see actions-secrets. */
import { refuse, type Does } from '@songbai/platform/tx'
import type { seeElder } from './contract.ts'
import { categorySince, type FactSince } from './rules-categories.ts'
import { isSecretFact, labelOf, shown, variantsOf, type Bilingual } from './rules-facts.ts'
import { placeOfDay } from './rules-places.ts'
import { dictionary } from './store-dictionary.ts'
import { mergesOf } from './store-merge.ts'
import { eventsOf } from './store-events.ts'
import { factsIn, timelineOf, viewOf, isNow, type FactRow, type View } from './store-facts.ts'
import { asRecords, peopleIn } from './store-past.ts'
import { contactsOf, looksAt, residencesOf } from './store-person.ts'
import { placeWords, toRows } from './store-rows.ts'
import { elderBy, householdOf, type ElderRecord } from './store.ts'

export const doSeeElder: Does<typeof seeElder> = async (tx, input) => {
  const now = await elderBy(tx, input.id)
  if (!now) return refuse('elders.not-found')
  const view = viewOf(tx, input)
  const elder = isNow(tx, input) ? now : (await asRecords(tx, await peopleIn(tx, view, [now.id])))[0]
  if (!elder) return refuse('elders.not-found')
  const timeline = await timelineOf(tx, elder.id, view)
  const holding = (await factsIn(tx, [elder.id], view)).get(elder.id)!
  const residences = await residencesOf(tx, [elder.id], view)
  const words = await placeWords(tx, [elder.region, elder.registeredRegion, ...residences.map((one) => one.place), ...regionValues(timeline)].filter((code) => code !== null), view.at)
  const today = placeOfDay(residences, view.at)
  const [row] = await toRows(tx, [elder], view)
  const looks = await looksAt(tx, now)
  tx.note({ subjectId: elder.id, region: now.region, what: 'page' })
  return {
    elder: { ...row!, ethnicity: elder.ethnicity, address: elder.address, registeredPlace: elder.registeredRegion === null ? null : (words.get(elder.registeredRegion) ?? elder.registeredRegion), statusOn: elder.statusOn, mergedInto: elder.mergedInto, createdAt: elder.createdAt, changedAt: elder.changedAt },
    household: await toRows(tx, await householdOf(tx, now), view),
    facts: factsOf(timeline, (code) => words.get(code) ?? code),
    contacts: (await contactsOf(tx, now, view)).map(({ phoneSealed: _sealed, ...contact }) => contact),
    residences: residences.map(({ elderId: _elder, validFrom: _from, validTo: _to, ...one }) => ({ ...one, placeName: words.get(one.place) ?? one.place, today: one.id === today?.id })),
    events: await eventsOf(tx, now, view), merges: await mergesOf(tx, now), looks,
    categories: whyCategories(elder, holding, view, (code) => words.get(code) ?? code),
  }
}

function regionValues(timeline: readonly FactRow[]): string[] {
  return timeline.flatMap((fact) => (typeof fact.value === 'string' && /^\d{12}$/.test(fact.value) ? [fact.value] : []))
}

/** [V2] A sensitive value does not leave the server with the page. */
function factsOf(timeline: readonly FactRow[], place: (code: string) => string) {
  const { facts } = dictionary()
  const variants = variantsOf(timeline)
  return timeline.map((fact, i) => {
    const secret = isSecretFact(facts, fact.key)
    return {
      id: fact.id, key: fact.key, label: labelOf(facts, fact.key), value: secret ? null : fact.value, shown: secret ? null : shown(facts, fact.key, fact.value, place), variant: variants[i]!, sensitive: secret || fact.sealed !== null,
      validFrom: fact.validFrom, validTo: fact.validTo, source: fact.source, sourceRef: fact.sourceRef, recordedAt: fact.recordedAt, recorder: fact.recorder, supersededAt: fact.supersededAt, reason: fact.reason,
    }
  })
}

function whyCategories(elder: ElderRecord, holding: ReadonlyMap<string, FactRow>, view: View, place: (code: string) => string) {
  const { facts: dict, categories: rules } = dictionary()
  const since = new Map([...holding].map(([key, fact]): [string, FactSince] => [key, { value: fact.value, since: fact.validFrom }]))
  const joined = (parts: readonly Bilingual[]): Bilingual => ({ zh: parts.map((part) => part.zh).join('；'), en: parts.map((part) => part.en).join('; ') })
  return elder.categories.map((id) => {
    const category = rules.categories.find((one) => one.id === id)
    const used = (category?.facts ?? []).flatMap((key) => holding.get(key) ?? []).map((fact): Bilingual => {
      const label = labelOf(dict, fact.key)
      if (isSecretFact(dict, fact.key)) return { zh: `${label.zh}（${fact.source}）`, en: `${label.en} (${fact.source})` }
      const value = shown(dict, fact.key, fact.value, place)
      return { zh: `${label.zh}：${value.zh}（${fact.source}）`, en: `${label.en}: ${value.en} (${fact.source})` }
    })
    const members = rules.umbrella.places.flatMap((one) => one.anyOf)
    const inside = rules.categories.filter((one) => elder.categories.includes(one.id) && members.includes(one.id)).map((one) => one.label)
    return { id, title: category?.label ?? rules.umbrella.label, since: categorySince(rules, id, { region: elder.region, facts: since }, view.at), why: joined(category ? used : inside) }
  })
}
