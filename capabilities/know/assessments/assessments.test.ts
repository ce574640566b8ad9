import { assess, type Answers } from '@songbai/scale'
import { createTestApp, testActor, type TestApp } from '@songbai/platform/testing'
import { sm3 } from '@songbai/seal/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resources, useResources } from '../../resources.ts'
import { loadTestResources } from '../../testing.ts'
import { elders } from '../elders/index.ts'
import { regions } from '../regions/index.ts'
import { users } from '../users/index.ts'
import { work } from '../work/index.ts'
import { assessments } from './index.ts'
import { insertAssessments, latestResults } from './public.ts'
import { CASE_TYPES } from './rules-cases.ts'
import { chainHolds, decideStart, factsOf, hashAnswers, mergeAnswers, neededFrom, nextSignatureHash, outcomeOf, paperFault } from './rules.ts'
import { scaleOf } from './store-scales.ts'

let t: TestApp
const clerk = testActor(['countyClerk'])
const first = testActor(['assessor'], '500229000000', ['500229'], { name: '谭明芳' })
const second = testActor(['assessor'], '500229000000', ['500229'], { name: '向志强' })
const third = testActor(['assessor'], '500229000000', ['500229'], { name: '冉光琼' })
const fourth = testActor(['assessor'], '500229000000', ['500229'], { name: '龚小琴' })
const elsewhere = testActor(['assessor'], '500229103000', ['500229103'], { name: '外乡' })
const program = { ...clerk, roles: ['program'] }
const VILLAGE = '500229102202'
const SIGN = { kind: 'strokes', width: 300, height: 120, strokes: [[[10, 10], [80, 60], [120, 40]]] }

type Saved = { version: number; answersHash: string; answered: number; required: number; refusedItems: string[]; alerts: { id: string }[] }
type Seen = { assessment: Record<string, unknown> & { state: string; version: number; answersHash: string }; answers: Answers; result: Record<string, unknown> | null; signatures: { name: string; counts: boolean; mark: unknown }[]; chainHolds: boolean; mayISign: boolean; previous: { id: string } | null; comparison: Record<string, unknown> | null; revisions: { version: number; items: string[] }[]; uses: unknown[] }

beforeAll(async () => {
  loadTestResources()
  const { caseTypes, ...rest } = resources()
  useResources({ ...rest, caseTypes: [...caseTypes.filter((one) => !CASE_TYPES.some((own) => own.id === one.id)), ...CASE_TYPES] })
  t = await createTestApp([regions, users, work, elders, assessments])
})
afterAll(() => t.close())

const national = () => scaleOf('gbt42195-2022')

/** Every score item at its best and nothing wrong, then the changes; sums to 90 without any. */
function answersWith(changes: Answers = {}): Answers {
  const scale = national()
  const answers: Answers = { 'A.reason': 'first', 'A.informant': 'child', 'A.diagnoses': ['none'], 'A.coma': 'no' }
  for (const item of scale.items) {
    const options = item.options ?? scale.optionSets[item.optionSet ?? ''] ?? []
    if (item.kind === 'score') answers[item.code] = [...options].sort((a, b) => (b.score ?? 0) - (a.score ?? 0))[0]!.id
    if (item.code.startsWith('A.event.')) answers[item.code] = '0'
  }
  return { ...answers, ...changes }
}

let people = 0
async function newElder(extra: Record<string, unknown> = {}): Promise<string> {
  return (await t.must<{ id: string }>(clerk, 'elders.register', { name: `冉启${'秀兰芳英华珍玉梅春菊'[people++ % 10]!}${people}`, sex: 'female', birthDay: '1945-03-02', region: VILLAGE, source: '村级台账', acceptDuplicate: true, ...extra })).id
}

