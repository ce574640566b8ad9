import { describe, expect, test } from 'vitest'
import { decideClash, nextParcel, openDraft, rebase, refused, seenAnswers, sending, stored, unsaved, write } from './draftLogic.ts'

let n = 0
const id = () => `id-${++n}`

describe('what is written on a tablet', () => {
  test('an answer is seen at once and counts as unsaved until the server has it', () => {
    let draft = write(openDraft({ a: '1' }, 3, null), { b: '2' })
    expect(seenAnswers(draft)).toEqual({ a: '1', b: '2' })
    expect(unsaved(draft)).toBe(1)
    const parcel = nextParcel(draft, id)!
    expect(parcel).toMatchObject({ version: 3, answers: { b: '2' } })
    draft = stored(sending(draft, parcel), 4)
    expect(unsaved(draft)).toBe(0)
    expect(draft).toMatchObject({ saved: { a: '1', b: '2' }, version: 4 })
    expect(nextParcel(draft, id)).toBeNull()
  })

  test('a parcel that got no answer goes again under the same id; what is written meanwhile waits behind it', () => {
    let draft = write(openDraft({}, 0, null), { a: '1' })
    const parcel = nextParcel(draft, id)!
    draft = write(sending(draft, parcel), { a: '2', b: '3' })
    expect(nextParcel(draft, id)).toBe(parcel)
    expect(seenAnswers(draft)).toEqual({ a: '2', b: '3' })
    draft = stored(draft, 1)
    expect(nextParcel(draft, id)).toMatchObject({ version: 1, answers: { a: '2', b: '3' } })
  })

  test('a page opened again goes on with what this browser kept', () => {
    const kept = sending(write(openDraft({}, 0, null), { a: '1' }), { commandId: 'x', version: 0, answers: { a: '1' } })
    expect(seenAnswers(openDraft({}, 0, kept))).toEqual({ a: '1' })
  })

  test('a refused item is put aside, the others go on', () => {
    const draft = write(openDraft({}, 0, null), { a: '1', b: '9' })
    expect(nextParcel(refused(sending(draft, nextParcel(draft, id)!), 'b'), id)).toMatchObject({ answers: { a: '1' } })
  })

  test('somebody saved first: what both changed differently waits for a decision, nothing is overwritten', () => {
    let draft = write(openDraft({ a: '1', b: '1', c: '1' }, 1, null), { a: '2', b: '3', c: null })
    draft = rebase(draft, { a: '4', b: '1', c: '1' }, 2)
    expect(draft.clashes).toEqual({ a: '2' })
    expect(draft.waiting).toEqual({ b: '3', c: null })
    expect(seenAnswers(draft)).toEqual({ a: '4', b: '3' })
    expect(seenAnswers(decideClash(draft, 'a', true))).toEqual({ a: '2', b: '3' })
    expect(seenAnswers(decideClash(draft, 'a', false))).toEqual({ a: '4', b: '3' })
  })
})
