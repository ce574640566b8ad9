import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { DUE_KINDS, listAssessments, listDue, seeAssessment, start, type DueKind } from '@songbai/capabilities/know/assessments/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Chip, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SayNo, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { Assessed } from './AssessedList.tsx'
import { levelLabel, NATIONAL, useScale } from './scale.ts'
import { DUE_MARK, DUE_WORD } from './words-of.ts'
import './assessments.css'

export const TABS = ['due', 'open', 'done'] as const
export type Tab = (typeof TABS)[number]

/** Who is due, what is in work, what is done. The tab and its filter live in the address, so every number leads to its rows. */
export default function AssessmentsPage() {
  const { t, rich } = useWords()
  const { region } = useView()
  const [params, setParams] = useSearchParams()
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'due'
  const due = useSee(listDue, { place: region, limit: 1 })
  const open = useSee(listAssessments, { place: region, states: ['draft', 'waitingSignatures'], limit: 1 })
  const mine = useSee(listAssessments, { place: region, waitsForMe: true, limit: 1 })
  const counts = due.value?.counts
  const count = (kind: DueKind) => <Num to={`/assessments?tab=due&kind=${kind}`} {...(kind === 'expired' && counts?.[kind] ? { tone: 'hot' as const } : {})}>{t('common.people', { n: formatNumber(counts?.[kind] ?? 0) })}</Num>
  const word = { due: 'assess.tab.due', open: 'assess.tab.open', done: 'assess.tab.done' } as const
  return (
    <div className="page">
      <Briefing title={t('assess.title')}>
        {counts && rich('assess.brief.due', { never: count('never'), expired: count('expired'), expiring: count('expiring') })}
        {open.value && rich('assess.brief.open', { n: <Num to="/assessments?tab=open">{t('common.items', { n: formatNumber(open.value.total) })}</Num> })}
        {mine.value && mine.value.total > 0 && rich('assess.brief.mine', { n: <Num tone="warm" to="/assessments?tab=open&mine=1">{t('common.items', { n: formatNumber(mine.value.total) })}</Num> })}
      </Briefing>
      <SayNo no={due.no} onRetry={due.again} />
      <nav className="tabs" aria-label={t('assess.title')}>
        {TABS.map((one) => <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} className={one === tab ? 'on' : ''} onClick={() => setParams(keepDay(params, { tab: one }))}>{t(word[one])}</button>)}
      </nav>
      {tab === 'due' ? <Due counts={counts} /> : <Assessed key={tab} tab={tab} />}
    </div>
  )
}

/** The day of the top bar stays in the address while the page's own filters change. */
export function keepDay(params: URLSearchParams, own: Readonly<Record<string, string>>): URLSearchParams {
  const next = new URLSearchParams(own)
  for (const key of ['at', 'knownOn']) {
    const value = params.get(key)
    if (value) next.set(key, value)
  }
  return next
}

const STEP = 100
const MOST = 500