async function drafted(elderId: string, answers: Answers, more: Record<string, unknown> = {}, by = first): Promise<{ id: string } & Saved> {
  const { id } = await t.must<{ id: string }>(by, 'assessments.start', { elderId, reason: 'first', issuer: '城口县评估中心', ...more })
  return { id, ...(await t.must<Saved>(by, 'assessments.saveAnswers', { id, version: 0, answers, informantName: '罗兴梅', ...(more['assessedOn'] ? { assessedOn: more['assessedOn'] } : {}) })) }
}

async function signedBy(id: string, answersHash: string, assessors = [first, second]) {
  await t.must(assessors[0]!, 'assessments.sign', { id, role: 'assessor', answersHash })
  await t.must(assessors[0]!, 'assessments.sign', { id, role: 'informant', answersHash, mark: SIGN, informantName: '罗兴梅' })
  return t.must<{ state: string; levelCode: string | null; assessorsMissing: number }>(assessors[1]!, 'assessments.sign', { id, role: 'assessor', answersHash })
}

async function complete(elderId: string, answers: Answers, more: Record<string, unknown> = {}, assessors = [first, second]): Promise<string> {
  const { id, answersHash } = await drafted(elderId, answers, more, assessors[0])
  await signedBy(id, answersHash, assessors)
  return id
}

async function at<T>(day: string, work: () => Promise<T>): Promise<T> {
  const kept = t.clock.nowMs
  t.clock.nowMs = Date.parse(`${day}T02:00:00Z`)
  try {
    return await work()
  } finally {
    t.clock.nowMs = kept
  }
}

async function refusalOf(actor: typeof clerk, action: string, input: unknown): Promise<{ code: string; args: Record<string, unknown> }> {
  const { answer } = await t.app.perform({ action, input, actor, door: 'test' })
  if (answer.ok || !('refusal' in answer)) throw new Error(`${action} was not refused: ${JSON.stringify(answer)}`)
  return answer.refusal
}

const abilityFact = (elderId: string) => t.must<{ elder: { abilityLevel: string | null }; facts: { id: string; key: string; value: unknown; supersededAt: number | null; validFrom: string | null }[] }>(clerk, 'elders.get', { id: elderId })

