import { useCallback, useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { saveDraft, seeVersion } from '@songbai/capabilities/decide/policies/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import type { ActionSpec, Answer, OutputOf } from '@songbai/web-shared/api.ts'
import { useDo } from '../query.tsx'
import type { No } from '../query.tsx'
import { dropKept, keep, readKept, startOf } from './kept.ts'
import { createSaver } from './saver.ts'
import type { Rest, Sent } from './saver.ts'

type Version = OutputOf<typeof seeVersion>

/** What another saved while this was being written. */
export interface Torn extends Rest {
  readonly who: string
}

export interface Draft {
  readonly at: number
  /** Something typed is not stored yet. */
  readonly waiting: boolean
  readonly busy: boolean
  readonly no: No | null
  /** Nothing is sent until a person has chosen. */
  readonly torn: Torn | null
  readonly now: () => Promise<boolean>
  /** The newer published version was looked at; the draft goes on from it. */
  readonly goOn: (base: number) => Promise<boolean>
  readonly choose: (which: 'mine' | 'theirs') => void
}

const SAVING_MS = 1500
const NONE: readonly ActionSpec[] = []
const restOf = (got: Version): Rest => ({ text: got.yaml, seen: got.version.draftedAt })

/** The text a page begins with: what is kept in this browser, else what is stored. */
export function firstText(got: Version, write: boolean): string {
  return write ? startOf(readKept(localStorage, got.version.id), restOf(got)).text : got.yaml
}

/** Keeps at once in this browser and saves in one line; `auto` saves soon after each pause, else by hand alone. [P15] holds for every save. */
export function useDraft({ got, text, write, setText, auto }: { readonly got: Version; readonly text: string; readonly write: boolean; readonly setText: (text: string) => void; readonly auto: boolean }): Draft {
  const { id, note } = got.version
  const client = useClient()
  const queries = useQueryClient()
  const { run, busy, no } = useDo(saveDraft, auto ? NONE : undefined)
  const [start] = useState(() => startOf(write ? readKept(localStorage, id) : null, restOf(got)))
  const [rest, setRest] = useState<Rest>(() => (start.torn ? { text: got.yaml, seen: start.seen } : restOf(got)))
  const [torn, setTorn] = useState<Torn | null>(start.torn ? { ...restOf(got), who: got.version.draftedBy } : null)
  const refused = useRef<string | null>(null)
  const send = async (next: string, seen: number, base: number | undefined): Promise<Sent> => {
    const answer = await run({ id, yaml: next, seen, ...(base === undefined ? {} : { base }), ...(note === null ? {} : { note }) })
    if (answer.ok) {
      stored(answer.value.savedAt, next)
      return { ok: true, savedAt: answer.value.savedAt }
    }
    if ('refusal' in answer) refused.current = next
    if ('refusal' in answer && answer.refusal.code === 'policies.draft-changed') await meet()
    return { ok: false }
  }
  // The page may be left and come back to: what it begins with then is what was saved last.
  const stored = (savedAt: number, yaml: string): void => {
    queries.setQueryData<Answer<Version>>([seeVersion.name, { id }], (old) => (old?.ok ? { ...old, value: { ...old.value, yaml, version: { ...old.value.version, draftedAt: savedAt } } } : old))
    void queries.invalidateQueries({ queryKey: [seeVersion.name, { id }], refetchType: 'none' })
  }
  const meet = async (): Promise<void> => {
    const read = await client.see(seeVersion, { id })
    if (read.ok) setTorn({ ...restOf(read.value), who: read.value.version.draftedBy })
  }
  const sendNow = useRef(send)
  sendNow.current = send
  const [saver] = useState(() => createSaver(rest, (...sent) => sendNow.current(...sent), setRest))
  const waiting = write && text !== rest.text
  const now = useCallback(async () => {
    if (torn) return false
    return write && text !== saver.rest().text || saver.busy() ? saver.save(text) : true
  }, [saver, text, torn, write])
  const goOn = useCallback(async (base: number) => (torn ? false : saver.save(text, base)), [saver, text, torn])
  const choose = useCallback((which: 'mine' | 'theirs') => {
    if (!torn) return
    saver.settle({ text: torn.text, seen: torn.seen })
    refused.current = null
    setTorn(null)
    if (which === 'theirs') setText(torn.text)
  }, [saver, setText, torn])
  useEffect(() => {
    if (!write || torn) return
    if (text === rest.text) dropKept(localStorage, id)
    else keep(localStorage, id, { text, seen: rest.seen })
  }, [id, rest, text, torn, write])
  useEffect(() => {
    if (torn) keep(localStorage, id, { text, seen: rest.seen })
  }, [id, rest.seen, text, torn])
  useEffect(() => {
    // The same text is not sent again after a refusal; a changed one is. `no` is new after each failure of ours.
    if (!auto || !waiting || torn || refused.current === text) return
    const timer = setTimeout(() => void saver.save(text), SAVING_MS)
    return () => clearTimeout(timer)
  }, [auto, no, saver, text, torn, waiting])
  useEffect(() => {
    // Read anew, and another has saved meanwhile.
    if (!write || torn || saver.busy() || got.version.draftedAt <= rest.seen) return
    if (got.yaml === text || text === rest.text) {
      saver.settle(restOf(got))
      if (got.yaml !== text) setText(got.yaml)
    } else setTorn({ ...restOf(got), who: got.version.draftedBy })
  }, [got, rest, saver, setText, text, torn, write])
  return { at: rest.seen, waiting, busy, no: torn ? null : no, torn, now, goOn, choose }
}
