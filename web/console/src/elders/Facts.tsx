import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { listItems } from '@songbai/capabilities/decide/policies/contract'
import { recordFacts, revealFact, splitElders } from '@songbai/capabilities/know/elders/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Timeline } from '@songbai/web-shared/widgets/Reason.tsx'
import type { TimelineItem } from '@songbai/web-shared/widgets/Reason.tsx'
import { Secret } from '@songbai/web-shared/widgets/Secret.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useAsOf, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { useRevealFact } from './Head.tsx'
import { SplitDialog } from './MergeForms.tsx'
import { missingOf, useFactDictionary } from './dictionary.ts'
import { refSaid } from './say.ts'
import { GROUPS, chosenOf, inHead, storyOf } from './story.ts'
import type { Chosen, ElderFile, Entry, Fact, FactEntry } from './story.ts'

const CHIP = { all: 'elder.facts.all', identity: 'elder.group.identity', home: 'elder.group.home', money: 'elder.group.money', health: 'elder.group.health', other: 'elder.group.other', corrections: 'elder.facts.corrections', changes: 'elder.facts.changes' } as const
export const EVENT_WORD = { death: 'elder.event.death', deathWithdrawn: 'elder.event.deathWithdrawn', moveWithin: 'elder.event.moveWithin', moveOut: 'elder.event.moveOut', moveIn: 'elder.event.moveIn', hospitalIn: 'elder.event.hospitalIn', hospitalOut: 'elder.event.hospitalOut', benefitGranted: 'elder.event.benefitGranted', benefitStopped: 'elder.event.benefitStopped', disabilityChanged: 'elder.event.disabilityChanged', incomeChanged: 'elder.event.incomeChanged', livingChanged: 'elder.event.livingChanged', seen: 'elder.event.seen' } as const
const STATE_WORD = { applied: 'elder.eventState.applied', conflict: 'elder.eventState.conflict', unmatched: 'elder.eventState.unmatched', withdrawn: 'elder.eventState.withdrawn' } as const
const SHORT = 12

/** What is known, since when, and from where; corrections keep what stood before; what nobody has said stands at the end. */
export function Facts({ file, whole, onRecord, onAll }: { readonly file: ElderFile; readonly whole?: boolean; readonly onRecord?: (key?: string) => void; readonly onAll?: () => void }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<Chosen | 'missing'>('all')
  const story = useMemo(() => storyOf(file), [file])
  const shown = chosen === 'missing' ? [] : chosenOf(whole || chosen !== 'all' ? story : story.filter((entry) => !inHead(entry)), chosen)
  const cut = whole ? shown : shown.slice(0, SHORT)
  const items = useItems(cut, file)
  const chips = (['all', ...GROUPS, 'corrections', 'changes'] as const).filter((id) => id === 'all' || chosenOf(story, id).length > 0)
  return (
    <Card title={t('elder.facts')} className="facts" right={
      <span className="row wrap no-print">
        {chips.map((id) => <button key={id} type="button" className={chosen === id ? 'ch g sq' : 'ch sq'} aria-pressed={chosen === id} onClick={() => setChosen(id)}>{t(CHIP[id])}</button>)}
        <button type="button" className={chosen === 'missing' ? 'ch b sq' : 'ch sq'} aria-pressed={chosen === 'missing'} onClick={() => setChosen('missing')}>{t('elder.facts.missing')}</button>
      </span>}>
      {chosen === 'missing' ? <MissingFacts file={file} {...(onRecord ? { onRecord } : {})} /> : shown.length === 0 ? <p className="pad muted">{t('elder.facts.none')}</p> : <Timeline items={items} />}
      {cut.length < shown.length && onAll && <p className="pad center"><button type="button" className="lk" onClick={onAll}>{t('elder.facts.rest', { n: shown.length - cut.length })}</button></p>}
    </Card>
  )
}

function useItems(entries: readonly Entry[], file: ElderFile): readonly TimelineItem[] {
  const { t } = useWords()
  const words = useFactWords(file)
  return entries.map((entry): TimelineItem => {
    const base = { key: entry.key, day: entry.day, mark: entry.mark }
    if (entry.kind === 'fact') return { ...base, ...words(entry) }
    if (entry.kind === 'merge') return { ...base, fact: <MergeLine file={file} merge={entry.merge} />, source: entry.merge.reason }
    const { event } = entry
    return { ...base, fact: <>{event.state === 'withdrawn' ? <s>{t(EVENT_WORD[event.kind])}</s> : <b>{t(EVENT_WORD[event.kind])}</b>}{event.detail ? ` ${event.detail}` : ''}{event.state !== 'applied' && <span className={event.state === 'conflict' ? 'ch r sq' : 'ch sq'}>{t(STATE_WORD[event.state])}</span>}</>, source: [event.source, refSaid(event.sourceRef)].filter(Boolean).join(' · ') }
  })
}