describe('from start to result', () => {
  test('[A4] two assessors and the informant under the same answers make the result, its facts and its end', async () => {
    const elderId = await newElder()
    const { id, answersHash } = await drafted(elderId, answersWith({ 'B.1.3': '0', 'B.1.1': '0', 'B.1.2': '0', 'B.1.4': '0', 'B.1.5': '0', 'B.1.6': '0', 'B.1.7': '0', 'A.diagnoses': ['dementia'] }))
    const after = await t.must<{ state: string; assessorsMissing: number; informantMissing: boolean }>(first, 'assessments.sign', { id, role: 'assessor', answersHash })
    expect(after).toEqual({ state: 'waitingSignatures', assessorsMissing: 1, informantMissing: true, levelCode: null })
    await t.must(first, 'assessments.sign', { id, role: 'informant', answersHash, mark: SIGN })
    // 90 − 28 = 62: moderate by the sum, one level worse for the diagnosed dementia.
    expect(await t.must(second, 'assessments.sign', { id, role: 'assessor', answersHash })).toEqual({ state: 'complete', assessorsMissing: 0, informantMissing: false, levelCode: 'severe' })
    const seen = await t.must<Seen>(clerk, 'assessments.get', { id })
    expect(seen.assessment).toMatchObject({ state: 'complete', total: 62, level: 3, levelCode: 'severe', assessedOn: '2026-07-16', validUntil: '2027-07-15', issuer: '城口县评估中心', assessors: ['谭明芳', '向志强'] })
    expect(seen.result).toMatchObject({ initialLevel: 2, finalLevel: 3, adjustments: [{ id: 'U2', applied: true }] })
    expect(seen.signatures.map((one) => [one.name, one.counts])).toEqual([['谭明芳', true], ['罗兴梅', true], ['向志强', true]])
    expect(seen.signatures[1]!.mark).toEqual(SIGN)
    expect(seen.chainHolds).toBe(true)
    const facts = (await abilityFact(elderId)).facts.filter((fact) => fact.supersededAt === null)
    const said = async (key: string) => (await t.must<{ shown: { zh: string } }>(clerk, 'elders.revealFact', { id: elderId, factId: facts.find((fact) => fact.key === key)!.id, purpose: '核对' })).shown.zh
    expect(facts.find((fact) => fact.key === 'abilityLevel')).toMatchObject({ value: null, validFrom: '2026-07-16' })
    expect([await said('abilityLevel'), await said('cognitiveImpairment')]).toEqual(['重度失能', '是'])
  })

  test('[A4] the same assessor cannot sign twice, and nobody but an assessor signs', async () => {
    const { id, answersHash } = await drafted(await newElder(), answersWith())
    await t.must(first, 'assessments.sign', { id, role: 'assessor', answersHash })
    expect(await t.outcome(first, 'assessments.sign', { id, role: 'assessor', answersHash })).toBe('assessments.signed-already')
    expect(await t.outcome(clerk, 'assessments.sign', { id, role: 'assessor', answersHash })).toBe('notAllowed')
    expect(await t.outcome(second, 'assessments.sign', { id, role: 'informant', answersHash })).toBe('assessments.informant-mark')
  })

  test('[A4] a missing or a refused item blocks the signature, and a refusal is never a zero', async () => {
    const open = answersWith()
    delete open['B.1.1']
    const draft = await drafted(await newElder(), open)
    expect(await refusalOf(first, 'assessments.sign', { id: draft.id, role: 'assessor', answersHash: draft.answersHash })).toEqual({ code: 'assessments.not-complete', args: { n: 1 } })
    const saved = await t.must<Saved>(first, 'assessments.saveAnswers', { id: draft.id, version: 1, answers: { 'B.1.1': { refused: true, reason: '当天不愿进食' } } })
    expect(saved.refusedItems).toEqual(['B.1.1'])
    expect(saved.answered).toBe(saved.required)
    expect(await refusalOf(first, 'assessments.sign', { id: draft.id, role: 'assessor', answersHash: saved.answersHash })).toEqual({ code: 'assessments.refused-items', args: { n: 1 } })
  })

  test('[A4] coma ticked in one place only is named as a contradiction', async () => {
    const { id, answersHash } = await drafted(await newElder(), answersWith({ 'A.coma': 'yes' }))
    expect((await refusalOf(first, 'assessments.sign', { id, role: 'assessor', answersHash })).code).toBe('assessments.contradiction')
  })

  test('[A3] answers changed after a signature: it stays in the chain, counts no more, and the old hash signs nothing', async () => {
    const { id, answersHash } = await drafted(await newElder(), answersWith())
    await t.must(first, 'assessments.sign', { id, role: 'assessor', answersHash })
    const changed = await t.must<Saved>(second, 'assessments.saveAnswers', { id, version: 1, answers: { 'B.1.1': '0' } })
    expect(await t.outcome(second, 'assessments.sign', { id, role: 'assessor', answersHash })).toBe('assessments.answers-changed')
    const seen = await t.must<Seen>(clerk, 'assessments.get', { id })
    expect(seen.assessment.state).toBe('draft')
    expect(seen.signatures.map((one) => one.counts)).toEqual([false])
    expect((await signedBy(id, changed.answersHash)).state).toBe('complete')
    expect((await t.must<Seen>(clerk, 'assessments.get', { id })).chainHolds).toBe(true)
  })

  test('[A2] a bad answer is named and nothing of the parcel is kept; a change on an old version is refused; every change leaves a trace', async () => {
    const { id } = await drafted(await newElder(), { 'B.1.1': '4' })
    const bad = await refusalOf(first, 'assessments.saveAnswers', { id, version: 1, answers: { 'B.1.2': '3', 'B.1.3': '9' } })
    expect(bad).toEqual({ code: 'assessments.bad-answer', args: { item: 'B.1.3', zh: '洗澡', en: national().items.find((item) => item.code === 'B.1.3')!.label.en, problem: 'unknown_option' } })
    expect(await refusalOf(first, 'assessments.saveAnswers', { id, version: 0, answers: { 'B.1.2': '3' } })).toEqual({ code: 'assessments.version-changed', args: { version: 1 } })
    await t.must(first, 'assessments.saveAnswers', { id, version: 1, answers: { 'B.1.1': null, 'B.1.2': '3' } })
    const seen = await t.must<Seen>(clerk, 'assessments.get', { id })
    expect(seen.answers).toEqual({ 'B.1.2': '3' })
    expect(seen.revisions.map((one) => [one.version, [...one.items].sort()])).toEqual([[2, ['B.1.1', 'B.1.2']], [1, ['B.1.1']]])
  })

  test('[S13] self-harm is told while the form is still open', async () => {
    const { alerts } = await drafted(await newElder(), { 'A.event.self_harm': '1' })
    expect(alerts.map((alert) => alert.id)).toContain('self_harm')
  })

  test('an assessment that was not assessed today keeps its day, and one of tomorrow is refused', async () => {
    const { id } = await drafted(await newElder(), { 'B.1.1': '4' }, { assessedOn: '2026-07-14' })
    expect((await t.must<Seen>(clerk, 'assessments.get', { id })).assessment['assessedOn']).toBe('2026-07-14')
    expect(await t.outcome(first, 'assessments.saveAnswers', { id, version: 1, assessedOn: '2026-07-17' })).toBe('assessments.assessed-in-future')
  })
})

