import type { CaseRow, countCases } from '@songbai/capabilities/know/work/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import type { IconName } from '@songbai/web-shared/icons.tsx'
import type { Words } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import type { TodayItem } from './model.ts'
import { ownerSaid } from './owner.ts'
import { KIND_WORD } from './workFilter.ts'

type Both = (words: { readonly zh: string; readonly en: string }) => string

// Types are named `<capability>.<kind>`; the capability decides the drawing.
const ICONS: Readonly<Record<string, IconName>> = { elders: 'people', assessments: 'clipboard', imports: 'import', regions: 'pin', policies: 'book', entitlements: 'heart', payments: 'coin', users: 'person', indicators: 'target', offers: 'bell', messages: 'speak' }

export function iconOf(type: string): IconName {
  return ICONS[type.split('.')[0] ?? ''] ?? 'list'
}

/** Plain and bold by turns: the person in bold, named once also where the sentence names the person itself. */
export function titleParts(row: Pick<CaseRow, 'subjectName' | 'title'>, both: Both): readonly string[] {
  const title = both(row.title)
  const name = row.subjectName
  if (name === null) return [title]
  const at = title.indexOf(name)
  return at < 0 ? ['', name, ` ${title}`] : [title.slice(0, at), name, title.slice(at + name.length)]
}

/** A case as one row of 今日: the person in bold, then what is the matter. */
export function itemOf(row: CaseRow, words: Pick<Words, 't' | 'both'>): TodayItem {
  const { t, both } = words
  const move = row.moves[0]
  const { who, note } = ownerSaid(row, words)
  return {
    id: row.id, icon: iconOf(row.type),
    title: titleParts(row, both),
    evidence: [placeSaid(row.place), row.evidence && both(row.evidence)].filter(Boolean).join(' · '),
    owner: who, ...(note ? { ownerNote: note } : {}), ...(row.waitingFor ? { waitingFor: both(row.waitingFor.name) } : {}),
    startMs: row.clock.startedAt ?? row.openedAt, dueMs: row.clock.dueAt, paused: row.clock.tone === 'paused',
    verb: move ? both(move.verb) : t('work.see'),
    // A case whose steps are taken on another page leads there.
    to: move === undefined && row.link !== null ? row.link : `/work/${row.id}`,
  }
}

/** One line for what of a kind is not shown: hundreds of the same must not bury the rest. It stands where the next of them is due. */
export function moreItems(kinds: OutputOf<typeof countCases>['kinds'], rows: readonly CaseRow[], each: number, t: Words['t']): TodayItem[] {
  return kinds.flatMap(({ kind, n }) => {
    const shown = rows.filter((row) => row.type.split('.')[0] === kind)
    const last = shown[each - 1]
    if (n <= each || last === undefined || !Object.hasOwn(KIND_WORD, kind)) return []
    return [{
      id: `more-${kind}`, icon: iconOf(kind), title: [`${t(KIND_WORD[kind as keyof typeof KIND_WORD])} `, t('today.more', { n: n - each })], evidence: t('today.more.hint'), owner: t('today.more.owner'),
      startMs: last.clock.startedAt ?? last.openedAt, dueMs: last.clock.dueAt, verb: t('today.more.open'), to: kind === 'offers' ? '/offers' : `/work?who=mine&kind=${kind}`,
    }]
  })
}
