import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { saveAnswers, seeAssessment } from '@songbai/capabilities/know/assessments/contract'
import { newId } from '@songbai/platform/ids'
import type { Answers } from '@songbai/scale'
import { useClient } from '@songbai/web-shared/api.ts'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import type { No } from '../query.tsx'
import { decideClash, nextParcel, openDraft, rebase, refused, seenAnswers, sending, stored, unsaved, write } from './draftLogic.ts'
import type { Changes, Draft } from './draftLogic.ts'

type Assessment = OutputOf<typeof seeAssessment>
type Saved = OutputOf<typeof saveAnswers>

export type SaveState =
  | { readonly kind: 'saved'; readonly atMs: number | null }
  | { readonly kind: 'saving' }
  /** No connection, or the server is busy: it goes on trying. */
  | { readonly kind: 'waiting'; readonly n: number }
  /** Somebody else signed or cancelled it: nothing more can be saved. */
  | { readonly kind: 'stopped'; readonly n: number }

export interface DraftForm {
  readonly answers: Answers
  readonly state: SaveState
  readonly answersHash: string | null
  readonly alerts: Saved['alerts']
  readonly clashes: Changes
  /** The last refusal: a bad answer names its item. */
  readonly no: No | null
  readonly write: (changes: Changes) => void
  readonly decide: (item: string, mine: boolean) => void
  readonly retry: () => void
}

const PAUSE_MS = 350
const RETRY_MS = 5000

const place = (id: string): string => `songbai.assessment.${id}`

function kept(id: string): Pick<Draft, 'waiting' | 'sent'> | null {
  try {
    const text = localStorage.getItem(place(id))
    return text ? (JSON.parse(text) as Pick<Draft, 'waiting' | 'sent'>) : null
  } catch {
    // A browser that forbids storage, or a damaged entry: the form works, it only does not survive a reload.
    return null
  }
}

function keep(id: string, draft: Draft): void {
  try {
    if (unsaved(draft) === 0) localStorage.removeItem(place(id))
    else localStorage.setItem(place(id), JSON.stringify({ waiting: draft.waiting, sent: draft.sent }))
  } catch {
    // As above.
  }
}

const random = (into: Uint8Array): Uint8Array => globalThis.crypto.getRandomValues(into as Uint8Array<ArrayBuffer>)

/** Saves each change after a short pause; "saved" is said only after the server's answer; without one the change stays in this browser and is sent again. */
export function useDraft(seen: Assessment): DraftForm {
  const client = useClient()
  const { id } = seen.assessment
  const draft = useRef<Draft>(null as unknown as Draft)
  draft.current ??= openDraft(seen.answers, seen.assessment.version, kept(id))
  const [, show] = useReducer((turn: number) => turn + 1, 0)
  const [state, setState] = useState<SaveState>({ kind: 'saved', atMs: null })
  const [after, setAfter] = useState<Pick<Saved, 'answersHash' | 'alerts'>>({ answersHash: seen.assessment.answersHash ?? '', alerts: [] })
  const [no, setNo] = useState<No | null>(null)
  const busy = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const set = useCallback((next: Draft) => {
    draft.current = next
    keep(id, next)
    show()
  }, [id])

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current)
    const parcel = nextParcel(draft.current, () => newId(Date.now(), random))
    if (busy.current || !parcel) return
    busy.current = true
    set(sending(draft.current, parcel))
    setState({ kind: 'saving' })
    const answer = await client.do(saveAnswers, { id, version: parcel.version, answers: parcel.answers }, parcel.commandId)
    busy.current = false
    if (answer.ok) {
      set(stored(draft.current, answer.value.version))
      setAfter(answer.value)
      setNo(null)
      setState({ kind: 'saved', atMs: Date.now() })
      return flush()
    }
    if ('problem' in answer) {
      setState({ kind: 'waiting', n: unsaved(draft.current) })
      timer.current = setTimeout(() => void flush(), RETRY_MS)
      return
    }
    setNo(answer)
    const { code, args } = answer.refusal
    if (code === 'assessments.bad-answer') {
      set(refused(draft.current, String(args['item'])))
      return flush()
    }
    if (code !== 'assessments.version-changed') return setState({ kind: 'stopped', n: unsaved(draft.current) })
    const newest = await client.see(seeAssessment, { id })
    if (!newest.ok) {
      setState({ kind: 'waiting', n: unsaved(draft.current) })
      timer.current = setTimeout(() => void flush(), RETRY_MS)
      return
    }
    set(rebase(draft.current, newest.value.answers, newest.value.assessment.version))
    setAfter((before) => ({ ...before, answersHash: newest.value.assessment.answersHash ?? before.answersHash }))
    return flush()
  }, [client, id, set])

  useEffect(() => {
    const online = (): void => void flush()
    window.addEventListener('online', online)
    if (unsaved(draft.current) > 0) void flush()
    return () => {
      window.removeEventListener('online', online)
      clearTimeout(timer.current)
      // Leaving the page must not wait for the pause: what is written goes out now, and stays in this browser if it cannot.
      void flush()
    }
  }, [flush])

  // The page asked again and somebody else had saved: their answers come in, what was written here stays on top.
  useEffect(() => {
    if (busy.current || draft.current.sent || seen.assessment.version <= draft.current.version) return
    set(rebase(draft.current, seen.answers, seen.assessment.version))
    setAfter((before) => ({ ...before, answersHash: seen.assessment.answersHash ?? before.answersHash }))
  }, [seen, set])

  const writeNow = useCallback((changes: Changes) => {
    set(write(draft.current, changes))
    setState((before) => (before.kind === 'waiting' ? { kind: 'waiting', n: unsaved(draft.current) } : { kind: 'saving' }))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), PAUSE_MS)
  }, [flush, set])
  const decide = useCallback((item: string, mine: boolean) => {
    set(decideClash(draft.current, item, mine))
    void flush()
  }, [flush, set])
  return { answers: seenAnswers(draft.current), state, answersHash: after.answersHash || null, alerts: after.alerts, clashes: draft.current.clashes, no, write: writeNow, decide, retry: () => void flush() }
}
