// What is known about a person: family, means, disability, benefits, events. SAMPLE: every share here is plausible, not counted.
import { addDays, addMonths, ageOn, birthdayReaching, daysBetween, nextMonth } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { assessmentsFor, drawLevel } from './assessment.ts'
import type { Dice } from './dice.ts'
import { phoneNumber } from './identity.ts'
import { childName, personName } from './names.ts'
import type { AbilityLevel, DemoAssessment, DemoBenefit, DemoContact, DemoEvent, DemoFact, FactHome, Sex } from './types.ts'

export interface Standing {
  marital: 'single' | 'married' | 'widowed' | 'divorced'
  living: 'alone' | 'emptyNest' | 'leftBehind' | 'withFamily' | 'withCarer' | 'institution'
  children: number
  childrenNearby: boolean
  income: 'extremePoverty' | 'minimumLivingAllowance' | 'lowIncome' | 'povertyRisk' | 'ordinary'
  level: AbilityLevel
  dementia: boolean
  disability: { kind: string; grade: number } | null
  local: boolean
  pension: 'none' | 'employee' | 'resident'
}

export interface Home { province: string; urban: boolean; pastoral: boolean }

/** Draws what goes together: no supporters without children, extreme poverty only without kin, no couple living alone. */
export function drawStanding(age: number, sex: Sex, withSpouse: boolean, home: Home, dice: Dice): Standing {
  const marital = withSpouse ? 'married' : dice.weighted({ widowed: age >= 80 ? 88 : 60, single: sex === 'male' ? 14 : 2, divorced: 6, married: 0 })
  const children = marital === 'single' ? 0 : dice.weighted({ 0: 2, 1: home.urban ? 30 : 14, 2: 34, 3: 26, 4: age > 75 ? 22 : 6 })
  const count = Number(children)
  const level = drawLevel(age, dice)
  const poor = count === 0 && !withSpouse && dice.chance(0.72)
  const income = poor ? 'extremePoverty' : dice.weighted({ minimumLivingAllowance: home.urban ? 4 : 10, lowIncome: 3, povertyRisk: home.urban ? 0.5 : 3, ordinary: 84, extremePoverty: 0 })
  const living = withSpouse
    ? dice.weighted({ emptyNest: 48, withFamily: 30, leftBehind: home.urban ? 4 : 20, withCarer: 1, alone: 0, institution: 0 })
    : dice.weighted({ alone: 42, withFamily: count > 0 ? 40 : 4, leftBehind: home.urban || count === 0 ? 1 : 10, withCarer: 2, institution: level === 'intact' ? 1 : 8, emptyNest: 0 })
  return {
    marital, living, children: count, childrenNearby: count > 0 && living !== 'leftBehind' && dice.chance(0.72), income, level,
    dementia: level !== 'intact' && dice.chance(age >= 80 ? 0.14 : 0.05), disability: drawDisability(age, level, dice), local: dice.chance(0.955),
    pension: dice.weighted({ employee: home.urban ? 60 : 8, resident: home.urban ? 35 : 86, none: 5 }),
  }
}

function drawDisability(age: number, level: AbilityLevel, dice: Dice): Standing['disability'] {
  if (!dice.chance(level === 'severe' || level === 'total' ? 0.45 : level === 'intact' ? 0.05 : 0.16)) return null
  const heavy = level === 'severe' || level === 'total'
  return { kind: dice.weighted({ physical: 52, hearing: age > 75 ? 20 : 10, visual: 12, mental: 5, intellectual: 4, multiple: 6, speech: 1 }), grade: heavy ? dice.between(1, 2) : dice.between(2, 4) }
}

export const SOURCES = { visit: '村（社区）入户核实', police: '公安户籍数据', aid: '社会救助系统', disabled: '残联持证名单', pension: '人社待遇发放名单', assessment: '能力评估', payment: '发放名册', health: '卫健住院名单', planning: '卫健特殊家庭名单' } as const

