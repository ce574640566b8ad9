import { describe, expect, test } from 'vitest'
import { listReducer, visibleRange } from './listLogic.ts'
import type { ListAct, ListState } from './listLogic.ts'
import { monthDays } from './Pickers.tsx'
import { waitPhase } from './States.tsx'

const KEYS = ['a', 'b', 'c']
const START: ListState = { at: 0, opened: null, selected: new Set() }
const after = (...acts: readonly ListAct[]) => acts.reduce((now, act) => listReducer(now.state, act, KEYS), { state: START, page: false })

describe('list keys', () => {
  test('down and up stop at the ends', () => {
    expect(after('up').state.at).toBe(0)
    expect(after('down', 'down', 'down', 'down').state.at).toBe(2)
    expect(listReducer(START, 'down', []).state.at).toBe(0)
  })

  test('Enter opens in place, the second Enter asks for the page', () => {
    expect(after('enter')).toMatchObject({ state: { opened: 'a' }, page: false })
    expect(after('enter', 'enter').page).toBe(true)
    expect(after('enter', 'down', 'enter')).toMatchObject({ state: { opened: 'b' }, page: false })
  })

  test('a press opens and closes, and never leaves the list', () => {
    expect(after({ point: 2 }).state).toMatchObject({ at: 2, opened: 'c' })
    expect(after({ point: 2 }, { point: 2 })).toMatchObject({ state: { opened: null }, page: false })
  })

  test('X selects and lets go, keeping the earlier set unchanged', () => {
    const once = after('select')
    expect([...once.state.selected]).toEqual(['a'])
    expect([...listReducer(once.state, 'select', KEYS).state.selected]).toEqual([])
    expect([...once.state.selected]).toEqual(['a'])
  })
})

describe('what a list draws', () => {
  const view = { viewport: 360, rowHeight: 36, count: 200_000, openAt: -1, openHeight: 0 }

  test('of 200,000 rows only those in sight, with six to spare on each side', () => {
    expect(visibleRange({ ...view, top: 0 })).toEqual({ from: 0, to: 17 })
    expect(visibleRange({ ...view, top: 36 * 100_000 })).toEqual({ from: 99_994, to: 100_017 })
    expect(visibleRange({ ...view, top: 36 * 200_000 - 360 }).to).toBe(200_000)
  })

  test('an opened row pushes the rows after it down', () => {
    const open = { ...view, openAt: 2, openHeight: 300 }
    expect(visibleRange({ ...open, top: 36 * 3 + 300 + 36 * 20 }).from).toBe(17)
    expect(visibleRange({ ...open, top: 36 * 3 + 150 })).toEqual({ from: 0, to: 15 })
  })
})

describe('waiting and days', () => {
  test('nothing under 300 ms, a skeleton after, words after two seconds', () => {
    expect([0, 299, 300, 1999, 2000].map(waitPhase)).toEqual(['quiet', 'quiet', 'skeleton', 'skeleton', 'slow'])
  })

  test('a month begins under its week day, Monday first, and has all its days', () => {
    const july = monthDays('2026-07')
    expect(july.slice(0, 3)).toEqual([null, null, '2026-07-01'])
    expect(july.filter(Boolean)).toHaveLength(31)
    expect(monthDays('2024-02').filter(Boolean)).toHaveLength(29)
  })
})
