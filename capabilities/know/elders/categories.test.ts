import { beforeAll, expect, test } from 'vitest'
import { loadTestResources } from '../../testing.ts'
import { categoriesOf, categorySince, hasBirthday, type Snapshot } from './rules-categories.ts'
import { dictionary } from './store-dictionary.ts'

beforeAll(loadTestResources)

const at = (region: string, facts: Record<string, unknown>): Snapshot => ({ region, facts: new Map(Object.entries(facts)) })
const [CHENGKOU, KEYOUZHONG, JIMO] = ['500229102202', '152222100201', '370215001001']

/** Worked out by hand from the clauses in packs/categories.yaml: person, then the set on 2025-06-30, 2025-07-01 and 2026-07-16. */
const GOLDEN: readonly [string, Snapshot, readonly [string, string, string]][] = [
  ['turns 80 on 1 July 2025 in 城口', at(CHENGKOU, { birth: '1945-07-01' }), ['', 'advancedAge specialDifficulty', 'advancedAge specialDifficulty']],
  ['the same age in 即墨: advanced age carries no visits there', at(JIMO, { birth: '1945-07-01' }), ['', 'advancedAge', 'advancedAge']],
  ['born on 29 February: 80 on 1 March', at(KEYOUZHONG, { birth: '1948-02-29' }), ['', '', '']],
  ['lives alone', at(JIMO, { birth: '1950-01-01', livingArrangement: 'alone' }), ['alone specialDifficulty', 'alone specialDifficulty', 'alone specialDifficulty']],
  ['lives alone but turns 60 only on 16 July 2026', at(JIMO, { birth: '1966-07-16', livingArrangement: 'alone' }), ['alone', 'alone', 'alone specialDifficulty']],
  ['without kin: a group of visits in 科右中旗 only', at(KEYOUZHONG, { birth: '1950-01-01', withoutKin: true }), ['withoutKin specialDifficulty', 'withoutKin specialDifficulty', 'withoutKin specialDifficulty']],
  ['without kin in 城口', at(CHENGKOU, { birth: '1950-01-01', withoutKin: true }), ['withoutKin', 'withoutKin', 'withoutKin']],
  ['extreme poverty and severe disability', at(CHENGKOU, { birth: '1950-01-01', incomeStanding: 'extremePoverty', disabilityKind: 'physical', disabilityGrade: 2 }), ['extremePoverty severeDisability specialDifficulty', 'extremePoverty severeDisability specialDifficulty', 'extremePoverty severeDisability specialDifficulty']],
  ['grade 3 is not severe, an unknown grade is not either', at(CHENGKOU, { birth: '1950-01-01', disabilityKind: 'physical', disabilityGrade: 3 }), ['', '', '']],
  ['a certificate without grade', at(CHENGKOU, { birth: '1950-01-01', disabilityKind: 'physical' }), ['', '', '']],
  ['mild loss of ability and dementia', at(JIMO, { birth: '1944-01-01', abilityLevel: 'mild', cognitiveImpairment: true }), ['advancedAge lossOfAbility dementia specialDifficulty', 'advancedAge lossOfAbility dementia specialDifficulty', 'advancedAge lossOfAbility dementia specialDifficulty']],
  ['the insurance grade never stands in for the ability level', at(JIMO, { birth: '1950-01-01', ltciGrade: 'grade5', abilityLevel: 'intact' }), ['', '', '']],
  ['left behind, minimum allowance, out of poverty but unstable', at(CHENGKOU, { birth: '1951-01-01', livingArrangement: 'leftBehind', incomeStanding: 'minimumLivingAllowance', povertyRiskKind: 'unstableOutOfPoverty' }), ['leftBehind minimumLivingAllowance unstableOutOfPoverty specialDifficulty', 'leftBehind minimumLivingAllowance unstableOutOfPoverty specialDifficulty', 'leftBehind minimumLivingAllowance unstableOutOfPoverty specialDifficulty']],
  ['nobody knows the birth date: no age group, no umbrella', at(CHENGKOU, { livingArrangement: 'emptyNest' }), ['emptyNest', 'emptyNest', 'emptyNest']],
  ['the dead are in no group', at(CHENGKOU, { birth: '1940-01-01', livingArrangement: 'alone', dead: '2025-01-01' }), ['', '', '']],
  ['a family of family planning', at(KEYOUZHONG, { birth: '1950-01-01', familyPlanningSpecial: true, povertyRiskKind: 'marginal' }), ['familyPlanningSpecialFamily marginalToPoverty specialDifficulty', 'familyPlanningSpecialFamily marginalToPoverty specialDifficulty', 'familyPlanningSpecialFamily marginalToPoverty specialDifficulty']],
]

test('[C1][C2] the groups of golden persons on three dates are those worked out by hand', () => {
  for (const [d, day] of ['2025-06-30', '2025-07-01', '2026-07-16'].entries()) {
    const answers = categoriesOf(dictionary().categories, GOLDEN.map(([, person]) => person), day)
    GOLDEN.forEach(([who, , expected], i) => expect(answers[i]!.join(' '), `${who} on ${day}`).toBe(expected[d]))
  }
})

test('[C3] since when: the youngest fact used, or the birthday that reached the age', () => {
  const rules = dictionary().categories
  const person = { region: CHENGKOU, facts: new Map([['birth', { value: '1944-02-29', since: null }], ['livingArrangement', { value: 'alone', since: '2024-05-01' }]]) }
  expect(categorySince(rules, 'advancedAge', person, '2026-07-16')).toBe('2024-02-29')
  expect(categorySince(rules, 'alone', person, '2026-07-16')).toBe('2024-05-01')
  expect(categorySince(rules, 'noSuch', person, '2026-07-16')).toBeNull()
  expect([hasBirthday('1944-02-29', '2025-03-01'), hasBirthday('1944-02-29', '2025-02-28'), hasBirthday('1944-07-16', '2026-07-16')]).toEqual([true, false, true])
})