describe('one result for every office', () => {
  test('[A1] a second assessment inside the validity is refused with who issued the result and until when; a change of state in writing lifts that', async () => {
    const elderId = await newElder()
    await complete(elderId, answersWith())
    expect(await refusalOf(second, 'assessments.start', { elderId, reason: 'routine' })).toEqual({ code: 'assessments.valid-result', args: { validUntil: '2027-07-15', reassessFrom: '2027-06-16', issuer: '城口县评估中心' } })
    expect(await t.outcome(second, 'assessments.start', { elderId, reason: 'immediate' })).toBe('assessments.reason-missing')
    expect(await t.outcome(second, 'assessments.start', { elderId, reason: 'recheck' })).toBe('assessments.no-dispute')
    expect(await t.outcome(second, 'assessments.start', { elderId, reason: 'immediate', reasonText: '7月10日跌倒住院后下不了床' })).toBe('ok')
    expect(await t.outcome(third, 'assessments.start', { elderId, reason: 'immediate', reasonText: '7月10日跌倒住院后下不了床' })).toBe('assessments.already-open')
    expect((await t.must<{ repeated: number }>(clerk, 'assessments.uses', {})).repeated).toBe(1)
  })

  test('[A8] another office uses the result and that is logged; without one, or after its end, it is refused', async () => {
    const elderId = await newElder()
    expect(await t.outcome(clerk, 'assessments.recognise', { elderId, purpose: 'ltcInsurance', office: '县医保局' })).toBe('assessments.no-result')
    const id = await complete(elderId, answersWith({ 'B.1.1': '0' }))
    expect(await t.must(clerk, 'assessments.recognise', { elderId, purpose: 'ltcInsurance', office: '县医保局', reference: 'YB-12' })).toEqual({ assessmentId: id, levelCode: 'mild', validUntil: '2027-07-15', issuer: '城口县评估中心' })
    expect((await t.must<Seen>(clerk, 'assessments.get', { id })).uses).toMatchObject([{ purpose: 'ltcInsurance', office: '县医保局', reference: 'YB-12' }])
    await at('2027-07-16', async () => expect(await refusalOf(clerk, 'assessments.recognise', { elderId, purpose: 'subsidy', office: '民政局' })).toEqual({ code: 'assessments.result-expired', args: { validUntil: '2027-07-15' } }))
  })

  test('[R4] [R6] a disputed result is not used; other assessors check it and their result stands', async () => {
    const elderId = await newElder()
    const id = await complete(elderId, answersWith({ 'B.1.1': '0' }))
    await t.must(clerk, 'assessments.dispute', { id, from: '女儿罗兴梅', reason: '当天发烧，平时能自己吃饭' })
    expect(await t.outcome(clerk, 'assessments.recognise', { elderId, purpose: 'subsidy', office: '民政局' })).toBe('assessments.result-disputed')
    const recheck = await drafted(elderId, answersWith(), { reason: 'recheck' }, third)
    expect(await t.outcome(first, 'assessments.sign', { id: recheck.id, role: 'assessor', answersHash: recheck.answersHash })).toBe('assessments.assessor-of-disputed')
    expect(await t.outcome(clerk, 'assessments.settle', { id, reason: '家属改口了' })).toBe('assessments.recheck-open')
    expect((await signedBy(recheck.id, recheck.answersHash, [third, fourth])).state).toBe('complete')
    expect((await t.must<Seen>(clerk, 'assessments.get', { id })).assessment).toMatchObject({ state: 'superseded', replacedBy: recheck.id, dispute: { outcome: 'changed', from: '女儿罗兴梅' } })
    const seen = await t.must<Seen>(clerk, 'assessments.get', { id: recheck.id })
    expect(seen.comparison).toMatchObject({ comparable: true, totalChange: 4, levelFrom: 1, levelTo: 0, direction: 'better', items: [{ item: 'B.1.1', points: 4 }] })
    expect((await abilityFact(elderId)).elder.abilityLevel).toBe('intact')
  })

  test('a withdrawn dispute leaves the result in force', async () => {
    const elderId = await newElder()
    const id = await complete(elderId, answersWith())
    await t.must(clerk, 'assessments.dispute', { id, from: '本人', reason: '觉得评轻了一级' })
    await t.must(clerk, 'assessments.settle', { id, reason: '看过分数后同意' })
    expect((await t.must<Seen>(clerk, 'assessments.get', { id })).assessment).toMatchObject({ state: 'complete', dispute: { outcome: 'withdrawn' } })
  })

  test('[R1] a result of 2013 is kept readable, is not converted and does not count as assessed', async () => {
    const elderId = await newElder()
    const { usable } = await t.must<{ usable: boolean }>(clerk, 'assessments.recordOld', { elderId, scaleId: 'mzt039-2013', assessedOn: '2026-05-01', levelCode: 'severe', issuer: '县福利院' })
    expect(usable).toBe(false)
    expect((await abilityFact(elderId)).elder.abilityLevel).toBeNull()
    expect(await t.outcome(first, 'assessments.start', { elderId, scaleId: 'mzt039-2013', reason: 'first' })).toBe('assessments.scale-retired')
    expect(await t.outcome(first, 'assessments.start', { elderId, reason: 'first' })).toBe('ok')
  })

  test('[A9] a paper result of the national scale counts; a sum that contradicts its level is refused', async () => {
    const elderId = await newElder()
    const paper = { elderId, scaleId: 'gbt42195-2022', assessedOn: '2026-03-01', issuer: '重庆市某评估机构', assessors: ['甲某', '乙某'] }
    expect(await t.outcome(clerk, 'assessments.recordOld', { ...paper, levelCode: 'mild', total: 60 })).toBe('assessments.level-total')
    expect(await t.must(clerk, 'assessments.recordOld', { ...paper, levelCode: 'moderate', total: 60 })).toMatchObject({ usable: true, validUntil: '2027-02-28' })
    expect((await abilityFact(elderId)).elder.abilityLevel).toBe('moderate')
  })
})