function Due({ counts }: { readonly counts: Readonly<Record<DueKind, number>> | undefined }) {
  const { t, lang, day, relative } = useWords()
  const { region } = useView()
  const { me } = useSession()
  const go = useGo()
  const [params, setParams] = useSearchParams()
  const [limit, setLimit] = useState(STEP)
  const asked = DUE_KINDS.find((one) => one === params.get('kind'))
  const seen = useSee(listDue, { place: region, limit, ...(asked ? { kind: asked } : {}) })
  const kind = asked ?? seen.value?.rows[0]?.kind ?? 'never'
  const scale = useScale(NATIONAL).value
  const rows = seen.value?.rows ?? null
  const total = counts?.[kind] ?? rows?.length ?? 0
  const open = (row: NonNullable<typeof rows>[number]) => go(!may(me, seeAssessment) ? `/elders/${row.elderId}` : row.openId ? `/assessments/${row.openId}` : may(me, start) ? `/assessments/start/${row.elderId}` : row.assessmentId ? `/assessments/${row.assessmentId}` : `/elders/${row.elderId}`)
  const verb = (row: NonNullable<typeof rows>[number]) => t(row.openId && may(me, seeAssessment) ? 'assess.goOn' : may(me, start) ? 'assess.arrange' : 'assess.look')
  return (
    <>
      <SayNo no={seen.no} onRetry={seen.again} />
      <DenseList
        id="assessments-due" label={t('assess.tab.due')} rows={rows} rowKey={(row) => row.elderId} onPage={open} onAct={open}
        toolbar={<>{DUE_KINDS.map((one) => <button key={one} type="button" className={one === kind ? 'ch g' : 'ch'} aria-pressed={one === kind} onClick={() => { setLimit(STEP); setParams(keepDay(params, { tab: 'due', kind: one })) }}>{t(DUE_WORD[one])} {counts ? formatNumber(counts[one]) : ''}</button>)}</>}
        columns={[
          { id: 'name', title: t('assess.col.name'), width: '110px', cell: (row) => <b>{row.name}</b> },
          { id: 'age', title: t('assess.col.age'), width: '54px', numeric: true, cell: (row) => <span className="num">{row.age ?? ''}</span> },
          { id: 'place', title: t('assess.col.place'), cell: (row) => placeSaid(row.place) },
          { id: 'why', title: t('assess.col.why'), width: '170px', cell: (row) => <StateMark state={DUE_MARK[row.kind]}>{t(DUE_WORD[row.kind])}</StateMark> },
          { id: 'since', title: t('assess.col.since'), width: '120px', cell: (row) => (row.since ? relative(row.since) : '') },
          { id: 'last', title: t('assess.col.last'), width: '190px', cell: (row) => (row.levelCode ? <>{levelLabel(scale, row.levelCode, lang, true)} <span className="muted">{row.validUntil && t('assess.until', { day: day(row.validUntil) })}</span></> : <span className="muted">{t('assess.noneYet')}</span>) },
          { id: 'do', title: t('assess.col.do'), width: '104px', cell: (row) => <button type="button" className="b s" onClick={(event) => { event.stopPropagation(); open(row) }}>{verb(row)}</button> },
        ]}
        height="max(380px, calc(100dvh - 204px))" cardHeight={92}
        card={(row) => (
          <div className="row">
            <div className="grow"><b>{row.name}</b> {row.age !== null && <span className="muted">{t('person.age', { n: row.age })}</span>}<div className="sm muted el">{placeSaid(row.place)}</div><div><StateMark state={DUE_MARK[row.kind]} small>{t(DUE_WORD[row.kind])}</StateMark> <span className="sm muted">{row.since && relative(row.since)}</span></div></div>
            <button type="button" className="b" onClick={(event) => { event.stopPropagation(); open(row) }}>{verb(row)}</button>
          </div>
        )}
        opened={(row) => <p className="row wrap">{row.categories.length === 0 ? t('assess.noCategory') : t('assess.categories', { n: row.categories.length })} {row.levelCode && <Chip>{levelLabel(scale, row.levelCode, lang)}</Chip>}<button type="button" className="b s p" onClick={() => open(row)}>{verb(row)}</button><button type="button" className="b s" onClick={() => go(`/elders/${row.elderId}`)}>{t('assess.toElder')}</button></p>}
        empty={<EmptyState icon="check" tone="good" title={t('assess.due.empty')} actions={<button type="button" className="b" onClick={() => setParams(keepDay(params, { tab: 'done' }))}>{t('assess.due.seeDone')}</button>}>{t('assess.due.emptyBody', { kind: t(DUE_WORD[kind]) })}</EmptyState>}
        {...(rows && total > rows.length && limit < MOST ? { more: { left: total - rows.length, load: () => setLimit(limit + STEP) } } : {})}
        foot={<span>{t('assess.due.foot', { n: formatNumber(total), kind: t(DUE_WORD[kind]) })}</span>}
      />
    </>
  )
}
