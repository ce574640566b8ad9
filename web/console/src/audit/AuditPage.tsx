import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { seeRegion } from '@songbai/capabilities/know/regions/contract'
import { listUsers } from '@songbai/capabilities/know/users/contract'
import { seeElder } from '@songbai/capabilities/know/elders/contract'
import { seeAudit, verifyAuditChain } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState, Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, chinaTime, formatNumber } from '@songbai/web-shared/words/format.ts'
import { problemWords, refusalWords } from '@songbai/web-shared/words/translate.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice, DayWord } from '../parts/Fields.tsx'
import { SayNo, useSee } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { NotAllowedPage } from '../states/pages.tsx'
import { ACTIONS, DOORS, doorWord, fits, subjectPage, whatWord } from './model.ts'
import type { AuditFilter, AuditLine } from './model.ts'
import './audit.css'

const PAGE = 500

function useFilter() {
  const [params, setParams] = useSearchParams()
  const get = (key: string) => params.get(key) ?? ''
  const filter = { who: get('who'), action: get('action'), door: get('door'), outcome: get('outcome'), from: get('from'), to: get('to'), subject: get('subject') }
  const put = (key: keyof typeof filter, value: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (value) after.set(key, value)
    else after.delete(key)
    return after
  }, { replace: true })
  return { filter, put, clear: () => setParams({}) }
}

type Filter = ReturnType<typeof useFilter>

function useLines(filter: Filter['filter'], allowed: boolean) {
  const client = useClient()
  const input = { limit: PAGE, ...(filter.action ? { action: filter.action } : {}), ...(filter.from ? { from: filter.from } : {}), ...(filter.to ? { to: filter.to } : {}), ...(filter.subject ? { subjectId: filter.subject } : {}) }
  const asked = useInfiniteQuery({
    queryKey: [seeAudit.name, input], enabled: allowed, initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => client.see(seeAudit, { ...input, ...(pageParam === null ? {} : { beforeAt: pageParam }) }, signal),
    getNextPageParam: (last) => (last.ok && last.value.more ? (last.value.lines.at(-1)?.at ?? null) : null),
  })
  const no = asked.data?.pages.find((page): page is No => !page.ok) ?? null
  // Lines of one instant may come twice at the seam of two pages.
  const lines = asked.data && !no ? [...new Map(asked.data.pages.flatMap((page) => (page.ok ? page.value.lines : [])).map((line) => [line.id, line])).values()] : null
  return { lines, no, more: asked.hasNextPage ? () => void asked.fetchNextPage() : null, again: () => void asked.refetch() }
}

/** Who did what, when, through which door, and how it ended; and whether anybody changed the log. */
export default function AuditPage() {
  const { t, rich } = useWords()
  const { me } = useSession()
  const filtering = useFilter()
  const allowed = may(me, seeAudit)
  const { lines, no, more, again } = useLines(filtering.filter, allowed)
  const rows = useMemo(() => lines?.filter((line) => fits(line, filtering.filter as AuditFilter)) ?? null, [lines, filtering.filter])
  if (!allowed) return <NotAllowedPage />
  return (
    <div className="page">
      <Briefing title={t('audit.title')} actions={<button type="button" className="b" onClick={() => window.print()}><Icon name="print" />{t('audit.print')}</button>}>{rows && rich('audit.brief', { n: <b>{formatNumber(rows.length)}</b> })}</Briefing>
      <Verify />
      <SayNo no={no} onRetry={again} />
      <div className="no-print"><Lines rows={rows} filtering={filtering} more={more} fetched={lines?.length ?? 0} /></div>
      <PrintedLines rows={rows ?? []} />
    </div>
  )
}

function Verify() {
  const { t } = useWords()
  const [asked, setAsked] = useState(false)
  const seen = useSee(verifyAuditChain, asked ? {} : null)
  return (
    <Card className="pad verify">
      <div className="row wrap">
        <button type="button" className="b p no-print" onClick={() => (asked ? seen.again() : setAsked(true))}><Icon name="shield" />{t('audit.verify')}</button>
        {!asked && <span className="muted sm">{t('audit.verify.lead')}</span>}
        {asked && <SayNo no={seen.no} onRetry={seen.again} />}
        {asked && !seen.no && <Waiting for={seen.refreshing ? undefined : seen.value} rows={1} columns={2}>{(got) => <VerifyResult got={got} />}</Waiting>}
      </div>
    </Card>
  )
}