describe('who is due', () => {
  type Due = { counts: Record<string, number>; rows: { elderId: string; kind: string; since: string | null; openId: string | null }[] }
  const due = (input: object = {}) => t.must<Due>(clerk, 'assessments.due', { limit: 500, ...input })

  test('[A10] from the 65th birthday who was never assessed is due; a result ends that', async () => {
    const elderId = await newElder({ birthDay: '1961-07-16' })
    const younger = await newElder({ birthDay: '1961-07-17' })
    await t.app.settle()
    const listed = (await due({ kind: 'never' })).rows
    expect(listed.find((row) => row.elderId === elderId)).toMatchObject({ kind: 'never', since: '2026-07-16' })
    expect(listed.some((row) => row.elderId === younger)).toBe(false)
    await at('2026-07-17', async () => expect((await due({ kind: 'never' })).rows.some((row) => row.elderId === younger)).toBe(true))
    await complete(elderId, answersWith())
    expect((await due({ kind: 'never' })).rows.some((row) => row.elderId === elderId)).toBe(false)
  })

  test('[P6] each result stands under its first reason: ended, or ending, and the counts are the rows', async () => {
    const elderId = await newElder()
    const id = await complete(elderId, answersWith({ 'B.1.1': '0' }))
    await at('2027-07-01', async () => {
      const { counts, rows } = await due({ kind: 'expiring' })
      expect(rows.find((row) => row.elderId === elderId)).toMatchObject({ kind: 'expiring', since: '2027-07-15' })
      expect(counts['expiring']).toBe(rows.length)
      const list = await t.must<{ rows: { id: string }[]; total: number }>(clerk, 'assessments.list', { dueWithin: 30, limit: 500 })
      expect(list.rows.some((row) => row.id === id)).toBe(true)
      expect(list.total).toBe(list.rows.length)
    })
    await at('2027-07-16', async () => expect((await due({ kind: 'expired' })).rows.find((row) => row.elderId === elderId)).toMatchObject({ kind: 'expired', since: '2027-07-16' }))
  })

  test('a hospital stay after the assessment asks for a new one', async () => {
    const elderId = await newElder()
    await complete(elderId, answersWith(), { assessedOn: '2026-07-01' })
    await t.must(clerk, 'elders.recordFacts', { id: elderId, facts: [{ key: 'hospitalised', value: true, validFrom: '2026-07-10', source: '医保住院数据' }] })
    await t.app.settle()
    expect((await due({ kind: 'event' })).rows.find((row) => row.elderId === elderId)).toMatchObject({ kind: 'event', since: '2026-07-10' })
    expect((await t.must<{ reasons: { code: string }[] }>(clerk, 'assessments.ofElder', { elderId })).reasons).toEqual([{ code: 'hospital_stay', day: '2026-07-10' }])
  })

  test('a township sees only its own people, and a foreign id is simply not there', async () => {
    const elderId = await newElder()
    const id = await complete(elderId, answersWith())
    expect(await t.outcome(elsewhere, 'assessments.get', { id })).toBe('assessments.not-found')
    expect((await t.must<{ total: number }>(elsewhere, 'assessments.list', {})).total).toBe(0)
    expect(await t.outcome(elsewhere, 'assessments.start', { elderId, reason: 'first' })).toBe('assessments.elder-not-found')
  })

  test('[A11] a result with a loss of ability that ends within 30 days opens one case, however often the day is run, and the new result closes it', async () => {
    const elderId = await newElder()
    await complete(elderId, answersWith({ 'B.1.1': '0' }))
    await at('2027-06-20', async () => {
      await t.app.tick(['500229'])
      await t.app.tick(['500229'])
      const open = async () => (await t.must<{ rows: { subjectId: string | null }[] }>(clerk, 'work.list', { type: 'assessments.expiring', limit: 500 })).rows.filter((row) => row.subjectId === elderId).length
      expect(await open()).toBe(1)
      await complete(elderId, answersWith(), { reason: 'routine' })
      await t.app.settle()
      expect(await open()).toBe(0)
    })
  })

  test('the second assessor finds what waits for a signature', async () => {
    const { id, answersHash } = await drafted(await newElder(), answersWith())
    await t.must(first, 'assessments.sign', { id, role: 'assessor', answersHash })
    const waiting = async (actor: typeof clerk) => (await t.must<{ rows: { id: string }[] }>(actor, 'assessments.list', { waitsForMe: true, limit: 500 })).rows.some((row) => row.id === id)
    expect(await waiting(second)).toBe(true)
    expect(await waiting(first)).toBe(false)
  })

  test('[A12] a dispute opens a case and the re-check closes it', async () => {
    const elderId = await newElder()
    const id = await complete(elderId, answersWith({ 'B.1.1': '0' }))
    await t.must(clerk, 'assessments.dispute', { id, from: '本人', reason: '觉得评重了一级' })
    await t.app.settle()
    const open = async () => (await t.must<{ rows: { type: string; subjectId: string | null }[] }>(clerk, 'work.list', { type: 'assessments.disputed', limit: 500 })).rows.filter((row) => row.subjectId === elderId).length
    expect(await open()).toBe(1)
    const recheck = await drafted(elderId, answersWith(), { reason: 'recheck' }, third)
    await signedBy(recheck.id, recheck.answersHash, [third, fourth])
    await t.app.settle()
    expect(await open()).toBe(0)
  })
})

