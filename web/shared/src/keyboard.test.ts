import { describe, expect, test } from 'vitest'
import { asleep, createChords, keyName } from './keyboard.ts'

describe('keyboard', () => {
  test('letters sleep in a field, an editable text and an input method', () => {
    expect(asleep({ key: 'j' }, { tagName: 'INPUT', type: 'text' })).toBe(true)
    expect(asleep({ key: 'j' }, { tagName: 'TEXTAREA' })).toBe(true)
    expect(asleep({ key: 'j' }, { tagName: 'DIV', isContentEditable: true })).toBe(true)
    expect(asleep({ key: 'j', isComposing: true }, { tagName: 'BODY' })).toBe(true)
    expect(asleep({ key: 'Enter', keyCode: 229 }, { tagName: 'BODY' })).toBe(true)
    expect(asleep({ key: 'Process' }, null)).toBe(true)
  })

  test('a box to tick and a button are not writing', () => {
    expect(asleep({ key: 'j' }, { tagName: 'INPUT', type: 'checkbox' })).toBe(false)
    expect(asleep({ key: 'j' }, { tagName: 'BUTTON' })).toBe(false)
  })

  test('Escape and function keys work in a field, but not inside an input method', () => {
    expect(asleep({ key: 'Escape' }, { tagName: 'INPUT', type: 'text' })).toBe(false)
    expect(asleep({ key: 'F8' }, { tagName: 'INPUT', type: 'text' })).toBe(false)
    expect(asleep({ key: 'Escape', isComposing: true }, { tagName: 'INPUT', type: 'text' })).toBe(true)
  })

  test('shortcuts of the browser stay the browser\'s', () => {
    expect(keyName({ key: 'e', ctrlKey: true })).toBeNull()
    expect(keyName({ key: 'k', metaKey: true })).toBeNull()
  })

  test('caps lock and a Chinese layout give the same key', () => {
    expect(keyName({ key: 'J' })).toBe('j')
    expect(keyName({ key: '？' })).toBe('?')
    expect(keyName({ key: '、' })).toBe('/')
    expect(keyName({ key: 'ArrowUp', altKey: true })).toBe('Alt+ArrowUp')
  })

  test('g waits a second and a half for its letter', () => {
    const chord = createChords(new Set(['g']))
    expect(chord('g', 0)).toBeNull()
    expect(chord('t', 1500)).toBe('g t')
    expect(chord('t', 1600)).toBe('t')
    expect(chord('g', 2000)).toBeNull()
    expect(chord('t', 3501)).toBe('t')
  })
})