function VerifyResult({ got }: { readonly got: { readonly lines: number; readonly waiting: number; readonly headHash: string; readonly fault: { readonly seq: number } | null } }) {
  const { t } = useWords()
  return (
    <div className="grow">
      {got.fault === null
        ? <StateMark state="yes">{t('audit.verify.whole', { n: formatNumber(got.lines) })}</StateMark>
        : <StateMark state="alarm">{t('audit.verify.fault', { n: formatNumber(got.fault.seq), good: formatNumber(got.lines) })}</StateMark>}
      <div className="sm muted">{got.waiting > 0 && t('audit.verify.waiting', { n: formatNumber(got.waiting) })}{t('audit.verify.head')} <code className="hash">{got.headHash}</code></div>
      <div className="sm muted">{t(got.fault === null ? 'audit.verify.keep' : 'audit.verify.now')}</div>
    </div>
  )
}

function Sentence({ filtering: { filter, put } }: { readonly filtering: Filter }) {
  const { t, both } = useWords()
  const actions = useMemo(() => [...ACTIONS].map(([id, title]) => ({ id, name: both(title) })).sort((a, b) => a.id.localeCompare(b.id)), [both])
  const doors = [...new Set(Object.values(DOORS))].map((id) => ({ id, name: t(id) }))
  return (
    <div className="sentence">
      <DayWord label={t('audit.from')} value={filter.from} onDay={(day) => put('from', day)} />
      <DayWord label={t('audit.to')} value={filter.to} onDay={(day) => put('to', day)} />
      <label className="row">{t('audit.who')}<input className="in" value={filter.who} placeholder={t('audit.anyone')} onChange={(event) => put('who', event.target.value.trim())} /></label>
      <Choice label={t('audit.what')} value={filter.action} options={[{ id: '', name: t('audit.anything') }, ...actions]} onPick={(id) => put('action', id)} />
      <Choice label={t('audit.door')} value={filter.door} options={[{ id: '', name: t('audit.anyDoor') }, ...doors]} onPick={(id) => put('door', id)} />
      <Choice label={t('audit.outcome')} value={filter.outcome} options={[{ id: '', name: t('audit.anyOutcome') }, { id: 'done', name: t('audit.done') }, { id: 'refused', name: t('audit.notDone') }]} onPick={(id) => put('outcome', id)} />
      {filter.subject && <button type="button" className="b s" onClick={() => put('subject', '')}><Icon name="x" />{t('audit.oneSubject')}</button>}
    </div>
  )
}

function Lines({ rows, filtering, more, fetched }: { readonly rows: readonly AuditLine[] | null; readonly filtering: Filter; readonly more: (() => void) | null; readonly fetched: number }) {
  const { t } = useWords()
  const conditions = Object.entries(filtering.filter).filter(([, value]) => value !== '').map(([id]) => ({ id, name: t(FILTER_WORD[id as keyof typeof FILTER_WORD]) }))
  return (
    <DenseList
      id="audit" label={t('audit.title')} rows={rows} rowKey={(line) => line.id} toolbar={<Sentence filtering={filtering} />} cardHeight={84} height="max(360px, calc(100dvh - 236px))"
      columns={[
        { id: 'at', title: t('audit.when'), width: '132px', cell: (line) => <When at={line.at} /> },
        { id: 'who', title: t('audit.who'), width: '120px', cell: (line) => <Who line={line} /> },
        { id: 'what', title: t('audit.what'), width: 'minmax(0,2fr)', cell: (line) => <What line={line} /> },
        { id: 'about', title: t('audit.about'), width: '92px', cell: (line) => <Subject line={line} /> },
        { id: 'door', title: t('audit.door'), width: '104px', cell: (line) => t(doorWord(line.door)) },
        { id: 'outcome', title: t('audit.outcome'), width: 'minmax(0,1fr)', cell: (line) => <Outcome line={line} /> },
      ]}
      card={(line) => <><div className="row"><b><Who line={line} /></b><span className="sm muted end"><When at={line.at} /></span></div><div><What line={line} /></div><div className="row sm"><Outcome line={line} /><span className="muted end">{t(doorWord(line.door))}</span></div></>}
      opened={(line) => <Opened line={line} onSubject={(id) => filtering.put('subject', id)} />}
      empty={conditions.length > 0 ? <FilteredEmpty conditions={conditions} onDrop={(id) => filtering.put(id as 'who', '')} onClear={filtering.clear} /> : <EmptyState icon="list" title={t('audit.none')}>{t('audit.none.body')}</EmptyState>}
      {...(more ? { foot: <><span>{t('audit.fetched', { n: formatNumber(fetched) })}</span><button type="button" className="b s" onClick={more}>{t('audit.older')}</button></> } : { foot: t('audit.all', { n: formatNumber(fetched) }) })}
    />
  )
}

