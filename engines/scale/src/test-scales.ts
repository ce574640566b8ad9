/** The county's scale files, read for the tests of this package. */
import { readScaleFile } from './node.ts'
import type { Answers, ScaleDefinition } from './types.ts'

export function packScale(name: string): ScaleDefinition {
  const parsed = readScaleFile(new URL(`../../../packs/scales/${name}.json`, import.meta.url))
  if ('faults' in parsed) throw new Error(`${name}: ${JSON.stringify(parsed.faults)}`)
  return parsed.scale
}

export interface GoldenCase {
  name: string
  answers: Answers
  expect:
    | { status: 'complete'; dimensions: Record<string, number>; total: number; initial: number; reasons: string[]; final: number }
    | { status: 'incomplete'; missing: string[]; refused: string[] }
}
