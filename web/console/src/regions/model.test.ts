import { expect, test } from 'vitest'
import { faultOf, sent } from './model.ts'
import type { Draft } from './model.ts'

const draft: Draft = { kind: 'rename', on: '2026-07-16', from: [{ code: '500229110000', name: '咸宜镇' }], to: [{ code: '', name: '新咸宜镇', parent: '' }], children: {}, basis: '渝府发〔2026〕1号' }

test('a renamed place keeps its code unless another is written', () => {
  expect(sent(draft).to).toEqual([{ code: '500229110000', name: '新咸宜镇' }])
  expect(faultOf(draft, [])).toBeNull()
})

test('a split must say where every child goes', () => {
  const split: Draft = { ...draft, kind: 'split', to: [{ code: '500229110000', name: '', parent: '' }, { code: '500229199000', name: '新镇', parent: '' }] }
  expect(faultOf(split, ['500229110201'])).toBe('region.fault.children')
  expect(faultOf({ ...split, children: { '500229110201': '500229199000' } }, ['500229110201'])).toBeNull()
  expect(sent({ ...split, children: { '500229110201': '500229199000' } }).children).toEqual({ '500229110201': '500229199000' })
})

test('a merge needs two places before, and every change needs its basis', () => {
  expect(faultOf({ ...draft, kind: 'merge' }, [])).toBe('region.fault.from')
  expect(faultOf({ ...draft, basis: ' ' }, [])).toBe('region.fault.basis')
})
