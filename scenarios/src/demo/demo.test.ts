import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ageOn, isDay } from '@songbai/calendar'
import { assess, parseScale } from '@songbai/scale'
import { duplicateScore, SUSPICIOUS } from '../../../capabilities/know/elders/rules-duplicates.ts'
import { soundOf } from '../../../capabilities/know/elders/rules-pinyin.ts'
import { readTreeSource } from '../../../capabilities/know/regions/tree-source-node.ts'
import { answersFor, ITEMS, levelOfTotal } from './assessment.ts'
import { createDice } from './dice.ts'
import { DEMO_PLACES } from './demo-places.ts'
import { generateDemo } from './generate.ts'
import { checkCharacter, createSequences, phoneNumber } from './identity.ts'
import { messySheet } from './messy.ts'
import type { DemoPerson, PlantedProblem, ProblemKind } from './types.ts'

const source = readTreeSource()
const root = new URL('../../../', import.meta.url)
const dictionary = readFileSync(new URL('packs/facts.yaml', root), 'utf8')
const factIds = [...dictionary.matchAll(/^ {2}- id: '?([^'\n]+)'?$/gm)].map(found => found[1] as string)
const formerPlaces = source.places.rows.filter(row => row[3] === 'somewhere').map(([code, name, now]) => ({ code, name, now }))
const TODAY = '2026-11-24'
const base = { seed: 1, today: TODAY, divisions: source.divisions, factIds, formerPlaces }
const KINDS: ProblemKind[] = ['duplicateNameVariant', 'duplicateIdDigit', 'duplicateTwoVillages', 'neverAssessed', 'turned80NoAllowance', 'deadStillPaid', 'expiredStillPaid', 'visitAfterDeath', 'hospitalAfterDeath', 'wrongHousehold', 'missingBirthDay', 'mergedVillage']

const hash = (people: Iterable<DemoPerson>): string => {
  const sum = createHash('sha256')
  for (const person of people) sum.update(JSON.stringify(person))
  return sum.digest('hex')
}

const banner = generateDemo({ ...base, region: '152222', elders: 3000 })
const people = [...banner]
const byId = new Map(people.map(p => [p.id, p]))
const died = (p: DemoPerson): string | null => p.events.find(e => e.kind === 'death')?.onDay ?? null

describe('the same seed', () => {
  test('gives the same bytes, walked through twice or made anew; another seed gives others', () => {
    const one = generateDemo({ ...base, region: '500229', elders: 1500 })
    const first = hash(one)
    expect(hash(one)).toBe(first)
    expect(hash(generateDemo({ ...base, region: '500229', elders: 1500 }))).toBe(first)
    expect(hash(generateDemo({ ...base, seed: 2, region: '500229', elders: 1500 }))).not.toBe(first)
  })

  test('a household does not depend on how many come after it', () => {
    const few = [...generateDemo({ ...base, region: '500229', elders: 100 })]
    const many = [...generateDemo({ ...base, region: '500229', elders: 400 })]
    expect(few.slice(0, 98)).toEqual(many.slice(0, 98))
  })
})

