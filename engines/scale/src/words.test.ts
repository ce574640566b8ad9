import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assess } from './assess.ts'
import { FAULT_WORDS, OPEN_WORDS, PROBLEM_WORDS, PROCESS_WORDS, REASON_WORDS, STEP_WORDS, adviceText, readableArgs, stepText } from './words.ts'
import { packScale } from './test-scales.ts'
import type { GoldenCase } from './test-scales.ts'
import type { Label } from './types.ts'

const folder = new URL('./golden/', import.meta.url)
const cases: GoldenCase[] = readdirSync(folder).flatMap(name => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).cases)
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '').sort()

describe('words', () => {
  const scale = packScale('gbt42195-2022')

  it('[W1] Chinese and English exist for every code and name the same figures', () => {
    const advice = [PROBLEM_WORDS, OPEN_WORDS, PROCESS_WORDS].flatMap(table => Object.values(table)).flatMap(({ what, why, todo }) => [what, why, todo])
    const labels: Label[] = [...Object.values(STEP_WORDS), ...Object.values(REASON_WORDS), ...Object.values(FAULT_WORDS), ...advice]
    for (const { zh, en } of labels) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).not.toMatch(/\p{Script=Han}/u)
      expect(places(en).filter(name => name !== 'en')).toEqual(places(zh).filter(name => name !== 'zh'))
    }
  })

  it('[W2] every step of every golden case becomes a sentence with nothing left open, in both languages', () => {
    for (const { answers } of cases) {
      const result = assess(scale, answers)
      if (result.status !== 'complete') continue
      for (const step of result.steps) for (const language of ['zh', 'en'] as const) expect(stepText(step, language)).not.toMatch(/[{}]|undefined/)
    }
  })

  it('[W2] the explanation carries the sums', () => {
    const golden = cases.find(({ name }) => name.startsWith('total 66 with U2 U3'))
    const result = assess(scale, golden?.answers ?? {})
    if (result.status !== 'complete') throw new Error('not complete')
    const text = result.steps.map(step => stepText(step, 'zh'))
    expect(text.some(line => line.includes('= 66 分'))).toBe(true)
    expect(text).toContain('66 分在 66~89 分之间，初步等级 1 级')
    expect(text).toContain('U2：确诊痴呆(F00-F03)，由 1 级改为 2 级')
    expect(text.at(-1)).toBe('最终等级：2 级 能力中度受损')
  })

  it('[W3] a problem names the item and option by their labels', () => {
    const args = readableArgs(scale, { item: 'A.diagnoses', option: 'none' }, 'zh')
    expect(adviceText(PROBLEM_WORDS.exclusive_option, args, 'zh').what).toBe('“疾病诊断”：选了“无”就不能再选其他')
  })
})
