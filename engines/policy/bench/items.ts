import { compilePolicySet, parseFacts, parsePolicy } from '../src/index.ts'
import type { Policy, PolicySet } from '../src/index.ts'

/** The bench: 25 invented items in ten counties, the conditions of the comparison with other engines (all amounts are samples). */
export const CODES: Record<string, readonly string[]> = {
  hukou: ['本地', '外地'], area: ['城镇', '农村', '牧区'], grade: ['未评估', '能力完好', '轻度失能', '中度失能', '重度失能', '完全失能'], income: ['其他', '低保边缘', '低保', '特困'],
  merit: ['无', '烈属', '残疾军人', '劳模', '老党员'], living: ['居家', '家庭床位', '机构集中供养', '社会机构'], disabType: ['无', '视力', '听力', '肢体', '智力', '精神', '多重'],
}
export const BOOLS = ['alone', 'leftbehind', 'fpspecial', 'ltci', 'dementia', 'adapted', 'childless'] as const
export const INTS = ['incomePc', 'residMonths', 'disab'] as const
export const FACT_IDS = ['birth', 'assess', ...INTS, ...Object.keys(CODES), ...BOOLS]

function factsYaml(): string {
  const one = (id: string, type: string, more = ''): string => `  - { id: ${id}, label: { zh: ${id}, en: ${id} }, type: ${type}${more}, from: bench, population: elder, absent: unknown }`
  return ['version: 1', 'facts:', one('birth', 'day'), one('assess', 'day'), ...INTS.map(f => one(f, 'int')), ...BOOLS.map(f => one(f, 'bool')),
    ...Object.entries(CODES).map(([f, v]) => one(f, 'code', `, values: [${v.map((x, i) => `{ id: c${i}, zh: ${x}, en: c${i} }`).join(', ')}]`)),
    'families:', "  - { id: 'benefit.{member}', members: policies, label: { zh: benefit, en: benefit }, type: day, from: bench, population: elder, absent: no }"].join('\n')
}

export const PARAMS: Record<string, readonly number[]> = {
  age80: [5000, 6000, 5000, 10000, 5000, 5000, 5000, 5000, 8000, 5000], age90: [10000, 12000, 10000, 20000, 10000, 10000, 10000, 10000, 16000, 10000], age100: [50000, 50000, 50000, 60000, 50000, 50000, 50000, 50000, 100000, 50000],
  careHi: [20000, 20000, 26000, 20000, 20000, 20000, 20000, 20000, 20000, 20000], careLo: [10000, 10000, 13000, 10000, 10000, 10000, 10000, 10000, 10000, 10000],
  mealA: [6600, 6600, 6600, 6600, 6600, 8800, 6600, 6600, 6600, 6600], mealB: [4400, 4400, 4400, 4400, 4400, 5500, 4400, 4400, 4400, 4400], voucher: [30000, 30000, 30000, 30000, 30000, 30000, 30000, 40000, 30000, 30000],
}
const S = '["低保","特困"]', POOR = '["低保边缘","低保","特困"]', SEV = '["重度失能","完全失能"]', DIS = '["中度失能","重度失能","完全失能"]'
const HOME = 'living in ["居家","家庭床位"]', LOCAL = 'hukou == "本地"', VALID = 'within(assess, 25, "month")'

