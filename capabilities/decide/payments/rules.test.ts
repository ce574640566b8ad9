import { checkCaseType } from '@songbai/casework'
import { expect, test } from 'vitest'
import { RECOUP } from './rules-cases.ts'
import { notInGbk, toGbk, unwritable } from './rules-gbk.ts'
import { LAYOUTS, layoutOf, readAnswer, writeFile, type FilePerson } from './rules-layouts.ts'
import { afterDeath, change, findingsOf, firstMonth, lineOf, maskName, mayRelease, mayWriteOff, readAccountNumber, type Due, type LineInput } from './rules.ts'

const due = (amountFen: number, code = 'full'): Due => ({ amountFen, days: 30, code })
const input = (more: Partial<LineInput>): LineInput => ({ month: '2026-07', grant: { sinceMonth: '2026-05', untilMonth: null, settledThrough: null }, lookBackMonths: 12, dues: new Map([['2026-05', due(60)], ['2026-06', due(60)], ['2026-07', due(60)]]), paid: new Map(), again: [], plans: [], hasAccount: true, ...more })

test('[Y1] [Y2] this month and whatever earlier months still lack', () => {
  expect(lineOf(input({}))).toMatchObject({ dueFen: 60, arrearsFen: 120, payFen: 180 })
  expect(lineOf(input({ paid: new Map([['2026-05', 60], ['2026-06', 20]]) }))).toMatchObject({ dueFen: 60, arrearsFen: 40, payFen: 100 })
  expect(lineOf(input({ paid: new Map([['2026-05', 60], ['2026-06', 60], ['2026-07', 60]]) }))).toMatchObject({ payFen: 0 })
})

test('[Y3] what was paid too much is not taken silently', () => {
  expect(lineOf(input({ paid: new Map([['2026-05', 100], ['2026-06', 60]]) }))).toMatchObject({ dueFen: 60, overFen: 40, payFen: 60 })
})

test('[Y4] a missing fact holds the line and records nothing as paid; so does a missing account', () => {
  const dues = new Map([['2026-06', due(60)], ['2026-07', due(0, 'unknown')]])
  expect(lineOf(input({ dues, paid: new Map([['2026-05', 60]]) }))).toMatchObject({ held: 'unknown', payFen: 0, parts: [{ kind: 'overpaid', month: '2026-05' }] })
  expect(lineOf(input({ hasAccount: false }))).toMatchObject({ held: 'noAccount', payFen: 0, parts: [] })
  expect(lineOf(input({ hasAccount: false, dues: new Map([['2026-07', due(0, 'gone')]]) }))).toMatchObject({ held: null, stopped: 'gone' })
})

test('[Y5] offsets: only decided plans, at most their share, never returned money', () => {
  const plan = { id: 'r', leftFen: 500, plan: 'offset' as const, sharePercent: 50 }
  const paid = new Map([['2026-05', 60], ['2026-06', 60]])
  expect(lineOf(input({ paid, plans: [plan], again: [{ id: 'a', amountFen: 60, month: '2026-06' }] }))).toMatchObject({ dueFen: 60, againFen: 60, offsetFen: 30, payFen: 90 })
  expect(lineOf(input({ paid, plans: [{ ...plan, leftFen: 10 }] }))).toMatchObject({ offsetFen: 10, payFen: 50 })
  expect(lineOf(input({ paid, plans: [{ ...plan, plan: 'undecided' }, { ...plan, plan: 'instalments' }] }))).toMatchObject({ offsetFen: 0 })
  expect(lineOf(input({ paid, plans: [plan, { ...plan, id: 's' }] }))).toMatchObject({ offsetFen: 30, payFen: 30 })
  expect(lineOf(input({ paid, plans: [{ ...plan, sharePercent: 100 }, { ...plan, id: 's', sharePercent: 100 }] }))).toMatchObject({ offsetFen: 60, payFen: 0 })
})

