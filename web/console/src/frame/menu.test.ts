import { describe, expect, test } from 'vitest'
import { MENU, PHONE_TABS, isOn, menuFor } from './menu.ts'

const ENTRIES = MENU.flatMap((group) => group.entries)

describe('menu', () => {
  test('only pages that exist are shown, and an empty group disappears with its heading', () => {
    expect(menuFor(['leader'], (to) => to === '/elders').map((group) => [group.word, group.entries.map((entry) => entry.to)])).toEqual([['menu.know', ['/elders']]])
  })

  test('no two entries share a key or an address, and every phone tab is an entry', () => {
    const keys = ENTRIES.flatMap((entry) => (entry.key ? [entry.key] : []))
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(ENTRIES.map((entry) => entry.to)).size).toBe(ENTRIES.length)
    expect(PHONE_TABS.filter((to) => !ENTRIES.some((entry) => entry.to === to))).toEqual([])
  })

  test('an entry lights for its own pages and not for a neighbour with the same beginning', () => {
    const elders = ENTRIES.find((entry) => entry.to === '/elders')!
    expect(isOn(elders, '/elders/0190')).toBe(true)
    expect(isOn(elders, '/eldersX')).toBe(false)
  })
})
