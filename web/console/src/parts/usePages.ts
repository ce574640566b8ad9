import { useInfiniteQuery } from '@tanstack/react-query'
import { useClient } from '@songbai/web-shared/api.ts'
import type { ActionSpec, Answer, OutputOf, SentOf } from '@songbai/web-shared/api.ts'
import type { No } from '../query.tsx'

type Paged = { readonly rows: readonly unknown[]; readonly total: number; readonly next: string | null }

export interface Pages<Row> {
  readonly rows: readonly Row[] | null
  readonly total: number
  readonly no: No | null
  readonly more: (() => void) | null
  readonly again: () => void
}

const ASLEEP: No = { ok: false, problem: { code: 'busy', id: '' } }

/** A list that comes page by page with the mark the page before handed out. Null asks nothing yet. */
export function usePages<S extends ActionSpec, Row>(spec: S, input: Omit<SentOf<S>, 'after'> | null, rowsOf: (value: OutputOf<S>) => readonly Row[]): Pages<Row> {
  const client = useClient()
  const asked = useInfiniteQuery({
    queryKey: [spec.name, 'pages', input], enabled: input !== null, initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<Answer<OutputOf<S>>> => client.see(spec, { ...input, ...(pageParam === null ? {} : { after: pageParam }) } as SentOf<S>, signal),
    getNextPageParam: (last) => (last.ok ? (last.value as Paged).next : null),
  })
  const pages = asked.data?.pages
  const bad = pages?.find((page): page is No => !page.ok)
  const good = pages?.flatMap((page) => (page.ok ? [page.value] : [])) ?? []
  return {
    rows: pages && !bad ? good.flatMap((page) => [...rowsOf(page)]) : null, total: good.length > 0 ? (good[0] as Paged).total : 0, no: asked.isError ? ASLEEP : (bad ?? null),
    more: asked.hasNextPage ? () => void asked.fetchNextPage() : null, again: () => void asked.refetch(),
  }
}