test('[Y6] who stops and why', () => {
  for (const [code, reason] of [['gone', 'gone'], ['no', 'no'], ['suspended', 'suspended'], ['displaced', 'displaced'], ['over', 'over']]) expect(lineOf(input({ dues: new Map([['2026-07', due(0, code)]]) })).stopped).toBe(reason)
  expect(lineOf(input({ dues: new Map() })).stopped).toBe('unregistered')
  expect(lineOf(input({ dues: new Map([['2026-07', due(0, 'waits')]]) })).stopped).toBeNull()
  expect(lineOf(input({ grant: { sinceMonth: '2026-05', untilMonth: '2026-06', settledThrough: null } }))).toMatchObject({ stopped: 'over', dueFen: 0, arrearsFen: 120 })
})

test('a batch looks back to the grant, to what was settled, to the look-back, whichever is last', () => {
  const grant = { sinceMonth: '2024-01', untilMonth: null, settledThrough: null }
  expect(firstMonth(grant, '2026-07', 12)).toBe('2025-07')
  expect(firstMonth({ ...grant, settledThrough: '2026-05' }, '2026-07', 12)).toBe('2026-06')
  expect(firstMonth({ ...grant, sinceMonth: '2026-07' }, '2026-07', 12)).toBe('2026-07')
})

test('[Y7] who drafted does not release; neither does anybody what is unchecked or overtaken', () => {
  expect(mayRelease({ state: 'checked', draftedBy: 'a', stale: null }, 'a')).toMatchObject({ refused: 'payments.second-person' })
  expect(mayRelease({ state: 'checked', draftedBy: 'a', stale: null }, 'b')).toBeNull()
  expect(mayRelease({ state: 'draft', draftedBy: 'a', stale: null }, 'b')).toMatchObject({ refused: 'payments.not-checked' })
  expect(mayRelease({ state: 'checked', draftedBy: 'a', stale: 'died' }, 'b')).toMatchObject({ refused: 'payments.stale' })
  expect(mayRelease({ state: 'settled', draftedBy: 'a', stale: null }, 'b')).toMatchObject({ refused: 'payments.released-already' })
})

test('[Y8] findings say stop or look, and only what was found', () => {
  expect(findingsOf({ deadPaid: 1, noAccount: 2, twice: 0 })).toEqual([{ code: 'deadPaid', severity: 'stop', count: 1 }, { code: 'noAccount', severity: 'look', count: 2 }])
})

test('[Y9] the month of death is the last, and the months of grace after it', () => {
  expect([afterDeath('2026-05', '2026-05-31', 0), afterDeath('2026-06', '2026-05-31', 0), afterDeath('2026-06', '2026-05-31', 1), afterDeath('2027-01', '2026-12-01', 0)]).toEqual([false, true, false, true])
})

test('[Y10] a claim is given up by two people', () => {
  expect(mayWriteOff({ state: 'open', leftFen: 5, writeOffBy: null }, 'b')).toMatchObject({ refused: 'payments.write-off-not-asked' })
  expect(mayWriteOff({ state: 'open', leftFen: 5, writeOffBy: 'b' }, 'b')).toMatchObject({ refused: 'payments.second-person' })
  expect(mayWriteOff({ state: 'closed', leftFen: 0, writeOffBy: 'a' }, 'b')).toMatchObject({ refused: 'payments.recoup-closed' })
  expect(mayWriteOff({ state: 'open', leftFen: 5, writeOffBy: 'a' }, 'b')).toBeNull()
})

test('[Y11] account numbers as people write them', () => {
  expect(readAccountNumber(' 6217 0000-1234 5678 ')).toBe('6217000012345678')
  expect(readAccountNumber('６２１７００００１２３４')).toBe('621700001234')
  expect(readAccountNumber('6217')).toMatchObject({ refused: 'payments.account-malformed' })
  expect(readAccountNumber('62170000ABCD')).toMatchObject({ refused: 'payments.account-malformed' })
})