describe('for those below', () => {
  test('bulk results become a history with chained signatures, facts and the newest in force', async () => {
    const elderId = await newElder()
    const prepared = (assessedOn: string, answers: Answers) => ({ elderId, region: VILLAGE, scaleId: 'gbt42195-2022', answers, assessedOn, reason: 'routine' as const, issuer: '城口县评估中心', assessors: [{ id: first.id, name: first.name }, { id: null, name: '乙某' }], informantName: '罗兴梅' })
    const ids = await t.app.runAs(program, 'demo', (tx) => insertAssessments(tx, [prepared('2026-02-01', answersWith({ 'B.1.1': '0' })), prepared('2025-02-01', answersWith())]))
    const latest = await t.app.runAs(program, 'look', async (tx) => ({ now: (await latestResults(tx, [elderId], '2026-07-16')).get(elderId), then: (await latestResults(tx, [elderId], '2025-06-01')).get(elderId) }))
    expect(latest.now).toMatchObject({ assessmentId: ids[0], levelCode: 'mild', inForce: true, validUntil: '2027-01-31' })
    expect(latest.then).toMatchObject({ assessmentId: ids[1], levelCode: 'intact' })
    const seen = await t.must<Seen>(clerk, 'assessments.get', { id: ids[0]! })
    expect(seen.chainHolds).toBe(true)
    expect(seen.comparison).toMatchObject({ totalChange: -4, direction: 'worse' })
    expect((await abilityFact(elderId)).elder.abilityLevel).toBe('mild')
  })

  test('answers and results lie sealed: no diagnosis can be read in the tables', async () => {
    const elderId = await newElder()
    await complete(elderId, answersWith({ 'A.diagnoses': ['dementia'] }))
    const text = await t.app.runAs(program, 'look', async (tx) => JSON.stringify(await tx.rows`select to_jsonb(a) as a from assessments.assessment a where elder_id = ${elderId}`) + JSON.stringify(await tx.rows`select to_jsonb(r) as r from assessments.revision r where elder_id = ${elderId}`))
    expect(text).not.toContain('dementia')
    expect(text).not.toContain('U2')
  })
})

