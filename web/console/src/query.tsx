import { useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient } from '@songbai/web-shared/api.ts'
import type { ActionSpec, Answer, OutputOf, SentOf } from '@songbai/web-shared/api.ts'
import { Refused, Trouble, Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { NotAllowedPage } from './states/pages.tsx'
import { useView } from './session.ts'

/** A refusal or a problem; what every page shows in place of the value. */
export type No = Extract<Answer<never>, { ok: false }>

export interface Seen<T> {
  readonly value: T | undefined
  readonly no: No | null
  /** A newer answer is on its way; the older one stays on screen. */
  readonly refreshing: boolean
  readonly again: () => void
}

const BROKEN: No = { ok: false, problem: { code: 'busy', id: '' } }

/** Ask a question of a contract: `useSee(listElders, { place, ...asOf })`. Pass null to ask nothing yet. */
export function useSee<S extends ActionSpec>(spec: S, input: SentOf<S> | null): Seen<OutputOf<S>> {
  const client = useClient()
  const asked = useQuery({
    queryKey: [spec.name, input], enabled: input !== null, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.see(spec, input as SentOf<S>, signal),
  })
  const again = useCallback(() => void asked.refetch(), [asked.refetch])
  const answer = asked.data
  return { value: answer?.ok ? answer.value : undefined, no: asked.isError ? BROKEN : answer && !answer.ok ? answer : null, refreshing: asked.isFetching, again }
}

export interface Doing<S extends ActionSpec> {
  readonly run: (input: SentOf<S>) => Promise<Answer<OutputOf<S>>>
  readonly busy: boolean
  readonly no: No | null
  readonly forget: () => void
}

/**
 * Do a deed of a contract. On another day than today nothing is sent and the answer is the problem `pastDay`.
 * A deed that went well makes every question on screen ask again; name questions in `refresh` to ask only those.
 */
export function useDo<S extends ActionSpec>(spec: S, refresh?: readonly ActionSpec[]): Doing<S> {
  const client = useClient()
  const queries = useQueryClient()
  const { readOnly } = useView()
  const [busy, setBusy] = useState(false)
  const [no, setNo] = useState<No | null>(null)
  const run = useCallback(async (input: SentOf<S>): Promise<Answer<OutputOf<S>>> => {
    if (readOnly) {
      const past: No = { ok: false, problem: { code: 'pastDay', id: '' } }
      setNo(past)
      return past
    }
    setBusy(true)
    const answer = await client.do(spec, input)
    setBusy(false)
    setNo(answer.ok ? null : answer)
    if (answer.ok) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && (!refresh || refresh.some((one) => one.name === queryKey[0])) })
    return answer
  }, [client, queries, readOnly, refresh, spec])
  return { run, busy, no, forget: useCallback(() => setNo(null), []) }
}

/** The two dates of the top bar as contracts want them; empty for today, so that today's answers share one cache. */
export function useAsOf(): { readonly at?: string; readonly knownOn?: string } {
  const { at, knownOn, readOnly } = useView()
  return useMemo(() => (readOnly ? { at, knownOn } : {}), [at, knownOn, readOnly])
}

/** A refusal in three parts or our fault in one sentence; nothing when there is neither. */
export function SayNo({ no, onRetry, actions, page }: { /** In place of a whole page: what it says is the heading. */ readonly page?: boolean; readonly no: No | null; readonly onRetry?: () => void; readonly actions?: ReactNode }) {
  if (!no) return null
  if ('refusal' in no) return <Refused code={no.refusal.code} args={no.refusal.args} page={page === true} {...(actions ? { actions } : {})} />
  return <Trouble code={no.problem.code} id={no.problem.id} {...(onRetry ? { onRetry } : {})} />
}

/** The value when it came, the right waiting until then, and the right words when it will not come. */
export function Show<T>({ seen, children, rows, page }: { /** The value is the whole page. */ readonly page?: boolean; readonly seen: Seen<T>; readonly children: (value: T) => ReactNode; readonly rows?: number }) {
  if (seen.no && 'problem' in seen.no && (seen.no.problem.code === 'notFound' || seen.no.problem.code === 'notAllowed')) return <NotAllowedPage />
  if (seen.no) return <SayNo no={seen.no} onRetry={seen.again} page={page === true} />
  return <Waiting for={seen.value} {...(rows ? { rows } : {})}>{children}</Waiting>
}
