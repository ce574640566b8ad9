import { checkCaseType } from '@songbai/casework'
import { expect, test } from 'vitest'
import { CASE_DAYS, CASE_TYPES, caseTypeFor } from './rules-cases.ts'
import { script } from './rules-templates.ts'
import { amountSaid, becauseOf, consentProblem, dueOn, firstMonth, median, papersAsked, plain, reconcile, secondPersonMissing, type OpenOffer } from './rules.ts'

const offer = (item: string, state: OpenOffer['state'], extra: Partial<OpenOffer> = {}): OpenOffer => ({ id: `${item}-${state}`, item, state, fromMonth: null, askAgainOn: null, ...extra })
const standings = (of: Record<string, string>) => new Map(Object.entries(of))
const TODAY = '2026-07-16'

test('[O1] one offer for each spell: opened when entitled and not drawing, left alone while it stands, whatever became of it', () => {
  const entitled = standings({ a: 'entitledNotEnjoying', b: 'entitledEnjoying', c: 'unknown', d: 'notYet' })
  expect(reconcile([], entitled, null, TODAY)).toEqual({ open: ['a'], end: [], again: [] })
  for (const state of ['found', 'told', 'consented', 'checked', 'declined', 'refused'] as const) expect(reconcile([offer('a', state)], entitled, null, TODAY), state).toEqual({ open: [], end: [], again: [] })
  expect(reconcile([offer('a', 'approved', { fromMonth: '2026-08' })], entitled, null, TODAY)).toEqual({ open: [], end: [], again: [] })
})

test('[O2] an offer ends by itself with its reason, and a new spell opens a new one', () => {
  const end = (standing: string | undefined, state: OpenOffer['state'] = 'told', extra: Partial<OpenOffer> = {}) => reconcile([offer('a', state, extra)], standing ? standings({ a: standing }) : new Map(), null, TODAY).end.map((one) => one.reason)
  expect([end('no'), end('notYet'), end(undefined), end('unknown'), end('entitledEnjoying'), end('entitledEnjoying', 'approved', { fromMonth: '2026-08' })]).toEqual([['notEntitled'], ['notEntitled'], ['notEntitled'], ['unknown'], ['enjoying'], []])
  for (const gone of ['dead', 'moved', 'merged'] as const) expect(reconcile([offer('a', 'checked')], standings({ a: 'entitledNotEnjoying' }), gone, TODAY)).toEqual({ open: [], end: [{ id: 'a-checked', reason: gone }], again: [] })
  // Paid since July, and entitled without drawing in July: the payment was stopped.
  expect(reconcile([offer('a', 'approved', { fromMonth: '2026-07' })], standings({ a: 'entitledNotEnjoying' }), null, TODAY)).toEqual({ open: ['a'], end: [{ id: 'a-approved', reason: 'stopped' }], again: [] })
})

test('[O3] who declined is asked again on the day the time is up, not before and not when nothing was agreed', () => {
  const again = (askAgainOn: string | null) => reconcile([offer('a', 'declined', { askAgainOn })], standings({ a: 'entitledNotEnjoying' }), null, TODAY).again.length
  expect([again('2026-07-16'), again('2026-07-17'), again(null)]).toEqual([1, 0, 0])
})

test('[O4] the time of the rule is counted from the day of finding, in days or working days', () => {
  expect(dueOn({ days: 30 }, TODAY)).toBe('2026-08-15')
  expect(dueOn(undefined, TODAY)).toBe('2026-08-15')
  expect(dueOn({ workdays: 5 }, TODAY)).toBe('2026-07-23')
})

test('[O5] consent counts with its proof only', () => {
  const contacts = [{ id: 'd', duty: 'supporter' }, { id: 'n', duty: 'neighbour' }]
  const code = (consent: Parameters<typeof consentProblem>[0]) => consentProblem(consent, contacts)?.refused ?? 'ok'
  expect([code({ kind: 'phone' }), code({ kind: 'phone', scriptRead: true }), code({ kind: 'visit', scriptRead: false })]).toEqual(['offers.script-not-read', 'ok', 'offers.script-not-read'])
  expect([code({ kind: 'paper' }), code({ kind: 'voice', fileId: 'f' })]).toEqual(['offers.file-missing', 'ok'])
  expect([code({ kind: 'representative', contactId: 'n' }), code({ kind: 'representative', contactId: 'd' }), code({ kind: 'representative' })]).toEqual(['offers.not-representative', 'ok', 'offers.not-representative'])
})