describe('rules', () => {
  test('[A5] a signature taken out, changed or moved to another assessment breaks the chain', () => {
    const link = (prev: string | null, seq: number, name: string) => {
      const content = { assessmentId: 'a', seq, role: 'assessor' as const, signerId: name, name, answersHash: 'h', signedAtMs: seq }
      return { ...content, ...nextSignatureHash(prev, content, sm3) }
    }
    const one = link(null, 1, '甲')
    const two = link(one.hash, 2, '乙')
    expect(chainHolds([one, two], sm3)).toBe(true)
    expect(chainHolds([two], sm3)).toBe(false)
    expect(chainHolds([{ ...one, name: '丙' }, two], sm3)).toBe(false)
    expect(chainHolds([{ ...one, assessmentId: 'b' }], sm3)).toBe(false)
  })

  test('[A1] an ended result blocks nothing, the routine date opens the way', () => {
    const standing = { scale: national(), assessedOn: '2025-07-16', issuer: '城口县评估中心' }
    expect(decideStart(national(), { reason: 'routine', on: '2026-07-16' }, standing)).toEqual({ repeat: false })
    expect(decideStart(national(), { reason: 'routine', on: '2026-06-16' }, standing)).toEqual({ repeat: false })
    expect(decideStart(national(), { reason: 'routine', on: '2026-06-15' }, standing)).toMatchObject({ refused: 'assessments.valid-result' })
  })

  test('[A3] the same answers in any order give one hash', () => {
    const scale = national()
    expect(hashAnswers(scale, { b: '1', a: ['y', 'x'] }, sm3)).toBe(hashAnswers(scale, { a: ['x', 'y'], b: '1' }, sm3))
  })

  test('[A2] an answer left under a skip is dropped with a trace', () => {
    const scale = { ...national(), items: national().items.map((item) => (item.code === 'A.pain' ? { ...item, showIf: { item: 'A.coma', is: ['no'] } } : item)) }
    const moved = [...scale.items.filter((item) => item.code === 'A.coma'), ...scale.items.filter((item) => item.code !== 'A.coma')]
    const pain = scale.items.find((item) => item.code === 'A.pain')!.options![0]!.id
    const merged = mergeAnswers({ ...scale, items: moved }, { 'A.coma': 'no', 'A.pain': pain }, { 'A.coma': 'yes' })
    expect(merged).toMatchObject({ answers: { 'A.coma': 'yes' }, changes: { 'A.pain': { from: pain, to: null } } })
  })

  test('[A7] only the national scale becomes the ability level, and paper says nothing of dementia', () => {
    expect(factsOf({ id: 'ltci-2021' }, 'grade3', '2026-07-16', {})).toEqual([])
    expect(factsOf({ id: 'gbt42195-2022' }, 'mild', '2026-07-16', null).map((fact) => fact.key)).toEqual(['abilityLevel', 'abilityAssessedOn'])
    expect(factsOf({ id: 'gbt42195-2022' }, 'mild', '2026-07-16', { 'A.diagnoses': ['none'] })).toContainEqual({ key: 'cognitiveImpairment', value: false })
  })

  test('[A6] a result holds through the eve of the same day a year on', () => {
    const result = assess(national(), answersWith())
    expect(outcomeOf(national(), result as never, '2024-02-29')).toMatchObject({ validUntil: '2025-02-27', reassessFrom: '2025-01-29', dimensions: { B1: { score: 32, max: 32 }, B2: { score: 15, max: 15 } } })
  })

  test('[A9] [A10] paper levels and who is needed from when', () => {
    expect(paperFault(national(), 'none', undefined)).toBe('assessments.level-unknown')
    expect(paperFault(national(), 'total', 90)).toBeNull()
    expect(neededFrom({ status: 'active', birthDay: '1970-01-01', categories: ['specialDifficulty'] }, '2026-07-16')).toBe('2026-07-16')
    expect(neededFrom({ status: 'active', birthDay: null, categories: [] }, '2026-07-16')).toBeNull()
    expect(neededFrom({ status: 'dead', birthDay: '1940-01-01', categories: [] }, '2026-07-16')).toBeNull()
  })

  test('the answers these tests begin from sum to 90', () => {
    expect(assess(national(), answersWith())).toMatchObject({ status: 'complete', total: 90, finalLevel: 0 })
  })
})
