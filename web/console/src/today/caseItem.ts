import type { CaseRow } from '@songbai/capabilities/know/work/contract'
import type { IconName } from '@songbai/web-shared/icons.tsx'
import type { Words } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import type { TodayItem } from './model.ts'
import { ownerSaid } from './owner.ts'

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