describe('people', () => {
  test.each(DEMO_PLACES.map(p => [p.name, p.region] as const))('%s: the number asked for, all in true villages of the place or in one that is gone', (_, region) => {
    const demo = generateDemo({ ...base, region, elders: 600 })
    const list = [...demo]
    expect(list).toHaveLength(600)
    for (const p of list) {
      expect(p.region.startsWith(region) || p.planted.includes('mergedVillage')).toBe(true)
      if (!p.planted.includes('mergedVillage')) expect(source.divisions.name(p.region)).not.toBeNull()
      expect(source.divisions.name(p.registeredRegion)).not.toBeNull()
    }
  })

  test('ids, identity numbers and phones: form, check character, prefix 99, sex and birth day inside, none twice', () => {
    const ids = new Set<string>()
    const numbers = new Set<string>()
    for (const p of people) {
      expect(p.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      ids.add(p.id)
      if (p.idNumber === null) continue
      expect(p.idNumber).toMatch(/^99\d{15}[\dX]$/)
      expect(checkCharacter(p.idNumber.slice(0, 17))).toBe(p.idNumber[17])
      expect(numbers.has(p.idNumber)).toBe(false)
      numbers.add(p.idNumber)
      expect(Number(p.idNumber[16]) % 2 === 1 ? 'male' : 'female').toBe(p.sex)
      if (!p.planted.includes('duplicateIdDigit')) expect(p.idNumber.slice(6, 14)).toBe(p.birthDay?.replaceAll('-', ''))
      if (p.phone !== null) expect(p.phone).toMatch(/^19900\d{6}$/)
    }
    expect(ids.size).toBe(people.length)
  })

  test('ages run from 60 to 105 and fall group by group', () => {
    const groups = new Map<number, number>()
    for (const p of people) {
      if (p.birthDay === null) continue
      expect(isDay(p.birthDay)).toBe(true)
      const age = ageOn(p.birthDay, TODAY)
      expect(age).toBeGreaterThanOrEqual(60)
      expect(age).toBeLessThanOrEqual(105)
      groups.set(Math.floor(age / 10), (groups.get(Math.floor(age / 10)) ?? 0) + 1)
    }
    expect((groups.get(6) ?? 0) > (groups.get(7) ?? 0) && (groups.get(7) ?? 0) > (groups.get(8) ?? 0) && (groups.get(8) ?? 0) > (groups.get(9) ?? 0)).toBe(true)
    expect(groups.get(9) ?? 0).toBeGreaterThan(10)
  })

  test('couples share household, village, children and camps, and are of two sexes', () => {
    const houses = new Map<string, DemoPerson[]>()
    for (const p of people) houses.set(p.householdId, [...(houses.get(p.householdId) ?? []), p])
    const couples = [...houses.values()].filter(h => h.length === 2 && h.every(p => p.planted.length === 0))
    expect(couples.length).toBeGreaterThan(300)
    for (const [a, b] of couples as [DemoPerson, DemoPerson][]) {
      const fact = (p: DemoPerson, key: string) => p.facts.find(f => f.key === key)?.value
      expect([b.region, b.contacts.length, fact(b, 'livingArrangement'), fact(b, 'withoutKin')]).toEqual([a.region, a.contacts.length, fact(a, 'livingArrangement'), false])
      expect(a.sex).not.toBe(b.sex)
      expect(['alone', 'institution']).not.toContain(fact(a, 'livingArrangement'))
    }
  })

  test('facts are those of the dictionary with allowed values, a source and a day of recording not after today', () => {
    const values = new Map<string, Set<string>>()
    for (const block of dictionary.split(/\n {2}- id: /).slice(1)) {
      const id = (/^'?([^'\n]+)/.exec(block) as RegExpExecArray)[1] as string
      values.set(id, new Set([...block.matchAll(/- \{ id: (\w+),/g)].map(found => found[1] as string)))
    }
    const seen = new Set<string>()
    for (const p of people) for (const f of p.facts) {
      const id = f.key.startsWith('benefit.') ? 'benefit.{member}' : f.key
      seen.add(id)
      expect(factIds).toContain(id)
      const allowed = values.get(id)
      if (allowed && allowed.size > 0 && typeof f.value === 'string') expect([id, allowed.has(f.value)]).toEqual([id, true])
      expect(f.recordedOn <= TODAY && f.source !== '').toBe(true)
      if (f.validFrom !== null && f.validTo !== null) expect(f.validFrom <= f.validTo).toBe(true)
    }
    expect(seen.size).toBeGreaterThan(20)
    const only = [...generateDemo({ ...base, region: '152222', elders: 50, factIds: ['hukou'] })]
    expect(new Set(only.flatMap(p => p.facts.map(f => f.key)))).toEqual(new Set(['hukou']))
  })

  test('no fact drowns the others: what a list of a department or a visit gives is known for nearly all, and open for some', () => {
    const share = (key: string, of = people): number => of.filter(p => p.facts.some(f => f.key === key)).length / of.length
    const poor = people.filter(p => p.facts.some(f => f.key === 'incomeStanding' && (f.value === 'extremePoverty' || f.value === 'minimumLivingAllowance')))
    for (const [key, of] of [['familyPlanningSpecial', people], ['livingArrangement', people], ['incomeStanding', people], ['wishesResidential', poor]] as const) {
      expect([key, share(key, of) > 0.85, share(key, of) < 1]).toEqual([key, true, true])
    }
    const special = people.filter(p => p.facts.some(f => f.key === 'familyPlanningSpecial' && f.value === true))
    expect(special.length).toBeGreaterThan(5)
    expect(special.length / people.length).toBeLessThan(0.03)
    expect(people.filter(p => p.assessments.length > 0).length / people.length).toBeGreaterThan(0.5)
  })

  test('winter and summer camps lie in the banner, in different places, and say that they are schematic', () => {
    const herders = people.filter(p => p.residences.some(r => r.kind === 'winterCamp'))
    expect(herders.length).toBeGreaterThan(300)
    for (const p of herders) {
      const [winter, summer] = ['winterCamp', 'summerCamp'].map(kind => p.residences.find(r => r.kind === kind))
      for (const camp of [winter, summer]) {
        expect(camp?.schematic).toBe(true)
        expect(camp?.lon).toBeGreaterThanOrEqual(119.2)
        expect(camp?.lon).toBeLessThanOrEqual(122.2)
        expect(camp?.lat).toBeGreaterThanOrEqual(44.2)
        expect(camp?.lat).toBeLessThanOrEqual(46.7)
        expect(camp?.accessNote).toBeTruthy()
      }
      expect([winter?.lon, winter?.lat]).not.toEqual([summer?.lon, summer?.lat])
    }
    expect(people.some(p => p.ethnicity === '蒙古族' && /巴特尔|其其格|高娃|图雅/.test(p.name))).toBe(true)
    expect([...generateDemo({ ...base, region: '500229', elders: 200 })].some(p => p.residences.some(r => r.kind === 'winterCamp'))).toBe(false)
  })
})

