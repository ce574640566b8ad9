// Makes people. Pure: today, the seed, the divisions and the fact dictionary are arguments. One household at a time, each from
// its own dice, so that a million elders stream through flat memory and a household does not depend on those before it.
import { addDays, addMonths, ageOn, dayNumber, dayOf, nextMonth } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import { createSequences, householdId, idNumber, phoneNumber, uuid } from './identity.ts'
import { drawAssessments, drawBenefits, drawContacts, drawEvents, drawStanding, FactList, recordAssessments, recordFacts, SOURCES } from './life.ts'
import type { Home, Particulars, Standing } from './life.ts'
import { ethnicity, personName } from './names.ts'
import { addressIn, BANNER, campsOf, villagesOf } from './places.ts'
import type { DivisionSource, FormerPlace, Village, VillageDraw } from './places.ts'
import { plant, wishFor } from './problems.ts'
import type { Wish } from './problems.ts'
import type { DemoPerson, DemoResidence, PlantedProblem, ProblemKind, Sex } from './types.ts'

export interface DemoOptions {
  /** 2, 4 or 6 digits. */
  region: string
  /** Number of records, the planted duplicates among them. */
  elders: number
  seed: string | number
  today: Day
  divisions: DivisionSource
  /** Ids of `packs/facts.yaml`, families as `benefit.{member}`; facts outside are not made. */
  factIds: Iterable<string>
  /** Villages that are gone: without them the problem `mergedVillage` is not planted. */
  formerPlaces?: readonly FormerPlace[]
}

export interface Demo extends Iterable<DemoPerson> {
  /** What was planted in the people given out so far; complete when the iteration is. */
  readonly manifest: readonly PlantedProblem[]
}

export interface Context {
  seed: string
  region: string
  today: Day
  draw: VillageDraw
  known: ReadonlySet<string>
  former: readonly FormerPlace[]
  sequences: ReturnType<typeof createSequences>
  /** Running number of persons: phone numbers and event references count by it. */
  count: number
}

// Weights of five-year groups from 60 on. SAMPLE, with the flat head and long tail of an ageing county.
const AGES = { 60: 262, 65: 243, 70: 203, 75: 132, 80: 88, 85: 47, 90: 19, 95: 5, 100: 1 }
const OLDEST = 105
const FAR_COUNTIES = ['511781000000', '220802000000', '370285000000', '320981000000', '210123000000']

/** The people of a region, the same for the same options, one after another; may be walked through again. */
export function generateDemo(options: DemoOptions): Demo {
  const seed = String(options.seed)
  const draw = villagesOf(options.divisions, options.region, seed)
  const known = new Set(options.factIds)
  const codes = new Set(draw.villages.map(v => v.county))
  const former = (options.formerPlaces ?? []).filter(p => codes.has(p.now.slice(0, 6)) && !p.code.endsWith('000'))
  let manifest: PlantedProblem[] = []
  return {
    get manifest() { return manifest },
    * [Symbol.iterator]() {
      manifest = []
      const context: Context = { seed, region: options.region, today: options.today, draw, known, former, sequences: createSequences(), count: 0 }
      for (let household = 0, left = options.elders; left > 0; household++) {
        const people = makeHousehold(context, household, left, manifest)
        left -= people.length
        yield* people
      }
    },
  }
}

function makeHousehold(context: Context, household: number, left: number, manifest: PlantedProblem[]): DemoPerson[] {
  const dice = createDice(`${context.seed}|${context.region}|${household}`)
  const wish = wishFor(household, context.former.length > 0, left)
  const village = context.draw.pick(dice)
  const home: Home = { province: village.code.slice(0, 2), urban: village.urban, pastoral: village.county === BANNER.county && village.gacha }
  const recordedOn = addDays(context.today, -dice.between(wish?.recordedBefore ?? 30, 700))
  const shared: Shared = { context, home, village, recordedOn, address: addressIn(village, dice), householdId: householdId(context, household), people: ethnicity(home.province, dice), dice, couple: null }
  const age = drawAge(wish, dice)
  const sex: Sex = dice.chance(0.5 + (age - 60) * 0.006) ? 'female' : 'male'
  const couple = !wish && left > 1 && dice.chance(spouseShare(age, sex))
  const first = makePerson(shared, age, sex, couple ? 2 : 1, wish)
  if (!couple) return wish ? plant(wish.kind, first, { context, household, dice, manifest }) : [first]
  const spouseAge = Math.min(OLDEST, Math.max(60, age + (sex === 'male' ? -1 : 1) * dice.between(-2, 6)))
  const second = makePerson(shared, spouseAge, sex === 'male' ? 'female' : 'male', 2, null)
  if (dice.chance(0.25)) second.phone = first.phone
  shareHome(first, second)
  return [first, second]
}

interface Shared { context: Context; home: Home; village: Village; recordedOn: Day; address: string; householdId: string; people: string; dice: Dice; couple: Partial<Standing> | null }

