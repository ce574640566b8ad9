import { randomFillSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createIds, isId, newId } from './ids.ts'

const random = (into: Uint8Array): Uint8Array => randomFillSync(into)

test('an id carries its millisecond, version 7 and the variant of RFC 9562', () => {
  for (const ms of [0, 1, 0xffff, 0x10000, 1_784_174_400_123, 2 ** 48 - 1]) {
    const id = newId(ms, random)
    expect(isId(id)).toBe(true)
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(ms)
    expect(id).toMatch(/^.{14}7.{4}[89ab]/)
  }
})

test('ids sort in the order they were made, within a millisecond, over a full counter and when the clock steps back', () => {
  let nowMs = 1_784_174_400_000
  const next = createIds(() => nowMs, random)
  const ids: string[] = []
  for (let i = 0; i < 10_000; i++) ids.push(next())
  nowMs -= 5000
  for (let i = 0; i < 100; i++) ids.push(next())
  nowMs += 60_000
  for (let i = 0; i < 100; i++) ids.push(next())
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every(isId)).toBe(true)
})