describe('assessments', () => {
  const parsed = parseScale(JSON.parse(readFileSync(new URL('packs/scales/gbt42195-2022.json', root), 'utf8')))

  test('the scale engine comes to the level each assessment claims', () => {
    if (!('scale' in parsed) || !parsed.scale) throw new Error('the scale of the pack cannot be read')
    const levels = new Set<string>()
    for (const p of people) for (const a of p.assessments) {
      const result = assess(parsed.scale, a.answers)
      expect(result.status).toBe('complete')
      if (result.status !== 'complete') continue
      expect([result.total, result.levelCode]).toEqual([a.total, a.level])
      expect(a.assessors[0]).not.toBe(a.assessors[1])
      levels.add(a.level)
    }
    expect(levels.size).toBe(5)
  })

  test('answers exist for every total from 4 to 90', () => {
    for (let total = 4; total <= 90; total++) {
      const answers = answersFor(total, createDice(`t${total}`))
      expect(ITEMS.reduce((sum, [code]) => sum + Number.parseInt(answers[code] as string, 10), 0)).toBe(total)
      expect(Object.keys(answers)).toHaveLength(26)
    }
    expect([29, 30, 45, 46, 65, 66, 89, 90].map(levelOfTotal)).toEqual(['total', 'severe', 'severe', 'moderate', 'moderate', 'mild', 'mild', 'intact'])
  })

  test('they come in order, none after death or today, and some have expired', () => {
    for (const p of people) p.assessments.forEach((a, i) => {
      expect(a.on < (died(p) ?? TODAY)).toBe(true)
      if (i > 0) expect(a.on > (p.assessments[i - 1] as { on: string }).on).toBe(true)
    })
    const last = people.flatMap(p => p.assessments.slice(-1))
    expect(last.filter(a => a.validTo <= TODAY).length).toBeGreaterThan(100)
    expect(last.filter(a => a.validTo > TODAY).length).toBeGreaterThan(100)
  })
})

