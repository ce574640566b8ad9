import { expect, test } from 'vitest'
import { holds, standingOf } from './roles.ts'

test('a duty holds from its first to its last day, both included', () => {
  const grant = { validFrom: '2026-07-01', validTo: '2026-07-31' }
  expect(['2026-06-30', '2026-07-01', '2026-07-31', '2026-08-01'].map((day) => holds(grant, day))).toEqual([false, true, true, false])
  expect(['2026-06-30', '2026-07-15', '2026-08-01'].map((day) => standingOf(grant, day))).toEqual(['later', 'now', 'ended'])
})
