import { describe, expect, test } from 'vitest'
import { groupByClock } from './model.ts'
import type { TodayItem } from './model.ts'

const NOW = Date.UTC(2026, 6, 16, 3, 20)
/** Midnight in China. */
const END = Date.UTC(2026, 6, 16, 16, 0)
const DAY = 86_400_000
const item = (id: string, dueMs: number): TodayItem => ({ id, dueMs, icon: 'list', title: [''], evidence: '', owner: '周岚', startMs: 0, verb: '办', to: '/' })

describe('today', () => {
  test('overdue first, then by the end of today, within the week, later; soonest first in each', () => {
    const groups = groupByClock([item('later', END + 8 * DAY), item('week', END + DAY), item('over2', NOW - 1), item('today', END), item('over1', NOW - DAY)], NOW, END)
    expect(groups.map((group) => [group.kind, group.items.map((one) => one.id)])).toEqual([['over', ['over1', 'over2']], ['today', ['today']], ['week', ['week']], ['later', ['later']]])
  })

  test('a group without work is not shown, and no item is lost', () => {
    const groups = groupByClock([item('a', NOW), item('b', END + 7 * DAY)], NOW, END)
    expect(groups.map((group) => group.kind)).toEqual(['today', 'week'])
    expect(groups.flatMap((group) => group.items)).toHaveLength(2)
  })
})