describe('planted problems', () => {
  const of = (kind: ProblemKind): [PlantedProblem, DemoPerson[]][] => banner.manifest.filter(m => m.kind === kind).map(m => [m, m.persons.map(id => byId.get(id) as DemoPerson)])

  test('every kind is there, and every person of the manifest carries its mark and the other way round', () => {
    expect(new Set(banner.manifest.map(m => m.kind))).toEqual(new Set(KINDS))
    const listed = banner.manifest.flatMap(m => m.persons.map(id => `${id} ${m.kind}`)).sort()
    expect(listed).toEqual(people.flatMap(p => p.planted.map(kind => `${p.id} ${kind}`)).sort())
  })

  test('duplicates differ in just what they say', () => {
    for (const [, [a, b]] of of('duplicateNameVariant') as [PlantedProblem, [DemoPerson, DemoPerson]][]) expect([a.name !== b.name, a.birthDay === b.birthDay, a.region === b.region, b.idNumber]).toEqual([true, true, true, null])
    for (const [, [a, b]] of of('duplicateIdDigit') as [PlantedProblem, [DemoPerson, DemoPerson]][]) {
      const differ = [...(a.idNumber as string).slice(0, 17)].filter((ch, i) => ch !== (b.idNumber as string)[i])
      expect([a.name === b.name, differ.length]).toEqual([true, 1])
    }
    for (const [, [a, b]] of of('duplicateTwoVillages') as [PlantedProblem, [DemoPerson, DemoPerson]][]) expect([a.name === b.name, a.region === b.region]).toEqual([true, false])
  })

  test('the registry suspects every planted duplicate, and of the others hardly a chance namesake: no couple, no neighbour in the serial of the number', () => {
    const alive = people.filter(p => p.events.every(e => e.kind !== 'death' && e.kind !== 'moveOut'))
    const suspects = alive.map(p => ({ ...p, pinyin: soundOf(p.name).pinyin, birthMonth: p.birthMonth ?? p.birthDay?.slice(0, 7) ?? null, phoneIndex: p.phone }))
    const groups = new Map<string, typeof suspects>()
    for (const one of suspects) for (const key of [one.birthDay, `${one.pinyin} ${one.birthMonth}`, one.phone]) if (key) groups.set(key, [...(groups.get(key) ?? []), one])
    const shown = new Set<string>()
    for (const group of groups.values()) for (const [i, a] of group.entries()) for (const b of group.slice(i + 1)) if (duplicateScore(a, b).score >= SUSPICIOUS) shown.add([a.id, b.id].sort().join())
    const planted = banner.manifest.filter(m => m.kind.startsWith('duplicate') && m.persons.every(id => alive.some(p => p.id === id))).map(m => [...m.persons].sort().join())
    expect(planted.length).toBeGreaterThan(8)
    expect(planted.filter(pair => !shown.has(pair))).toEqual([])
    const chance = [...shown].filter(pair => !planted.includes(pair)).map(pair => pair.split(',').map(id => byId.get(id) as DemoPerson))
    for (const [a, b] of chance as [DemoPerson, DemoPerson][]) expect([a.householdId === b.householdId, a.sex === b.sex]).toEqual([false, true])
    expect(chance.length).toBeLessThan(people.length / 1000)
  })

  test('payments that should not be, and one that should', () => {
    for (const [, [p]] of of('deadStillPaid') as [PlantedProblem, [DemoPerson]][]) expect([died(p) !== null, p.benefits.some(b => b.policy === 'age-allowance' && b.until === null)]).toEqual([true, true])
    for (const [, [p]] of of('expiredStillPaid') as [PlantedProblem, [DemoPerson]][]) expect([(p.assessments.at(-1)?.validTo ?? '9') <= TODAY, p.benefits.some(b => b.policy === 'nursing-subsidy' && b.until === null)]).toEqual([true, true])
    for (const [, [p]] of of('turned80NoAllowance') as [PlantedProblem, [DemoPerson]][]) {
      expect(p.facts.find(f => f.key === 'hukou')?.value).toBe('local')
      expect([ageOn(p.birthDay as string, TODAY), p.benefits.some(b => b.policy === 'age-allowance'), died(p)]).toEqual([80, false, null])
    }
    // Nobody else is paid after death.
    for (const p of people) if (died(p) !== null && !p.planted.includes('deadStillPaid')) expect(p.benefits.filter(b => b.until === null)).toEqual([])
  })

  test('events after death only where they were planted', () => {
    for (const p of people) {
      const death = died(p)
      const late = death === null ? [] : p.events.filter(e => e.onDay > death)
      expect(late.length > 0).toBe(p.planted.includes('visitAfterDeath') || p.planted.includes('hospitalAfterDeath'))
    }
  })

  test('missing birth day, missing assessment, wrong household, village that is gone', () => {
    for (const [, [p]] of of('missingBirthDay') as [PlantedProblem, [DemoPerson]][]) expect([p.birthDay, p.birthMonth?.length, p.idNumber]).toEqual([null, 7, null])
    for (const [, [p]] of of('neverAssessed') as [PlantedProblem, [DemoPerson]][]) expect([p.assessments.length, p.facts.find(f => f.key === 'disabilityGrade')?.value]).toEqual([0, 1])
    for (const [, [p]] of of('wrongHousehold') as [PlantedProblem, [DemoPerson]][]) expect(people.filter(q => q.householdId === p.householdId && q.id !== p.id).length).toBeGreaterThan(0)
    for (const [, [p]] of of('mergedVillage') as [PlantedProblem, [DemoPerson]][]) expect(formerPlaces.some(f => f.code === p.region)).toBe(true)
    expect(people.filter(p => p.birthDay === null).every(p => p.planted.includes('missingBirthDay'))).toBe(true)
  })
})

