// Ability assessments by GB/T 42195-2022 whose answers give the level they claim. SAMPLE: how many are dependent is plausible, not counted.
import { addDays, addMonths } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import type { Dice } from './dice.ts'
import type { AbilityLevel, DemoAssessment } from './types.ts'

/** The 26 items with their highest scores; together 90. */
export const ITEMS: readonly (readonly [string, number])[] = [
  ['B.1.1', 4], ['B.1.2', 4], ['B.1.3', 4], ['B.1.4', 4], ['B.1.5', 4], ['B.1.6', 4], ['B.1.7', 4], ['B.1.8', 4],
  ['B.2.1', 4], ['B.2.2', 4], ['B.2.3', 4], ['B.2.4', 3],
  ['B.3.1', 4], ['B.3.2', 4], ['B.3.3', 4], ['B.3.4', 4], ['B.3.5', 4], ['B.3.6', 4], ['B.3.7', 1], ['B.3.8', 1], ['B.3.9', 2],
  ['B.4.1', 2], ['B.4.2', 2], ['B.4.3', 4], ['B.4.4', 3], ['B.4.5', 4],
]
const HIGHEST = 90
/** Stairs, bathing, memory and errands go first, consciousness and knowing one's own last. */
const GOES_FIRST = ['B.2.4', 'B.1.3', 'B.4.3', 'B.4.4', 'B.3.4', 'B.2.3', 'B.4.1', 'B.4.2', 'B.1.5', 'B.4.5', 'B.1.8']
const GOES_LAST = new Set(['B.3.9', 'B.3.3', 'B.1.1', 'B.3.7'])
const LEVELS: readonly AbilityLevel[] = ['intact', 'mild', 'moderate', 'severe', 'total']
/** Lowest and highest total of each level. */
const BANDS: Record<AbilityLevel, readonly [number, number]> = { intact: [90, 90], mild: [66, 89], moderate: [46, 65], severe: [30, 45], total: [4, 29] }
// Weights of the levels by age (under 70, 70 to 79, 80 to 89, 90 and over).
const BY_AGE: readonly Record<AbilityLevel, number>[] = [
  { intact: 88, mild: 9, moderate: 1.4, severe: 1, total: 0.6 },
  { intact: 74, mild: 19, moderate: 3.5, severe: 2, total: 1.5 },
  { intact: 45, mild: 36, moderate: 9, severe: 6, total: 4 },
  { intact: 20, mild: 42, moderate: 17, severe: 12, total: 9 },
]
/** Validity used by the pack of the scale; a local parameter, sample. */
const VALID_MONTHS = 12
const ASSESSORS = ['评估员甲', '评估员乙', '评估员丙', '评估员丁', '评估员戊', '评估员己']

export function drawLevel(age: number, dice: Dice): AbilityLevel {
  return dice.weighted(BY_AGE[age < 70 ? 0 : age < 80 ? 1 : age < 90 ? 2 : 3] as Record<AbilityLevel, number>)
}

export function levelOfTotal(total: number): AbilityLevel {
  return LEVELS.find(level => total >= BANDS[level][0] && total <= BANDS[level][1]) ?? 'total'
}

export function worseBy(level: AbilityLevel, steps: number): AbilityLevel {
  return LEVELS[Math.min(4, Math.max(0, LEVELS.indexOf(level) + steps))] as AbilityLevel
}

/** Answers that add up to `total`, with the item groups losing points in a plausible order. */
export function answersFor(total: number, dice: Dice): Record<string, string> {
  const left = new Map(ITEMS)
  let toLose = HIGHEST - total
  while (toLose > 0) {
    const code = dice.chance(0.45) ? dice.pick(GOES_FIRST) : (dice.pick(ITEMS) as readonly [string, number])[0]
    const score = left.get(code) as number
    if (score === 0 || (GOES_LAST.has(code) && toLose < 60 && dice.chance(0.85))) continue
    left.set(code, score - 1)
    toLose--
  }
  const answers: Record<string, string> = {}
  // Consciousness 0 is stupor here: a coma would decide the level by itself.
  for (const [code] of ITEMS) answers[code] = code === 'B.3.9' && left.get(code) === 0 ? '0-stupor' : String(left.get(code))
  return answers
}

export interface AssessmentPlan { level: AbilityLevel; dementia: boolean; lastOn: Day; times: number }

/** One to three assessments over the years up to `lastOn`, the older ones no worse than the later ones. */
export function assessmentsFor(plan: AssessmentPlan, dice: Dice): DemoAssessment[] {
  const found: DemoAssessment[] = []
  // A diagnosis of dementia raises the level by one step: the points must then say one step less.
  const scored = plan.dementia && plan.level !== 'intact' && plan.level !== 'total' ? worseBy(plan.level, -1) : plan.level
  let total = dice.between(BANDS[scored][0], BANDS[scored][1])
  let on = plan.lastOn
  for (let back = 0; back < plan.times && on >= '2023-03-01'; back++) {
    const dementia = back === 0 && plan.dementia && plan.level !== 'intact'
    found.unshift(assessment(on, total, dementia, dice))
    total = Math.min(HIGHEST, total + dice.between(0, 12))
    on = addDays(addMonths(on, -VALID_MONTHS), dice.between(-40, 20))
  }
  found.forEach((a, i) => { a.reason = i === 0 ? 'first' : 'routine'; a.answers['A.reason'] = a.reason })
  return found
}

function assessment(on: Day, total: number, dementia: boolean, dice: Dice): DemoAssessment {
  const scored = levelOfTotal(total)
  const first = dice.int(ASSESSORS.length)
  const second = (first + 1 + dice.int(ASSESSORS.length - 1)) % ASSESSORS.length
  return {
    scale: 'gbt42195-2022', on, validTo: addMonths(on, VALID_MONTHS), total, level: dementia ? worseBy(scored, 1) : scored, reason: 'first',
    assessors: [ASSESSORS[first] as string, ASSESSORS[second] as string],
    answers: {
      'A.reason': 'first', 'A.informant': dice.weighted({ self: 40, spouse: 25, child: 25, committee: 10 }), 'A.coma': 'no',
      'A.diagnoses': dementia ? ['dementia'] : dice.chance(0.4) ? ['hypertension'] : ['none'],
      'A.event.fall': dice.chance(0.08) ? '1' : '0', 'A.event.wandering': '0', 'A.event.choking': '0', 'A.event.self_harm': '0', 'A.event.other_event': '0',
      ...answersFor(total, dice),
    },
  }
}
