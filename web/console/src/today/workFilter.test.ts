import { expect, test } from 'vitest'
import { titleParts } from './caseItem.ts'
import { dueFits, readFilter } from './workFilter.ts'

const due = (iso: string | null) => ({ clock: { tone: 'grey' as const, startedAt: null, dueAt: iso === null ? null : Date.parse(iso) } })

test('what the address does not know is passed over, and what is done has no due day', () => {
  expect(readFilter(new URLSearchParams('who=you&kind=x&due=over&done=all'))).toEqual({ who: '', kind: '', due: '', done: 'all' })
  expect(readFilter(new URLSearchParams('who=mine&kind=work.manual&due=tomorrow'))).toEqual({ who: 'mine', kind: 'work.manual', due: 'tomorrow', done: '' })
})

test('due days are days of China', () => {
  expect(dueFits(due('2026-07-16T15:59:00Z'), 'today', '2026-07-16')).toBe(true)
  expect(dueFits(due('2026-07-16T16:00:00Z'), 'today', '2026-07-16')).toBe(false)
  expect(dueFits(due('2026-07-16T16:00:00Z'), 'tomorrow', '2026-07-16')).toBe(true)
  expect(dueFits(due(null), 'today', '2026-07-16')).toBe(false)
})

test('a person is named once, in bold, also where the sentence names the person', () => {
  const both = (words: { zh: string; en: string }) => words.zh
  expect(titleParts({ subjectName: '冉一', title: { zh: '冉一的评估到期', en: '' } }, both)).toEqual(['', '冉一', '的评估到期'])
  expect(titleParts({ subjectName: '冉一', title: { zh: '请核实', en: '' } }, both)).toEqual(['', '冉一', ' 请核实'])
  expect(titleParts({ subjectName: null, title: { zh: '请核实', en: '' } }, both)).toEqual(['请核实'])
})