test('[Y12] names on a notice, also of two, of four and of one character', () => {
  expect(['冉启秀', '王芳', '欧阳建国', '阿'].map(maskName)).toEqual(['冉*秀', '王*', '欧*建国', '*'])
  expect([change(null, 5), change(5, 0), change(5, 6), change(5, 5), change(null, 0)]).toEqual(['began', 'ended', 'changed', 'same', 'none'])
})

const people: FilePerson[] = [{ no: 1, holder: '冉启秀', account: '6217000012345678', bank: '城口农商行', payFen: 6005, itemTitle: '高龄津贴' }, { no: 2, holder: '王"芳', account: '6217000012345679', bank: '甲,乙行', payFen: 12000, itemTitle: '高龄津贴' }]
const head = { batch: 'FF-202607-01', month: '2026-07', day: '2026-07-16', people: 2, payFen: 18005 }

test('[B1] a fixed column has its width in bytes; what does not fit is a mistake', () => {
  const layout = layoutOf('fixed-gbk')!
  const text = new TextDecoder('gbk').decode(writeFile(layout, head, people))
  const lines = text.split('\r\n').filter((line) => line !== '')
  const width = (line: string) => toGbk(line).length
  expect(lines.map(width)).toEqual([34, 96, 96, 24])
  expect(lines[1]).toContain('冉启秀')
  expect(() => writeFile(layout, head, [{ ...people[0]!, holder: '名'.repeat(21) }])).toThrow(/longer/)
})

test('[B2] GBK: every letter back as it was, a letter the set lacks stops the file', () => {
  const text = '城口县咸宜镇冉秀兰，龑喆镕，￥１２３ abc'
  expect(new TextDecoder('gbk').decode(toGbk(text))).toBe(text)
  expect(notInGbk('𬸚冉䶮')).toEqual(['𬸚', '䶮'])
  expect(() => toGbk('𬸚')).toThrow()
  expect(unwritable([{ no: 3, holder: '李𬸚', bank: '行' }])).toEqual([{ no: 3, holder: '李𬸚', letters: '𬸚' }])
})

test('[B3] every layout carries people and amount, a cell with the separator stays one cell, all are marked as samples', () => {
  for (const layout of LAYOUTS) {
    expect(layout.sample).toBe(true)
    const text = new TextDecoder(layout.encoding).decode(writeFile(layout, head, people))
    const totals = text.split('\r\n').filter((line) => line !== '')[layout.tail ? text.split('\r\n').filter((line) => line !== '').length - 1 : 0]!
    expect(totals).toMatch(layout.id === 'csv-utf8' ? /2,180\.05/ : /0*2.*18005/)
  }
  expect(new TextDecoder().decode(writeFile(layoutOf('csv-utf8')!, head, people))).toContain('"王""芳",6217000012345679,"甲,乙行",120.00')
})

test('[B4] the answer of the bank in any of its writings; what is no line is given back', () => {
  const csv = readAnswer(layoutOf('csv-utf8')!, new TextEncoder().encode('序号,金额,结果,原因\r\n1,60.05,成功,\r\n2,120,失败,账号不存在\r\n\r\n'))
  expect(csv).toEqual({ rows: [{ no: 1, amountFen: 6005, paid: true, reason: '成功' }, { no: 2, amountFen: 12000, paid: false, reason: '账号不存在' }], odd: [{ line: 1, text: '序号,金额,结果,原因' }] })
  const bars = readAnswer(layoutOf('card-gbk')!, toGbk('D|1|6005|00|\r\nD|2|12000|14|户名不符'))
  expect(bars.rows).toEqual([{ no: 1, amountFen: 6005, paid: true, reason: '00' }, { no: 2, amountFen: 12000, paid: false, reason: '户名不符' }])
  expect(readAnswer(layoutOf('csv-utf8')!, new TextEncoder().encode('1,60.005,成功')).odd).toHaveLength(1)
})

test('the case of a claim is sound', () => {
  expect(checkCaseType(RECOUP).filter((finding) => finding.severity === 'error')).toEqual([])
})
