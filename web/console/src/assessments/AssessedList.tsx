import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { listAssessments, listScales, NATIONAL_SCALE, seeAssessment, type AssessmentRow } from '@songbai/capabilities/know/assessments/contract'
import type { SentOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Chip, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SayNo, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { keepDay } from './AssessmentsPage.tsx'
import { said } from './scale.ts'
import { REASON_WORD, STATE_MARK, STATE_WORD } from './words-of.ts'

const STEP = 100
const MOST = 500
const STATES = { open: ['draft', 'waitingSignatures'], done: ['complete', 'disputed'] } as const

/** What is in work, or done. The filter is a sentence whose words are the choices. */
export function Assessed({ tab }: { readonly tab: 'open' | 'done' }) {
  const { t, lang } = useWords()
  const { region } = useView()
  const go = useGo()
  const [params, setParams] = useSearchParams()
  const [limit, setLimit] = useState(STEP)
  const filter = filterOf(tab, params)
  const seen = useSee(listAssessments, { place: region, limit, ...filter.input })
  const { me } = useSession()
  const scales = useSee(listScales, {}).value?.scales ?? []
  const scale = scales.find((one) => one.id === NATIONAL_SCALE)
  const rows = seen.value?.rows ?? null
  const set = (key: string, value: string) => {
    const own: Record<string, string> = { tab }
    for (const one of ['mine', 'level', 'when', 'changed', 'old']) if (params.get(one)) own[one] = params.get(one)!
    if (value) own[key] = value
    else delete own[key]
    setLimit(STEP)
    setParams(keepDay(params, own))
  }
  const ownScale = (row: AssessmentRow) => scales.find((one) => one.id === row.scaleId)
  const level = (row: AssessmentRow) => {
    const found = ownScale(row)?.levels.find((one) => one.code === row.levelCode)
    return found ? said(found.short, lang) : ''
  }
  const validity = (row: AssessmentRow) => (ownScale(row)?.retired ? <StateMark state="no" small>{t('assess.oldStandard')}</StateMark> : <Validity row={row} />)
  const open = (row: AssessmentRow) => go(may(me, seeAssessment) ? `/assessments/${row.id}` : `/elders/${row.elderId}`)
  const pick = (key: string, label: string, choices: readonly (readonly [string, string])[]) => (
    <label className="asm-pick"><span className="sr">{label}</span><select value={params.get(key) ?? ''} onChange={(event) => set(key, event.target.value)}>{choices.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select></label>
  )
  const conditions = filter.on.map((key) => ({ id: key, name: t(FILTER_WORD[key]) }))
  return (
    <>
      <SayNo no={seen.no} onRetry={seen.again} />
      <DenseList
        id={`assessments-${tab}`} label={t(tab === 'open' ? 'assess.tab.open' : 'assess.tab.done')} rows={rows} rowKey={(row) => row.id} onPage={open} onAct={open}
        toolbar={tab === 'open'
          ? <span>{t('assess.filter.show')} {pick('mine', t('assess.filter.who'), [['', t('assess.filter.all')], ['1', t('assess.filter.mine')]])} <b>{seen.value && t('common.items', { n: formatNumber(seen.value.total) })}</b></span>
          : <span>{t('assess.filter.show')} {pick('level', t('assess.col.level'), [['', t('assess.filter.anyLevel')], ...(scale?.levels ?? []).map((one) => [one.code, said(one.short, lang)] as const)])} {pick('when', t('assess.col.until'), [['', t('assess.filter.anyEnd')], ['inForce', t('assess.filter.inForce')], ['soon', t('assess.filter.soon')], ['expired', t('assess.filter.expired')]])} {pick('changed', t('assess.filter.changed'), [['', t('assess.filter.anyChange')], ['worse', t('assess.filter.worse')], ['better', t('assess.filter.better')]])} {pick('old', t('assess.filter.kept'), [['', t('assess.filter.newest')], ['1', t('assess.filter.old')]])} <b>{seen.value && t('common.items', { n: formatNumber(seen.value.total) })}</b></span>}
        columns={tab === 'open' ? [
          { id: 'name', title: t('assess.col.name'), width: '110px', cell: (row) => <b>{row.name}</b> },
          { id: 'place', title: t('assess.col.place'), cell: (row) => placeSaid(row.place) },
          { id: 'state', title: t('assess.col.state'), width: '130px', cell: (row) => <StateMark state={STATE_MARK[row.state]}>{t(STATE_WORD[row.state])}</StateMark> },
          { id: 'answered', title: t('assess.col.answered'), width: '110px', cell: (row) => t('assess.answeredOf', { n: row.answered, all: row.required }) },
          { id: 'reason', title: t('assess.col.reason'), width: '130px', cell: (row) => t(REASON_WORD[row.reason]) },
          { id: 'day', title: t('assess.col.day'), width: '120px', cell: (row) => row.assessedOn ?? row.plannedOn ?? '' },
          { id: 'do', title: t('assess.col.do'), width: '104px', cell: (row) => <button type="button" className="b s" onClick={(event) => { event.stopPropagation(); open(row) }}>{t(row.state === 'draft' ? 'assess.goOn' : 'assess.toSign')}</button> },
        ] : [
          { id: 'name', title: t('assess.col.name'), width: '110px', cell: (row) => <b>{row.name}</b> },
          { id: 'place', title: t('assess.col.place'), cell: (row) => placeSaid(row.place) },
          { id: 'level', title: t('assess.col.level'), width: '150px', cell: (row) => <>{level(row)} <Change row={row} /></> },
          { id: 'total', title: t('assess.col.total'), width: '64px', numeric: true, cell: (row) => row.total ?? '' },
          { id: 'on', title: t('assess.col.assessedOn'), width: '110px', cell: (row) => row.assessedOn ?? '' },
          { id: 'until', title: t('assess.col.until'), width: '170px', cell: validity },
          { id: 'issuer', title: t('assess.col.issuer'), width: '170px', cell: (row) => row.issuer },
        ]}
        height="max(380px, calc(100dvh - 204px))" cardHeight={88}
        card={(row) => <><div className="row"><b>{row.name}</b><span className="end">{tab === 'open' ? t('assess.answeredOf', { n: row.answered, all: row.required }) : <b>{level(row)}</b>}</span></div><div className="sm muted el">{placeSaid(row.place)}</div><div>{tab === 'open' ? <StateMark state={STATE_MARK[row.state]} small>{t(STATE_WORD[row.state])}</StateMark> : validity(row)}</div></>}
        empty={conditions.length > 0
          ? <FilteredEmpty conditions={conditions} onDrop={(id) => set(id, '')} onClear={() => setParams(keepDay(params, { tab }))} />
          : <EmptyState icon="clipboard" title={t(tab === 'open' ? 'assess.open.empty' : 'assess.done.empty')} actions={<button type="button" className="b p" onClick={() => setParams(keepDay(params, { tab: 'due' }))}>{t('assess.seeDue')}</button>} />}
        {...(rows && seen.value && seen.value.total > rows.length && limit < MOST ? { more: { left: seen.value.total - rows.length, load: () => setLimit(limit + STEP) } } : {})}
      />
    </>
  )
}

const FILTER_WORD = { mine: 'assess.filter.mine', level: 'assess.col.level', when: 'assess.col.until', changed: 'assess.filter.changed', old: 'assess.filter.old' } as const
type FilterKey = keyof typeof FILTER_WORD

function filterOf(tab: 'open' | 'done', params: URLSearchParams): { readonly on: readonly FilterKey[]; readonly input: Partial<SentOf<typeof listAssessments>> } {
  const [mine, level, when, changed, old] = ['mine', 'level', 'when', 'changed', 'old'].map((key) => params.get(key))
  if (tab === 'open') return mine ? { on: ['mine'], input: { waitsForMe: true } } : { on: [], input: { states: [...STATES.open] } }
  const on = ([['level', level], ['when', when], ['changed', changed], ['old', old]] as const).flatMap(([key, value]) => (value ? [key] : []))
  return {
    on,
    input: {
      states: old ? ['superseded'] : [...STATES.done], ...(level ? { levels: [level] } : {}), ...(changed === 'worse' || changed === 'better' ? { levelChanged: changed } : {}),
      ...(when ? { scaleId: NATIONAL_SCALE } : {}), ...(when === 'soon' ? { dueWithin: 60 } : when === 'expired' ? { expired: true } : when === 'inForce' ? { expired: false } : {}),
    },
  }
}

/** Worse or better than the result before, in words. */
export function Change({ row }: { readonly row: Pick<AssessmentRow, 'level' | 'levelBefore'> }) {
  const { t } = useWords()
  if (row.level === null || row.levelBefore === null || row.level === row.levelBefore) return null
  const worse = row.level > row.levelBefore
  return <Chip tone={worse ? 'warm' : 'good'} square>{t(worse ? 'assess.worseBy' : 'assess.betterBy', { n: Math.abs(row.level - row.levelBefore) })}</Chip>
}

export function Validity({ row }: { readonly row: Pick<AssessmentRow, 'state' | 'validUntil' | 'daysLeft'> }) {
  const { t, day } = useWords()
  if (row.validUntil === null || row.daysLeft === null) return null
  if (row.state === 'disputed') return <StateMark state="unknown" small>{t('assess.state.disputed')}</StateMark>
  if (row.state === 'superseded') return <StateMark state="no" small>{t('assess.state.superseded')}</StateMark>
  if (row.daysLeft < 0) return <StateMark state="alarm" small>{t('assess.endedOn', { day: day(row.validUntil) })}</StateMark>
  if (row.daysLeft <= 60) return <StateMark state="notYet" small>{t('assess.endsIn', { n: row.daysLeft })}</StateMark>
  return <StateMark state="yes" small>{t('assess.until', { day: day(row.validUntil) })}</StateMark>
}
