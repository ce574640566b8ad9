/** What was written on this device and the server does not have yet. Pure, so that a lost connection can be tested without one. */
import type { Answers } from '@songbai/scale'

export type Value = Answers[string]
/** Item → answer, or null where an answer was taken back. */
export type Changes = Readonly<Record<string, Value | null>>

export interface Parcel {
  /** The same parcel keeps its id until the server has spoken: sent twice, done once. */
  readonly commandId: string
  readonly version: number
  readonly answers: Changes
}

export interface Draft {
  /** What the server has, and at which version. */
  readonly saved: Answers
  readonly version: number
  readonly waiting: Changes
  readonly sent: Parcel | null
  /** Items somebody else changed meanwhile to something other than what was written here. */
  readonly clashes: Changes
}

export function openDraft(saved: Answers, version: number, kept: Pick<Draft, 'waiting' | 'sent'> | null): Draft {
  return { saved, version, waiting: kept?.waiting ?? {}, sent: kept?.sent ?? null, clashes: {} }
}

function without(changes: Changes, gone: (code: string) => boolean): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([code]) => !gone(code)))
}

function laid(saved: Answers, changes: Changes): Answers {
  const answers: Answers = { ...saved }
  for (const [code, value] of Object.entries(changes)) {
    if (value === null) delete answers[code]
    else answers[code] = value
  }
  return answers
}

/** The form as the person sees it: the server's answers with everything written since. */
export function seenAnswers(draft: Draft): Answers {
  return laid(laid(draft.saved, draft.sent?.answers ?? {}), draft.waiting)
}

export function write(draft: Draft, changes: Changes): Draft {
  return { ...draft, waiting: { ...draft.waiting, ...changes } }
}

/** The next parcel to send: the one under way again, or what waits. Null when all is saved. */
export function nextParcel(draft: Draft, newId: () => string): Parcel | null {
  if (draft.sent) return draft.sent
  if (Object.keys(draft.waiting).length === 0) return null
  return { commandId: newId(), version: draft.version, answers: draft.waiting }
}

export function sending(draft: Draft, parcel: Parcel): Draft {
  return draft.sent ? draft : { ...draft, sent: parcel, waiting: {} }
}

/** The server has it. */
export function stored(draft: Draft, version: number): Draft {
  return { ...draft, saved: laid(draft.saved, draft.sent?.answers ?? {}), version, sent: null }
}

/** A rule refused the parcel: the item named is put aside, the rest waits again. */
export function refused(draft: Draft, item: string): Draft {
  return { ...draft, sent: null, waiting: without({ ...draft.sent?.answers, ...draft.waiting }, (code) => code === item) }
}

const same = (a: Value | null | undefined, b: Value | null | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Somebody saved first: their answers become the ground; what both changed differently waits for a decision, the rest is kept. */
export function rebase(draft: Draft, saved: Answers, version: number): Draft {
  const mine = { ...draft.sent?.answers, ...draft.waiting }
  const clash = (code: string): boolean => !same(saved[code], draft.saved[code]) && !same(saved[code], mine[code])
  return { saved, version, sent: null, waiting: without(mine, (code) => clash(code) || same(saved[code], mine[code])), clashes: { ...draft.clashes, ...without(mine, (code) => !clash(code)) } }
}

export function decideClash(draft: Draft, item: string, mine: boolean): Draft {
  const value = draft.clashes[item]
  const next = { ...draft, clashes: without(draft.clashes, (code) => code === item) }
  return mine && value !== undefined ? write(next, { [item]: value }) : next
}

export function unsaved(draft: Draft): number {
  return new Set([...Object.keys(draft.waiting), ...Object.keys(draft.sent?.answers ?? {})]).size
}
