// Faults put in on purpose. Every fortieth household carries one; the kinds take turns, so that twelve kinds need about
// 480 households (some 700 elders) to have come once.
import { addDays, addMonths, nextMonth } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { assessmentsFor } from './assessment.ts'
import type { Dice } from './dice.ts'
import type { Context } from './generate.ts'
import { checkCharacter, householdId, uuid } from './identity.ts'
import { SOURCES } from './life.ts'
import type { Standing } from './life.ts'
import { nameVariant } from './names.ts'
import { addressIn } from './places.ts'
import type { DemoAssessment, DemoEvent, DemoPerson, PlantedProblem, ProblemKind } from './types.ts'

export interface Wish {
  kind: ProblemKind
  /** From and to, both included. */
  age?: readonly [number, number]
  standing?: Partial<Standing>
  /** Recorded at least this many days ago: before the planted death. */
  recordedBefore?: number
  /** No events of its own: the planted ones are the only ones. */
  quiet: boolean
  assessed?: (today: Day, standing: Standing, dice: Dice) => DemoAssessment[]
}

const STEP = 40
const single = { marital: 'widowed', living: 'alone', local: true } as const
const WISHES: readonly Wish[] = [
  { kind: 'duplicateNameVariant', quiet: true },
  { kind: 'turned80NoAllowance', age: [80, 80], standing: { ...single }, quiet: true },
  { kind: 'deadStillPaid', age: [80, 92], recordedBefore: 430, standing: { ...single }, quiet: true },
  { kind: 'missingBirthDay', quiet: true },
  { kind: 'duplicateIdDigit', quiet: true },
  { kind: 'neverAssessed', age: [82, 94], standing: { ...single, level: 'severe', disability: { kind: 'physical', grade: 1 } }, quiet: true, assessed: () => [] },
  { kind: 'expiredStillPaid', age: [72, 88], standing: { ...single, level: 'severe', dementia: false, children: 2, income: 'minimumLivingAllowance' }, quiet: true, assessed: expired },
  { kind: 'visitAfterDeath', age: [70, 90], recordedBefore: 430, quiet: true },
  { kind: 'wrongHousehold', standing: { ...single }, quiet: true },
  { kind: 'duplicateTwoVillages', quiet: true },
  { kind: 'hospitalAfterDeath', age: [70, 90], recordedBefore: 430, quiet: true },
  { kind: 'mergedVillage', quiet: true },
]

/** Assessed 14 to 22 months ago and not since. */
function expired(today: Day, standing: Standing, dice: Dice): DemoAssessment[] {
  return assessmentsFor({ level: standing.level, dementia: false, lastOn: addDays(addMonths(today, -14), -dice.int(240)), times: 1 }, dice)
}

/** The fault of a household, or null. `left` keeps a pair of duplicates within the number asked for. */
export function wishFor(household: number, hasFormer: boolean, left: number): Wish | null {
  if (household % STEP !== STEP - 1) return null
  const wish = WISHES[((household - STEP + 1) / STEP) % WISHES.length] as Wish
  if (wish.kind === 'mergedVillage' && !hasFormer) return null
  return wish.kind.startsWith('duplicate') && left < 2 ? null : wish
}

interface Planting { context: Context; household: number; dice: Dice; manifest: PlantedProblem[] }

/** Puts the fault in, enters it in the manifest and gives the records, the duplicate among them. */
export function plant(kind: ProblemKind, person: DemoPerson, planting: Planting): DemoPerson[] {
  const result = PLANTERS[kind](person, planting)
  if (result === null) return [person]
  for (const one of result.people) one.planted.push(kind)
  planting.manifest.push({ kind, persons: result.people.map(p => p.id), note: result.note })
  return result.people
}

type Planter = (person: DemoPerson, planting: Planting) => { people: DemoPerson[]; note: string } | null

