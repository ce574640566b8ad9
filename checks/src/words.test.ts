import { capabilities } from '@songbai/capabilities'
import { expect, test } from 'vitest'
import { en, zh } from '@songbai/web-shared/words/catalogue.ts'

const REFUSALS = new Set(capabilities.flatMap((capability) => capability.actions.flatMap((action) => action.spec.refusals)))

test('[K1] every refusal has its words in Chinese and in English', () => {
  for (const words of [zh, en] as Record<string, unknown>[]) {
    expect([...REFUSALS].filter((code) => !(`refusal.${code}` in words) && !(`refusal.${code}.what` in words))).toEqual([])
  }
})

test('[K2] no words are kept for a refusal nobody gives', () => {
  const kept = new Set(Object.keys(zh).filter((key) => key.startsWith('refusal.')).map((key) => key.replace(/^refusal\./, '').replace(/\.(what|why|now)$/, '')))
  // Said by the faces and the platform themselves, not by a capability.
  const general = ['unknownCode', 'wrongCode', 'system.task-not-found', 'system.task-already-ended', 'system.task-of-another']
  expect([...kept].filter((code) => !REFUSALS.has(code) && !general.includes(code))).toEqual([])
})
