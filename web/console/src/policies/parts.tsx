import type { ReactNode } from 'react'
import { listDocuments } from '@songbai/capabilities/decide/policies/contract'
import type { listVersions, VERSION_STATES } from '@songbai/capabilities/decide/policies/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Chip, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useAsOf, useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import './policies.css'

export type Version = OutputOf<typeof listVersions>['versions'][number]
export type VersionState = (typeof VERSION_STATES)[number]

export const STATE_WORD = { draft: 'pol.state.draft', inReview: 'pol.state.inReview', published: 'pol.state.published', withdrawn: 'pol.state.withdrawn' } as const
export const KIND_WORD = { cash: 'ent.kind.cash', service: 'ent.kind.service', voucher: 'ent.kind.voucher' } as const

export function VersionMark({ state }: { readonly state: VersionState }) {
  const { t } = useWords()
  const word = t(STATE_WORD[state])
  if (state === 'draft') return <Chip square>{word}</Chip>
  return <StateMark state={state === 'published' ? 'yes' : state === 'inReview' ? 'notYet' : 'no'}>{word}</StateMark>
}

/** The rules that come with the software are put in by its start, not by a person. */
export function Who({ name }: { readonly name: string }) {
  const { t } = useWords()
  return <>{name === 'start' ? t('pol.byProgram') : name}</>
}

/** Two places may each have their first version: the place is part of the name. */
export function useVersionName(): (of: Pick<Version, 'version' | 'region'>) => string {
  const { t } = useWords()
  const { me } = useSession()
  return ({ version, region }) => {
    const place = /^0+$/.test(region) ? t('pol.country') : (me.places.find((one) => one.region.padEnd(12, '0') === region)?.name ?? region.slice(0, 6))
    return t('pol.versionOf', { place, n: version })
  }
}

/** `?at=…` of the top bar, for an address inside the part. */
export function useDays(): string {
  const { at, knownOn } = useAsOf()
  if (!at) return ''
  return `?at=${at}${knownOn && knownOn !== at ? `&knownOn=${knownOn}` : ''}`
}

const TABS = [{ id: 'list', to: '/policies', word: 'pol.tab.list' }, { id: 'versions', to: '/policies/versions', word: 'pol.tab.versions' }, { id: 'documents', to: '/policies/documents', word: 'pol.tab.documents' }] as const

export function PolicyTabs({ on }: { readonly on: (typeof TABS)[number]['id'] }) {
  const { t } = useWords()
  const days = useDays()
  return <nav className="tabs pol-tabs" aria-label={t('menu.policies')}>{TABS.map((tab) => <span key={tab.id} aria-current={tab.id === on ? 'page' : undefined}><To to={`${tab.to}${days}`}>{t(tab.word)}</To></span>)}</nav>
}

/** national/list.4 → the document and the clause in it; plain words where the library does not hold the document. */
export function ClauseLink({ clause, children }: { readonly clause: string; readonly children: ReactNode }) {
  const days = useDays()
  const known = useSee(listDocuments, {}).value?.documents
  const document = clause.split('/')[0] ?? clause
  if (!known?.some((one) => one.id === document)) return <>{children}</>
  return <To to={`/policies/documents/${encodeURIComponent(document)}${days ? `${days}&` : '?'}clause=${encodeURIComponent(clause)}`}>{children}</To>
}