const PLANTERS: Record<ProblemKind, Planter> = {
  duplicateNameVariant(person, { dice, context }) {
    const name = nameVariant(person.name, dice)
    if (name === null) return null
    return { people: [person, { ...again(person, context, dice), name, idNumber: null }], note: `${person.name} / ${name}：同一人，另一名册写了同音字，没有身份证号` }
  },
  duplicateIdDigit(person, { dice, context }) {
    // The check character follows the changed digit: both numbers pass the sum, only comparison finds them.
    const old = person.idNumber as string
    const digit = (Number(old[14]) + 1 + dice.int(8)) % 10
    const body = old.slice(0, 14) + digit + old.slice(15, 17)
    const idNumber = body + checkCharacter(body)
    return { people: [person, { ...again(person, context, dice), idNumber }], note: `身份证号第15位 ${old[14]} / ${digit}，同名同生日同村` }
  },
  duplicateTwoVillages(person, { dice, context }) {
    let village = context.draw.pick(dice)
    for (let i = 0; village.code === person.region && i < 8; i++) village = context.draw.pick(dice)
    const address = addressIn(village, dice)
    const twin = { ...again(person, context, dice), idNumber: null, region: village.code, address, residences: [{ kind: 'usual' as const, place: village.code, address, schematic: false, validFrom: person.recordedOn }] }
    twin.facts = twin.facts.map(f => (f.key === 'usualResidence' ? { ...f, value: village.code } : f))
    return { people: [person, twin], note: `同一人在两个村的名册里：${person.region} / ${village.code}` }
  },
  neverAssessed: person => ({ people: [person], note: '82岁以上、一级肢体残疾，从未评估' }),
  turned80NoAllowance(person) {
    dropBenefit(person, 'age-allowance')
    return { people: [person], note: '已满80周岁，本县户籍，没有高龄津贴' }
  },
  deadStillPaid(person, { context, dice }) {
    const died = addDays(context.today, -dice.between(70, 320))
    const since = nextMonth(addDays(died, -dice.between(400, 900)))
    dropBenefit(person, 'age-allowance')
    die(person, died)
    keepPaying(person, 'age-allowance', since)
    return { people: [person], note: `${died} 去世，高龄津贴仍在发` }
  },
  expiredStillPaid(person) {
    const last = person.assessments.at(-1)
    if (!last) return null
    dropBenefit(person, 'nursing-subsidy')
    keepPaying(person, 'nursing-subsidy', nextMonth(last.on))
    return { people: [person], note: `评估 ${last.on}，${last.validTo} 到期未复评，护理补贴仍在发` }
  },
  visitAfterDeath: (person, planting) => afterDeath(person, planting, 'seen', SOURCES.visit),
  hospitalAfterDeath: (person, planting) => afterDeath(person, planting, 'hospitalIn', SOURCES.health),
  wrongHousehold(person, { context, household }) {
    const right = person.householdId
    person.householdId = householdId(context, household - 1)
    return { people: [person], note: `独居，却记在邻户 ${person.householdId} 里；应为 ${right}` }
  },
  missingBirthDay(person) {
    person.birthMonth = (person.birthDay as string).slice(0, 7)
    person.birthDay = null
    person.idNumber = null
    return { people: [person], note: '只有出生年月，没有日，没有身份证号' }
  },
  mergedVillage(person, { context, dice }) {
    const former = dice.pick(context.former)
    person.region = former.code
    person.address = `${former.name}${dice.between(1, 9)}组`
    person.residences = [{ kind: 'usual', place: former.code, address: person.address, schematic: false, validFrom: person.recordedOn }]
    person.facts = person.facts.map(f => (f.key === 'usualResidence' ? { ...f, value: former.code } : f))
    return { people: [person], note: `住在已经并掉的 ${former.name}（${former.code}），现在属 ${former.now}` }
  },
}

/** The same person entered a second time: another id and household, no assessments, benefits or events of their own. */
function again(person: DemoPerson, context: Context, dice: Dice): DemoPerson {
  const recordedOn = addDays(person.recordedOn, dice.between(1, 25))
  context.count++
  return {
    ...person, id: uuid(recordedOn, dice), householdId: uuid(recordedOn, dice), recordedOn, source: '乡镇台账', assessments: [], benefits: [], events: [], contacts: [], planted: [],
    facts: person.facts.filter(f => f.home === 'elders').map(f => ({ ...f, recordedOn, source: '乡镇台账' })), residences: person.residences.map(r => ({ ...r })),
  }
}

function afterDeath(person: DemoPerson, { context, dice }: Planting, kind: 'seen' | 'hospitalIn', source: string): { people: DemoPerson[]; note: string } {
  const died = addDays(context.today, -dice.between(60, 400))
  const seen = addDays(died, dice.between(5, 50))
  die(person, died)
  addEvent(person, kind, seen, source)
  return { people: [person], note: `公安记 ${died} 去世，${seen} 又有${kind === 'seen' ? '探访' : '住院'}记录` }
}

/** Ends what a death ends: assessments and benefits that would have begun later never were, the others stop with the month. */
function die(person: DemoPerson, died: Day): void {
  addEvent(person, 'death', died, SOURCES.police)
  person.assessments = person.assessments.filter(a => a.on < died)
  person.benefits = person.benefits.filter(b => b.since < died).map(b => ({ ...b, until: nextMonth(died) }))
  person.facts = person.facts
    .filter(f => f.home === 'elders' || f.home === 'regions' || f.validFrom === null || f.validFrom < died)
    .map(f => (f.home === 'entitlements' ? { ...f, validTo: nextMonth(died) } : f))
}

function addEvent(person: DemoPerson, kind: DemoEvent['kind'], onDay: Day, source: string): void {
  person.events.push({ kind, onDay, elderId: person.id, source, sourceRef: `演示${person.id.slice(9, 18)}-${kind === 'death' ? 1 : 2}` })
}

function dropBenefit(person: DemoPerson, policy: string): void {
  person.benefits = person.benefits.filter(b => b.policy !== policy)
  person.facts = person.facts.filter(f => f.key !== `benefit.${policy}`)
}

function keepPaying(person: DemoPerson, policy: string, since: Day): void {
  person.benefits.push({ policy, since, until: null })
  const recordedOn = since > person.recordedOn ? since : person.recordedOn
  person.facts.push({ key: `benefit.${policy}`, value: since, validFrom: since, validTo: null, source: SOURCES.payment, recordedOn, home: 'entitlements' })
}