export const ITEMS: Record<string, readonly (readonly [when: string, amount: string | number])[]> = {
  'age-allow': [[`age >= 100 && ${LOCAL}`, 'age100'], [`age >= 90 && ${LOCAL}`, 'age90'], [`age >= 80 && ${LOCAL}`, 'age80']],
  'poor-aged': [[`age >= 80 && ${LOCAL} && income in ${S}`, 10000], [`age >= 80 && ${LOCAL} && income == "低保边缘"`, 6000]],
  'poor-disabled': [[`income in ${S} && grade in ${SEV} && ${VALID} && ${LOCAL}`, 'careHi'], [`income in ${POOR} && grade in ${DIS} && ${VALID} && ${LOCAL}`, 'careLo']],
  'destitute-care': [[`income == "特困" && grade in ${SEV}`, 108000], ['income == "特困" && grade in ["轻度失能","中度失能"]', 54000], ['income == "特困"', 18000]],
  'severe-disab': [[`disab == 1 && ${LOCAL}`, 12000], [`disab == 2 && ${LOCAL}`, 9000], [`disab == 3 && disabType in ["智力","精神"] && ${LOCAL}`, 6000]],
  'disab-living': [['disab >= 1 && disab <= 4 && income == "低保"', 11000]],
  meal: [[`${HOME} && (income in ${S} || fpspecial) && (age >= 80 || grade in ${DIS})`, 'mealA'], [`${HOME} && (age >= 80 || (age >= 70 && (alone || childless)))`, 'mealB'], [`${HOME} && age >= 65 && residMonths >= 6`, 2200]],
  'meal-delivery': [[`${HOME} && grade in ${DIS} && (alone || leftbehind)`, 3000]],
  visit: [[`living != "机构集中供养" && (alone || leftbehind || fpspecial || grade in ${SEV} || dementia) && age >= 60`, 2000]],
  adaptation: [[`!adapted && living == "居家" && income in ${S} && (age >= 80 || grade in ${DIS} || disab in [1,2])`, 8300], [`!adapted && living == "居家" && (fpspecial || (age >= 80 && alone) || grade in ${SEV})`, 4200]],
  'family-bed': [[`living == "家庭床位" && grade in ${SEV} && ${VALID}`, 40000], [`living == "家庭床位" && grade == "中度失能" && ${VALID}`, 25000]],
  'visit-care': [[`${HOME} && income in ${S} && grade in ${SEV} && !ltci`, 45000], [`${HOME} && (income in ${POOR} || fpspecial) && (grade in ${DIS} || age >= 85) && !ltci`, 27000], [`${HOME} && age >= 90 && alone`, 9000]],
  'inst-poor': [[`living == "社会机构" && income in ${POOR} && grade in ${SEV}`, 60000], [`living == "社会机构" && income in ${POOR}`, 30000]],
  'inst-care': [[`living in ["机构集中供养","社会机构"] && income in ${S} && grade in ${SEV} && ${VALID}`, 80000]],
  voucher: [[`grade in ["重度失能","完全失能"] && ${VALID} && incomePc <= 400000`, 'voucher'], [`grade == "中度失能" && ${VALID} && incomePc <= 400000`, 20000]],
  transport: [['age >= 65 || merit in ["残疾军人","烈属"]', 1500]],
  insurance: [[`income in ${S} || fpspecial || merit != "无"`, 500], ['age >= 70 && area != "城镇"', 250]],
  checkup: [['age >= 65', 1000]],
  'family-doctor': [['age >= 65 || disab in [1,2] || fpspecial', 1200]],
  'fp-aid': [[`fpspecial && age >= 60 && grade in ${SEV}`, 90000], ['fpspecial && age >= 60', 59000]],
  'merit-allow': [['merit == "残疾军人"', 30000], ['merit == "烈属"', 26000], ['merit == "劳模" && age >= 60', 20000], ['merit == "老党员" && age >= 75 && area == "农村"', 9000]],
  'mobile-team': [[`area == "牧区" && ${HOME} && (grade in ${DIS} || age >= 80)`, 6000], [`area == "农村" && ${HOME} && grade in ${SEV} && alone`, 4000]],
  alarm: [[`${HOME} && (alone || childless) && (age >= 75 || grade in ${DIS})`, 800]],
  respite: [[`living == "居家" && !alone && (grade in ${SEV} || dementia) && ${VALID}`, 5000]],
  'legal-free': [[`(alone || childless) && (income in ${POOR} || disab in [1,2]) && age >= 70`, 300]],
}
const STACKING: Record<string, string> = {
  'poor-aged': '- { kind: max, with: [poor-disabled], basis: a }', 'severe-disab': '- { kind: max, with: [poor-disabled, destitute-care], basis: a }',
  'inst-care': '- { kind: first, with: [self, family-bed, visit-care], basis: a }', meal: '- { kind: cap, with: [self, meal-delivery, voucher], limit: 33000, basis: a }',
}
/** The same rules as data, in the order in which they are applied, for engines that stack by themselves. `max`: the first named wins a tie. */
export const STACKING_RULES = [
  { kind: 'first', of: ['inst-care', 'family-bed', 'visit-care'], limit: 0 }, { kind: 'cap', of: ['meal', 'meal-delivery', 'voucher'], limit: 33_000 },
  { kind: 'max', of: ['poor-aged', 'poor-disabled'], limit: 0 }, { kind: 'max', of: ['severe-disab', 'poor-disabled', 'destitute-care'], limit: 0 },
] as const
export const COUNTIES = Array.from({ length: 10 }, (_, i) => `99010${i}`)

function policyYaml(id: string, rows: (typeof ITEMS)[string], stacking: boolean): string {
  const params = [...new Set(rows.map(r => r[1]))].filter(a => typeof a === 'string')
  return [`policy: ${id}`, `title: ${id}`, 'sample: true', 'region: 99', 'version: 1', 'effective: { from: 2020-01-01 }', 'basis: { a: { doc: sample } }',
    ...(params.length === 0 ? [] : ['params:', ...params.map(p => `  ${p}: { values: { 2020-01-01: ${PARAMS[p]![0]} }, basis: a }`)]),
    'table:', '  rows:', ...rows.map(([when, amount], i) => `    - { id: r${i}, when: '${when}', amount: ${amount}, basis: a }`),
    ...(stacking && STACKING[id] !== undefined ? ['stacking:', `  ${STACKING[id]}`] : []), 'draft: true'].join('\n')
}

function countyYaml(id: string, county: number, params: readonly string[]): string {
  return [`policy: ${id}`, `title: ${id}`, `region: ${COUNTIES[county]}`, `extends: 99/${id}`, 'version: 1', 'effective: { from: 2020-01-01 }', 'basis: { c: { doc: sample } }',
    'params:', ...params.map(p => `  ${p}: { values: { 2020-01-01: ${PARAMS[p]![county]} }, basis: c }`)].join('\n')
}

/** `extra` adds copies of the first items with other ages, without stacking. */
export function benchSet(extra = 0): PolicySet {
  const parsed = parseFacts(factsYaml())
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  const policies: Policy[] = []
  const read = (text: string): void => {
    const p = parsePolicy(text, parsed.facts, { uppers: policies })
    if ('problems' in p) throw new Error(JSON.stringify(p.problems))
    policies.push(p.policy)
  }
  for (const [id, rows] of Object.entries(ITEMS)) {
    read(policyYaml(id, rows, true))
    const names = rows.map(r => r[1]).filter(a => typeof a === 'string')
    for (let c = 0; c < 10; c++) if (names.some(p => PARAMS[p]![c] !== PARAMS[p]![0])) read(countyYaml(id, c, names))
  }
  for (const [id, rows] of Object.entries(ITEMS).slice(0, extra)) read(policyYaml(`${id}-two`, rows.map(([when, amount]) => [when.replace(/age >= (\d+)/g, (_, n: string) => `age >= ${Number(n) - 3}`), amount] as const), false))
  const made = compilePolicySet(policies, parsed.facts)
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.set
}