const FILTER_WORD = { who: 'audit.who', action: 'audit.what', door: 'audit.door', outcome: 'audit.outcome', from: 'audit.from', to: 'audit.to', subject: 'audit.about' } as const

function When({ at }: { readonly at: number }) {
  const { day } = useWords()
  return <>{day(chinaDay(at))} {chinaTime(at)}</>
}

function Who({ line }: { readonly line: AuditLine }) {
  const { t } = useWords()
  return <>{line.actorKind === 'person' ? line.actorName : line.actorKind === 'anyone' ? t('audit.who.anyone') : t('audit.who.program')}</>
}

function What({ line }: { readonly line: AuditLine }) {
  const { t, both } = useWords()
  const title = ACTIONS.get(line.action)
  const word = line.what === null ? null : whatWord(line.what)
  return <>{title ? both(title) : t('audit.inner')}{word ? <span className="muted"> · {t(word)}</span> : line.what !== null && <span className="muted"> · {t('audit.what.facts', { n: line.what.split(',').length })}</span>}{line.purpose && <span className="muted"> · {line.purpose}</span>}</>
}

function Subject({ line }: { readonly line: AuditLine }) {
  const { t } = useWords()
  const { me, pageExists } = useSession()
  const to = subjectPage(line)
  // A link to a page this person may not see would be a dead end.
  if (to === null || !pageExists(`/${to.split('/')[1]}`) || !may(me, to.startsWith('/users') ? listUsers : seeElder)) return null
  return <span onClick={(event) => event.stopPropagation()}><To to={to} className="lk">{t('audit.open')}</To></span>
}

function Outcome({ line }: { readonly line: AuditLine }) {
  const { t, lang } = useWords()
  if (line.outcome === 'done') return <StateMark small state="yes">{t('audit.done')}</StateMark>
  if (line.outcome.includes('.')) return <StateMark small state="no">{refusalWords(lang, line.outcome).what}</StateMark>
  return <StateMark small state="alarm">{problemWords(lang, line.outcome)}</StateMark>
}

function Opened({ line, onSubject }: { readonly line: AuditLine; readonly onSubject: (id: string) => void }) {
  const { t, dayLong } = useWords()
  const place = useSee(seeRegion, /^\d{12}$/.test(line.region) ? { code: line.region } : null)
  return (
    <dl className="audit-dl">
      <dt>{t('audit.when')}</dt><dd>{dayLong(chinaDay(line.at))} {chinaTime(line.at)}</dd>
      <dt>{t('audit.who')}</dt><dd><Who line={line} /></dd>
      <dt>{t('audit.what')}</dt><dd><What line={line} /></dd>
      <dt>{t('audit.outcome')}</dt><dd><Outcome line={line} /></dd>
      <dt>{t('audit.place')}</dt><dd>{place.value?.path.map((step) => step.name).join(' › ') ?? t('audit.place.none')}</dd>
      <dt>{t('audit.purpose')}</dt><dd>{line.purpose ?? t('common.none')}</dd>
      <dt>{t('audit.seq')}</dt><dd>{line.seq === null ? t('audit.seq.waiting') : formatNumber(line.seq)}</dd>
      <dt>{t('audit.hash')}</dt><dd><code className="hash">{line.hash ?? t('audit.seq.waiting')}</code></dd>
      {line.subjectId !== null && <><dt /><dd className="row wrap"><Subject line={line} /><button type="button" className="b s" onClick={() => onSubject(line.subjectId!)}>{t('audit.sameSubject')}</button></dd></>}
    </dl>
  )
}

function PrintedLines({ rows }: { readonly rows: readonly AuditLine[] }) {
  const { t } = useWords()
  return (
    <div className="sheet print-only">
      <table>
        <thead><tr><th>{t('audit.when')}</th><th>{t('audit.who')}</th><th>{t('audit.what')}</th><th>{t('audit.door')}</th><th>{t('audit.outcome')}</th></tr></thead>
        <tbody>{rows.map((line) => <tr key={line.id}><td><When at={line.at} /></td><td><Who line={line} /></td><td><What line={line} /></td><td>{t(doorWord(line.door))}</td><td><Outcome line={line} /></td></tr>)}</tbody>
      </table>
    </div>
  )
}