export class FactList {
  readonly facts: DemoFact[] = []
  #known: ReadonlySet<string>
  constructor(known: ReadonlySet<string>) {
    this.#known = known
  }

  /** Facts the dictionary does not know are left out: the demo follows the dictionary, not the other way round. */
  add(key: string, value: DemoFact['value'], validFrom: Day | null, recordedOn: Day, source: string, home: FactHome = 'elders', validTo: Day | null = null): void {
    const family = key.includes('.') ? `${key.slice(0, key.indexOf('.'))}.{member}` : key
    if (this.#known.has(key) || this.#known.has(family)) this.facts.push({ key, value, validFrom, validTo, source, recordedOn, home })
  }
}

export interface Particulars { id: string; name: string; sex: Sex; birth: Day; ethnicity: string; village: string; registered: string; recordedOn: Day; householdSize: number }

export function recordFacts(list: FactList, who: Particulars, s: Standing, home: Home, dice: Dice): void {
  const { recordedOn: on } = who
  const since = addDays(on, -dice.between(30, 1500))
  list.add('hukou', s.local ? 'local' : 'other', null, on, SOURCES.police)
  list.add('registeredRegion', who.registered, null, on, SOURCES.police)
  list.add('usualResidence', who.village, since, on, SOURCES.visit)
  list.add('residence', 'local', since, on, SOURCES.visit)
  list.add('settlement', home.pastoral ? 'pastoral' : home.urban ? 'urban' : 'rural', null, on, SOURCES.visit, 'regions')
  list.add('maritalStatus', s.marital, null, on, SOURCES.police)
  // About one in twenty was not asked yet: the rules must answer "unknown" for them.
  if (dice.chance(0.95)) list.add('livingArrangement', s.living, since, on, SOURCES.visit)
  if (s.living === 'institution') list.add('institutionSince', since, since, on, SOURCES.visit)
  list.add('withoutKin', s.marital !== 'married' && s.children === 0, null, on, SOURCES.visit)
  list.add('childrenNearby', s.childrenNearby, since, on, SOURCES.visit)
  list.add('familyCarer', s.level !== 'intact' && (s.living === 'withFamily' || s.living === 'emptyNest'), since, on, SOURCES.visit)
  list.add('householdSize', s.living === 'alone' || s.living === 'institution' ? 1 : s.living === 'withFamily' ? who.householdSize + dice.between(1, 3) : s.living === 'withCarer' ? who.householdSize + 1 : who.householdSize, since, on, SOURCES.visit)
  // Compared with the list of the health department for about 96 of 100.
  const special = dice.chance(s.children === 0 ? 0.07 : s.children === 1 ? 0.012 : 0)
  if (special || dice.chance(0.96)) list.add('familyPlanningSpecial', special, null, on, SOURCES.planning)
  list.add('specialContribution', dice.weighted({ none: 975, otherPreferential: 18, disabledSoldier: 4, martyrKin: 3 }), null, on, SOURCES.aid)
  recordMeans(list, s, since, on, dice)
  if (s.disability) {
    list.add('disabilityKind', s.disability.kind, since, on, SOURCES.disabled)
    list.add('disabilityGrade', s.disability.grade, since, on, SOURCES.disabled)
  } else list.add('disabilityKind', 'none', null, on, SOURCES.disabled)
  list.add('ltciInsured', s.pension === 'employee', null, on, SOURCES.pension)
}

function recordMeans(list: FactList, s: Standing, since: Day, on: Day, dice: Dice): void {
  // The aid system answers for about 92 of 100; the rest is unknown, not "ordinary".
  if (s.income !== 'ordinary' || dice.chance(0.92)) list.add('incomeStanding', s.income, s.income === 'ordinary' ? null : since, on, SOURCES.aid)
  list.add('povertyRiskKind', s.income === 'povertyRisk' ? dice.pick(['unstableOutOfPoverty', 'marginal']) : 'none', null, on, SOURCES.aid)
  list.add('extremePovertySupport', s.income !== 'extremePoverty' ? 'none' : s.living === 'institution' ? 'residential' : 'dispersed', since, on, SOURCES.aid)
  if (s.income === 'extremePoverty') list.add('selfCareStanding', s.level === 'total' || s.level === 'severe' ? 'none' : s.level === 'moderate' ? 'partial' : 'full', since, on, SOURCES.aid)
  // Whoever may be placed in a home is asked; of the others few were.
  const mayBePlaced = s.income === 'extremePoverty' || s.income === 'minimumLivingAllowance'
  if (dice.chance(mayBePlaced ? 0.91 : 0.25)) list.add('wishesResidential', s.living === 'institution' || dice.chance(0.11), since, on, SOURCES.visit)
  list.add('pensionType', s.pension, null, on, SOURCES.pension)
}

/** Assessments up to `until`; the older and the frailer are assessed more often. */
export function drawAssessments(age: number, s: Standing, until: Day, dice: Dice): DemoAssessment[] {
  const share = (age >= 80 ? 0.78 : age >= 70 ? 0.6 : 0.46) + (s.level === 'intact' ? 0 : 0.18)
  if (!dice.chance(share)) return []
  const lastOn = addDays(until, -dice.between(15, s.level === 'severe' || s.level === 'total' ? 400 : 470))
  return assessmentsFor({ level: s.level, dementia: s.dementia, lastOn, times: Number(dice.weighted({ 1: 6, 2: 3, 3: 1 })) }, dice)
}

export function recordAssessments(list: FactList, assessments: DemoAssessment[]): void {
  assessments.forEach((a, i) => {
    const validTo = assessments[i + 1]?.on ?? null
    list.add('abilityLevel', a.level, a.on, a.on, SOURCES.assessment, 'assessments', validTo)
    list.add('abilityAssessedOn', a.on, a.on, a.on, SOURCES.assessment, 'assessments', validTo)
    if ((a.answers['A.diagnoses'] ?? []).includes('dementia')) list.add('cognitiveImpairment', true, a.on, a.on, SOURCES.assessment, 'assessments')
  })
}

/** Benefits in payment: most of those who qualify, since the month they do. Policy ids are those of the packs. */
export function drawBenefits(birth: Day, s: Standing, assessments: DemoAssessment[], today: Day, home: Home, dice: Dice): DemoBenefit[] {
  const found: DemoBenefit[] = []
  const pay = (policy: string, since: Day, share: number): void => void (since <= today && dice.chance(share) && found.push({ policy, since, until: null }))
  const known = nextMonth(addDays(today, -dice.between(200, 1600)))
  if (s.local) pay('age-allowance', later(nextMonth(birthdayReaching(birth, 80)), '2015-01-01'), 0.93)
  if (s.income === 'minimumLivingAllowance') pay('minimum-living-allowance', known, 0.96)
  if (s.income === 'extremePoverty') pay(s.living === 'institution' ? 'extreme-poverty-residential' : 'extreme-poverty-dispersed', known, 0.97)
  if (s.disability && s.disability.grade <= 2) pay('disability-nursing-subsidy', known, 0.88)
  if (s.disability && s.income === 'minimumLivingAllowance') pay('disability-living-allowance', known, 0.85)
  if (s.pension !== 'none') pay(s.pension === 'employee' ? 'employee-pension' : 'resident-pension', nextMonth(birthdayReaching(birth, 60)), 0.98)
  const last = assessments.at(-1)
  const dependent = last && (last.level === 'moderate' || last.level === 'severe' || last.level === 'total')
  if (last && dependent && (s.income === 'minimumLivingAllowance' || s.income === 'extremePoverty')) pay('nursing-subsidy', nextMonth(last.on), last.validTo > today ? 0.8 : 0.15)
  drawServices(birth, s, last, known, home, today, dice).forEach(({ policy, since, until }) => since <= today && found.push({ policy, since, until }))
  return found
}

/** Services in use, for a part of those who qualify. Those of 城口县's own documents only there. */
function drawServices(birth: Day, s: Standing, last: DemoAssessment | undefined, since: Day, home: Home, today: Day, dice: Dice): DemoBenefit[] {
  const found: DemoBenefit[] = []
  const use = (policy: string, share: number, from: Day = since): void => void (dice.chance(share) && found.push({ policy, since: later(from, '2023-06-01'), until: null }))
  const old = birthdayReaching(birth, 80) <= today
  const poor = s.income === 'extremePoverty' || s.income === 'minimumLivingAllowance' || s.income === 'lowIncome'
  const lonely = s.living === 'alone' || s.living === 'emptyNest' || s.living === 'leftBehind'
  if (last && birthdayReaching(birth, 65) <= last.on) found.push({ policy: 'ability-assessment', since: last.on, until: last.validTo <= today ? last.validTo : null })
  if (lonely) use('care-visit', 0.84)
  if (poor && s.local && (old || (last && last.level !== 'intact'))) use('care-service-subsidy', 0.8)
  if (home.province !== CHONGQING) return found
  if (s.living === 'alone' || (old && s.living !== 'institution')) use('monitoring-device', 0.55)
  if (!home.urban && (s.living === 'alone' || s.living === 'leftBehind')) use('village-meals', 0.5)
  if (!home.urban && s.income === 'extremePoverty' && s.living !== 'institution') use('pairing', 0.75)
  return found
}

const CHONGQING = '50'

function later(a: Day, b: Day): Day {
  return a > b ? a : b
}

export function drawContacts(name: string, ethnicity: string, province: string, s: Standing, index: number, dice: Dice): DemoContact[] {
  const found: DemoContact[] = []
  for (let i = 0; i < Math.min(s.children, 2); i++) {
    const sex: Sex = dice.chance(0.5) ? 'male' : 'female'
    const phone = phoneNumber(index * 3 + i, 'contact')
    const person = { name: childName(name, ethnicity, sex, dice), relation: sex === 'male' ? '儿子' : '女儿', phone }
    found.push({ ...person, duty: 'supporter', rank: i + 1 })
    if (i === 0 && dice.chance(0.8)) found.push({ ...person, duty: 'emergency', rank: 1 })
  }
  if (found.length === 0 || dice.chance(0.15)) {
    found.push({ name: personName(province, '汉族', dice.chance(0.5) ? 'male' : 'female', 1962, dice), relation: '邻居', duty: 'neighbour', rank: found.length + 1, phone: phoneNumber(index * 3 + 2, 'contact') })
  }
  return found
}

/** Events of the last 24 months; the day of death ends everything that would come after it. */
export function drawEvents(who: Particulars, index: number, today: Day, otherVillage: string, dice: Dice): DemoEvent[] {
  const from = addMonths(today, -24)
  const found: DemoEvent[] = []
  const age = ageOn(who.birth, today)
  const event = (kind: DemoEvent['kind'], onDay: Day, source: string, toRegion?: string): void =>
    void found.push({ kind, onDay, elderId: who.id, ...(toRegion ? { toRegion } : {}), source, sourceRef: `演示${index}-${found.length + 1}` })
  const some = (): Day => addDays(from, dice.int(720))
  const died = dice.chance(age >= 90 ? 0.2 : age >= 80 ? 0.08 : age >= 70 ? 0.028 : 0.011) ? addDays(who.recordedOn, 1 + dice.int(daysBetween(who.recordedOn, today) - 1)) : null
  if (dice.chance(age >= 80 ? 0.18 : 0.07)) {
    const into = some()
    event('hospitalIn', into, SOURCES.health)
    const out = addDays(into, dice.between(3, 24))
    if (out < today) event('hospitalOut', out, SOURCES.health)
  }
  if (dice.chance(0.006)) event('moveWithin', some(), SOURCES.police, otherVillage)
  if (dice.chance(0.004)) event('moveOut', some(), SOURCES.police)
  const kept = found.filter(e => (died === null || e.onDay < died))
  if (died !== null) kept.push({ kind: 'death', onDay: died, elderId: who.id, source: SOURCES.police, sourceRef: `演示${index}-0` })
  return kept.sort((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : 0))
}
