/** What the faces may know without asking: who may decide what, the sum on the receipt, and the words of findings. */
import type { Counts, Decision } from './contract.ts'

export { FINDING_WORDS, sayFinding } from './rules-words.ts'

/** [I1] Up to here nobody has to type a number before a commit. */
export const COMMIT_WITHOUT_TYPING = 100

const PERSON = new Set(['imports.already-here', 'imports.dead-in-register', 'imports.moved-in-register', 'imports.like-somebody'])
const TWICE = new Set(['imports.twice-in-file', 'imports.like-row'])
/** Without an answer from a person these cannot be put right: which village, which of two people, what the category means. */
const MUST_BE_FIXED = new Set(['imports.place-ambiguous', 'imports.category-conflict', 'sheets.name.two_people', 'sheets.name.signs', 'sheets.id.maybe_lost', 'sheets.row.like_total'])

/**
 * [I2] What a clerk may decide about a row with these open questions. `same` only where one person of the register is meant;
 * a name or an ID number that may be damaged is corrected or left out, never waved through.
 */
export function decisionsFor(questions: readonly string[]): Decision[] {
  if (questions.length === 0) return []
  if (questions.some((code) => MUST_BE_FIXED.has(code))) return ['drop']
  if (questions.includes('imports.already-here') || questions.includes('imports.dead-in-register') || questions.includes('imports.moved-in-register')) return ['same', 'drop']
  if (questions.some((code) => PERSON.has(code))) return ['same', 'new', 'drop']
  if (questions.some((code) => TWICE.has(code))) return questions.includes('imports.like-row') ? ['new', 'drop'] : ['drop']
  return ['use', 'drop']
}

/** [I3] Every row of the sheet is in exactly one place; null when the sum does not hold (then nothing is shown as finished). */
export function equation(c: Counts): { readonly seen: number; readonly parts: readonly (readonly [keyof Counts, number])[] } | null {
  const parts = ([['imported', c.imported], ['added', c.added], ['ready', c.ready], ['error', c.error], ['question', c.question], ['dropped', c.dropped], ['skipped', c.skipped]] as const).filter(([, n]) => n > 0)
  return parts.reduce((sum, [, n]) => sum + n, 0) === c.seen ? { seen: c.seen, parts } : null
}

/** [I4] IM-2026-0716-03: the nth list of the day in the county. */
export function batchNumber(today: string, nth: number): string {
  return `IM-${today.slice(0, 4)}-${today.slice(5, 7)}${today.slice(8)}-${String(nth).padStart(2, '0')}`
}