describe('size and speed', () => {
  test('identity sequences never repeat, and say when a day is full', () => {
    const sequences = createSequences()
    const seen = new Set<number>()
    for (let i = 0; i < 500; i++) seen.add(sequences.take('500229', '1950-05-05', 'male') as number)
    expect(seen.size).toBe(500)
    expect(sequences.take('500229', '1950-05-05', 'male')).toBeNull()
    expect(sequences.take('500229', '1950-05-05', 'female')).not.toBeNull()
  })

  test('the first 200,000 phone numbers differ', () => {
    expect(new Set(Array.from({ length: 200_000 }, (_, i) => phoneNumber(i, 'elder'))).size).toBe(200_000)
  })

  test('20,000 people come one after another, without being held', () => {
    let count = 0
    for (const person of generateDemo({ ...base, region: '500229', elders: 20_000 })) count += person.facts.length > 0 ? 1 : 0
    expect(count).toBe(20_000)
  })
})

describe('the messy sheet', () => {
  const few = people.slice(0, 800)
  const place = (region: string): string => source.divisions.name(region) ?? region
  const sheet = messySheet(7, few, place, TODAY)

  test('holds every person once besides the repeats, and is the same every time', () => {
    expect(sheet.rows.filter(r => r.kind === 'person').map(r => r.personId)).toEqual(few.map(p => p.id))
    expect(messySheet(7, few, place, TODAY)).toEqual(sheet)
    expect(sheet.rows.every(r => r.cells.length === 9)).toBe(true)
  })

  test('has title, two-row heading, 同上, subtotals, total, signature, serial dates, lost digits and wide digits', () => {
    const kinds = sheet.rows.map(r => r.kind)
    for (const kind of ['title', 'heading', 'person', 'repeat', 'total', 'signature'] as const) expect(kinds).toContain(kind)
    expect(kinds.filter(k => k === 'heading')).toHaveLength(2)
    const messes = new Set(sheet.rows.flatMap(r => r.messes))
    for (const mess of ['ditto', 'serialDate', 'idPrecisionLost', 'fullWidth', 'phoneAsNumber', 'missingSex', 'wordyGroup']) expect([mess, messes.has(mess)]).toEqual([mess, true])
    expect(sheet.rows.some(r => r.cells[5] === '同上')).toBe(true)
    const serial = sheet.rows.find(r => r.messes.includes('serialDate') && r.kind === 'person')
    const person = byId.get(serial?.personId ?? '')
    expect(new Date(((serial?.cells[3] as number) - 25_569) * 86_400_000).toISOString().slice(0, 10)).toBe(person?.birthDay)
  })
})