test('[O6] papers the register holds and words the person says are never asked for as papers', () => {
  const evidence = [{ text: '身份证', how: 'auto' }, { text: '入住协议', how: 'paper' }, { text: '本人意愿', how: 'declare' }] as const
  expect(papersAsked(evidence, new Set())).toEqual(['入住协议'])
  expect(papersAsked(evidence, new Set(['入住协议']))).toEqual([])
})

test('[O7] money needs a second person, a service does not', () => {
  const cash = { kind: 'cash', amountFen: 6000, consentBy: 'a', checkedBy: 'b' }
  expect(['a', 'b', 'c'].map((actor) => secondPersonMissing(cash, actor))).toEqual([true, true, false])
  expect(secondPersonMissing({ kind: 'service', amountFen: 0, consentBy: 'a', checkedBy: 'b' }, 'b')).toBe(false)
})

test('[O8] the first month is the rule\'s, the month of consent where the rule waits for an application, else this month', () => {
  expect(firstMonth('nextMonth', '2026-04', '2026-07-10', TODAY)).toBe('2026-04')
  expect(firstMonth('nextMonth', null, '2026-12-10', TODAY)).toBe('2027-01')
  expect(firstMonth('eventMonth', null, '2026-07-10', TODAY)).toBe('2026-07')
  expect(firstMonth('applicationMonth', null, '2026-06-30', TODAY)).toBe('2026-06')
  expect(firstMonth(undefined, null, '2026-06-30', TODAY)).toBe('2026-07')
})

test('[O9] the middle of the days', () => {
  expect([median([]), median([5]), median([9, 1, 3]), median([4, 1, 3, 2])]).toEqual([null, 5, 3, 2])
})

test('[O13] the reason in a list names the conditions that hold, not the terms behind them', () => {
  const conditions = [{ must: { zh: '满80周岁（年龄不小于80）', en: 'age from 80' }, verdict: 'yes' }, { must: { zh: '本县户籍', en: 'local household' }, verdict: 'yes' }, { must: { zh: '失能', en: 'dependent' }, verdict: 'no' }]
  expect(becauseOf(conditions, { zh: '别的', en: 'other' })).toEqual({ zh: '满80周岁、本县户籍', en: 'age from 80, local household' })
  expect(becauseOf([], { zh: '别的', en: 'other' }).zh).toBe('别的')
})

test('[O10] an elder is spared hard words, and figures without a document say so', () => {
  expect(plain('因为您是“特困”老人，中度失能（本县户籍）。')).toBe('因为您是有困难老人，中度失能。'.replace('中度失能', '要人照护'))
  expect(amountSaid(6000, '分/月', true)).toEqual({ zh: '每月 60 元（样例）', en: '60 yuan a month (sample)' })
  expect(amountSaid(0, '分/月', false).zh).toBe('')
  const said = script({ name: '冉秀兰', office: '城口县养老服务', item: '高龄津贴', money: '每月 60 元', because: '', asked: [], declares: ['生存认证'] }).join('')
  expect(said).toContain('您什么都不用交')
  expect(said).toContain('生存认证')
})

test('[O11] every case type is sound, has an owner at each stage and never less time than none', () => {
  for (const type of CASE_TYPES) expect(checkCaseType(type).filter((finding) => finding.severity === 'error'), type.id).toEqual([])
  expect([caseTypeFor(30), caseTypeFor(29), caseTypeFor(1), caseTypeFor(400)]).toEqual(['offers.within30', 'offers.within20', 'offers.within5', 'offers.within180'])
  expect(new Set(CASE_TYPES.map((type) => type.id)).size).toBe(CASE_DAYS.length)
})