const BENEFIT = 'benefit.'

/** A benefit is named as the service list names it today. */
function useLabels(file: ElderFile): (fact: Fact) => string {
  const { t, both } = useWords()
  const { at } = useAsOf()
  const items = useSee(listItems, file.facts.some((fact) => fact.key.startsWith(BENEFIT)) ? { ...(at ? { at } : {}), place: file.elder.region } : null).value?.items
  return (fact) => {
    const item = fact.key.startsWith(BENEFIT) ? items?.find((one) => one.id === fact.key.slice(BENEFIT.length)) : undefined
    return item ? t('elder.fact.benefit', { item: both(item.title) }) : both(fact.label)
  }
}

function useFactWords(file: ElderFile): (entry: FactEntry) => { readonly fact: ReactNode; readonly source: ReactNode; readonly old?: ReactNode } {
  const { t, day } = useWords()
  const label = useLabels(file)
  const value = (fact: Fact) => <Value fact={fact} label={label(fact)} elderId={file.elder.id} />
  return ({ fact, old, mark }) => {
    const ended = fact.supersededAt === null && fact.validTo ? t('elder.fact.until', { day: day(fact.validTo) }) : ''
    const body = <>{label(fact)}{t('elder.colon')}{value(fact)}{ended}</>
    const source = [mark === 'correction' ? t('elder.fact.corrected') : null, fact.source, refSaid(fact.sourceRef), fact.source.includes(fact.recorder) ? null : fact.recorder, fact.reason].filter(Boolean).join(' · ')
    if (fact.supersededAt !== null) return { fact: <s>{body}</s>, source: `${t('elder.fact.withdrawn')} · ${source}` }
    return { fact: body, source, ...(old ? { old: <>{label(old)}{t('elder.colon')}{value(old)}</> } : {}) }
  }
}

/** Facts about health and money stay on the server until somebody asks with a purpose. Numbers of papers come masked as they are. */
function Value({ fact, label, elderId }: { readonly fact: Fact; readonly label: string; readonly elderId: string }) {
  const { t, both } = useWords()
  const { me } = useSession()
  const reveal = useRevealFact(elderId, fact.id)
  if (fact.shown) return <>{both(fact.shown)}</>
  return may(me, revealFact) ? <Secret masked="＊＊＊" label={label} reveal={reveal} /> : <span className="mask" title={t('elder.noReveal')}>＊＊＊</span>
}

function MergeLine({ file, merge }: { readonly file: ElderFile; readonly merge: ElderFile['merges'][number] }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const [open, setOpen] = useState(false)
  const here = merge.keepId === file.elder.id
  return (
    <>
      <b>{t(here ? 'elder.merge.took' : 'elder.merge.went', { name: merge.dropName })}</b>
      {merge.splitAt !== null ? <span className="ch sq">{t('elder.merge.split')}</span> : may(me, splitElders) && !view.readOnly && <button type="button" className="rev" onClick={() => setOpen(true)}>{t('elder.merge.undo')}</button>}
      {open && <SplitDialog mergeId={merge.id} name={merge.dropName} onClose={() => setOpen(false)} />}
    </>
  )
}

function MissingFacts({ file, onRecord }: { readonly file: ElderFile; readonly onRecord?: (key?: string) => void }) {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const { facts } = useFactDictionary()
  const known = useMemo(() => new Set(file.facts.filter((fact) => fact.supersededAt === null).map((fact) => fact.key)), [file.facts])
  if (!facts) return <p className="pad muted">{t('state.loading')}</p>
  const missing = missingOf(facts, known)
  const canRecord = onRecord !== undefined && may(me, recordFacts) && !view.readOnly && file.elder.status === 'active'
  if (missing.length === 0) return <p className="pad muted">{t('elder.missing.nothing')}</p>
  return (
    <ul className="tl missing-list">
      {missing.map((fact) => (
        <li key={fact.id} className="missing">
          <time>{t('elder.facts.missing')}</time><span className="d" role="img" aria-label={t('timeline.missing')} />
          <span>{both(fact.label)} {fact.ask && <span className="src">{t('elder.ask', { whom: both(fact.ask) })}</span>}{canRecord && fact.recordable && <button type="button" className="rev" onClick={() => onRecord(fact.id)}><Icon name="plus" />{t('elder.fact.record')}</button>}</span>
        </li>
      ))}
    </ul>
  )
}