function drawAge(wish: Wish | null, dice: Dice): number {
  if (wish?.age) return dice.between(wish.age[0], wish.age[1])
  const from = Number(dice.weighted(AGES))
  return Math.min(OLDEST, from + dice.int(from === 100 ? 6 : 5))
}

function spouseShare(age: number, sex: Sex): number {
  const step = age < 70 ? 0 : age < 80 ? 1 : age < 90 ? 2 : 3
  return (sex === 'male' ? [0.62, 0.55, 0.38, 0.15] : [0.5, 0.38, 0.18, 0.05])[step] as number
}

function makePerson(shared: Shared, age: number, sex: Sex, size: number, wish: Wish | null): DemoPerson {
  const { context, home, village, dice } = shared
  const index = context.count++
  const { birth, number } = identity(context, village, age, sex, dice)
  const name = personName(home.province, shared.people, sex, Number(birth.slice(0, 4)), dice)
  const standing: Standing = { ...drawStanding(age, sex, size === 2, home, dice), ...wish?.standing, ...shared.couple }
  // The second of a couple shares home and children with the first.
  shared.couple = { living: standing.living, children: standing.children, childrenNearby: standing.childrenNearby }
  const registered = !standing.local ? dice.pick(FAR_COUNTIES) : dice.chance(0.94) ? village.code : context.draw.pick(dice).code
  const id = uuid(shared.recordedOn, dice)
  const who: Particulars = { id, name, sex, birth, ethnicity: shared.people, village: village.code, registered, recordedOn: shared.recordedOn, householdSize: size }
  const list = new FactList(context.known)
  recordFacts(list, who, standing, home, dice)
  const events = wish?.quiet ? [] : drawEvents(who, index, context.today, context.draw.pick(dice).code, dice)
  const died = events.find(e => e.kind === 'death')?.onDay ?? null
  const assessments = wish?.assessed ? wish.assessed(context.today, standing, dice) : drawAssessments(age, standing, died ?? context.today, dice)
  recordAssessments(list, assessments)
  const benefits = drawBenefits(birth, standing, assessments, died ?? context.today, home, dice)
  for (const benefit of benefits) {
    if (died !== null) benefit.until = benefit.until === null || benefit.until > nextMonth(died) ? nextMonth(died) : benefit.until
    list.add(`benefit.${benefit.policy}`, benefit.since, benefit.since, benefit.since > shared.recordedOn ? benefit.since : shared.recordedOn, SOURCES.payment, 'entitlements', benefit.until)
  }
  return {
    id, householdId: shared.householdId, name, sex, birthDay: birth, birthMonth: null, idNumber: number,
    phone: dice.chance(age >= 85 ? 0.55 : 0.82) ? phoneNumber(index, 'elder') : null, ethnicity: shared.people,
    region: village.code, address: shared.address, registeredRegion: registered, recordedOn: shared.recordedOn, source: SOURCES.visit,
    facts: list.facts, contacts: drawContacts(name, shared.people, home.province, standing, index, dice), residences: residences(shared, registered, dice),
    assessments, benefits, events, planted: [],
  }
}

function identity(context: Context, village: Village, age: number, sex: Sex, dice: Dice): { birth: Day; number: string } {
  // Born so that the age is `age` today: between one day after the birthday of the next year back and that birthday.
  let day = dayNumber(addMonths(context.today, -12 * age)) - dice.int(365)
  for (;;) {
    const birth = dayOf(day)
    const sequence = context.sequences.take(village.county, birth, sex)
    if (sequence !== null) return { birth, number: idNumber(village.county, birth, sequence) }
    day--
  }
}

function residences({ home, village, recordedOn, address }: Shared, registered: string, dice: Dice): DemoResidence[] {
  const found: DemoResidence[] = [{ kind: 'usual', place: village.code, address, schematic: false, validFrom: recordedOn }]
  if (registered !== village.code) found.push({ kind: 'registered', place: registered, address: '', schematic: false, validFrom: recordedOn })
  if (home.pastoral && dice.chance(0.34)) found.push(...campsOf(village, recordedOn, dice))
  return found
}

const HOME_FACTS = new Set(['livingArrangement', 'householdSize', 'childrenNearby', 'withoutKin'])

/** A couple has one home and the same children: the second takes over what belongs to them, camps included. */
function shareHome(first: DemoPerson, second: DemoPerson): void {
  second.facts = [...second.facts.filter(f => !HOME_FACTS.has(f.key)), ...first.facts.filter(f => HOME_FACTS.has(f.key)).map(f => ({ ...f }))]
  second.residences = [...second.residences.filter(r => r.kind === 'registered'), ...first.residences.filter(r => r.kind !== 'registered').map(r => ({ ...r }))]
  second.contacts = first.contacts.map(c => ({ ...c }))
}

/** Age reached on a day, for those whose birth day is known. */
export function ageOf(person: DemoPerson, at: Day): number | null {
  return person.birthDay === null ? null : ageOn(person.birthDay, at)
}

export type { DemoPerson, PlantedProblem, ProblemKind }
