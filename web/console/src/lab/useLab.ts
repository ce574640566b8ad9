import { useCallback, useEffect, useMemo, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { editTable, parseFacts, readTable, redo, startHistory, step, undo } from '@songbai/policy'
import type { FactDictionary, History, PolicyTable, TableEdit } from '@songbai/policy'
import { seeDictionary, tryOut } from '@songbai/capabilities/decide/lab/contract'
import { saveDraft } from '@songbai/capabilities/decide/policies/contract'
import type { seeVersion } from '@songbai/capabilities/decide/policies/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { firstText, useDraft } from '../policies/useDraft.ts'
import type { Draft } from '../policies/useDraft.ts'
import { useSee } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'

export type Version = OutputOf<typeof seeVersion>
export type Trial = OutputOf<typeof tryOut>

const TYPING_MS = 250

export interface Lab {
  readonly got: Version
  readonly facts: FactDictionary
  readonly text: string
  readonly table: PolicyTable | null
  readonly upper: { readonly upper?: string }
  readonly write: boolean
  readonly can: { readonly undo: boolean; readonly redo: boolean }
  readonly edit: (edit: TableEdit) => boolean
  /** A clause written, and a row that cites it: one step. */
  readonly cite: (clause: TableEdit | null, basis: TableEdit | null) => void
  readonly setText: (text: string, mark?: string) => void
  readonly undo: () => void
  readonly redo: () => void
  /** The last edit could not be done; words are the page's. */
  readonly refused: string | null
  readonly saved: Draft
  readonly trial: Trial | undefined
  readonly trialNo: No | null
  readonly trying: boolean
  readonly at: string
  readonly setAt: (day: string) => void
  readonly uses: number
  readonly setUses: (n: number) => void
  readonly question: { readonly yaml: string; readonly place: string; readonly at: string; readonly uses: number }
}

export function useDictionary(): FactDictionary | null {
  const seen = useSee(seeDictionary, {})
  return useMemo(() => {
    if (!seen.value) return null
    const read = parseFacts(seen.value.factsText)
    return 'facts' in read ? read.facts : null
  }, [seen.value])
}

/** The draft under the hands of one clerk: text with its history, kept at once in this browser, saved soon after, tried out while typing. */
export function useLab(got: Version, facts: FactDictionary): Lab {
  const { me, view } = useSession()
  const { id } = got.version
  const write = got.version.state === 'draft' && may(me, saveDraft) && !view.readOnly
  const [history, setHistory] = useState<History>(() => startHistory(firstText(got, write)))
  const [refused, setRefused] = useState<string | null>(null)
  const [at, setAt] = useState(() => firstDay(got, me.today))
  const [uses, setUses] = useState(1)
  const { text } = history
  const upper = useMemo(() => (got.upperYaml === null ? {} : { upper: got.upperYaml }), [got.upperYaml])
  const table = useMemo(() => readTable(text, facts, upper), [text, facts, upper])
  const setText = useCallback((next: string, mark?: string) => { setRefused(null); setHistory((before) => step(before, next, mark ?? null)) }, [])
  const edit = useCallback((one: TableEdit) => {
    const answer = editTable(text, facts, one, upper)
    if ('refused' in answer) {
      setRefused(answer.refused)
      return false
    }
    setText(answer.text)
    return true
  }, [text, facts, upper, setText])
  const cite = useCallback((...edits: readonly (TableEdit | null)[]) => {
    let next = text
    for (const one of edits) {
      const answer = one === null ? { text: next } : editTable(next, facts, one, upper)
      if ('refused' in answer) return setRefused(answer.refused)
      next = answer.text
    }
    setText(next)
  }, [text, facts, upper, setText])
  const saved = useDraft({ got, text, write, setText, auto: true })
  const question = useMemo(() => ({ yaml: text, place: view.region, at, uses }), [text, view.region, at, uses])
  const { trial, trialNo, trying } = useTrial(id, question)
  return {
    got, facts, text, table, upper, write, edit, cite, setText, refused, saved, trial, trialNo, trying, at, setAt, uses, setUses, question,
    can: { undo: history.past.length > 0, redo: history.future.length > 0 },
    undo: useCallback(() => setHistory(undo), []), redo: useCallback(() => setHistory(redo), []),
  }
}

/** Next month, or the day the text begins when that is later: what is written now pays then. */
function firstDay(got: Version, today: string): string {
  const from = got.version.effectiveFrom ?? null
  if (from !== null) return from > today ? from : today
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}

function useTrial(id: string, question: Lab['question']): { readonly trial: Trial | undefined; readonly trialNo: No | null; readonly trying: boolean } {
  const client = useClient()
  const [asked, setAsked] = useState(question)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(question), TYPING_MS)
    return () => clearTimeout(timer)
  }, [question])
  const { data: answer, isFetching } = useQuery({
    queryKey: [tryOut.name, id, asked], placeholderData: keepPreviousData, staleTime: 30_000,
    queryFn: ({ signal }) => client.see(tryOut, { ...asked, id }, signal),
  })
  return { trial: answer?.ok ? answer.value : undefined, trialNo: answer && !answer.ok ? answer : null, trying: isFetching || asked !== question }
}
