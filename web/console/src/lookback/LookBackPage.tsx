import { useState } from 'react'
import { listScans, startScan } from '@songbai/capabilities/decide/lookback/contract'
import type { ScanHead } from '@songbai/capabilities/decide/lookback/contract'
import { monthsFromTo } from '@songbai/capabilities/decide/lookback/rules'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useGoHere } from '../elders/address.ts'
import { PlaceField, SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import './lookback.css'

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** Some months of a place, and every look there has been. */
export default function LookBackPage() {
  const { t } = useWords()
  const { me, view } = useSession()
  return (
    <div className="page lookback">
      <Briefing title={t('look.title')}>{t('look.lead')}</Briefing>
      {may(me, startScan) && !view.readOnly ? <NewLook /> : <p className="muted">{t('look.mayNot')}</p>}
      <Past />
    </div>
  )
}

function yearBefore(today: string): { from: string; to: string } {
  const n = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 2
  const text = (m: number) => `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`
  return { from: text(n - 11), to: text(n) }
}

function NewLook() {
  const { t, both, today } = useWords()
  const { view, path } = useSession()
  const go = useGoHere()
  const seen = useSee(listScans, { limit: 30 })
  const [months, setMonths] = useState(() => yearBefore(today))
  const [place, setPlace] = useState<readonly Place[]>(path)
  const [item, setItem] = useState('')
  const [applied, setApplied] = useState<'all' | 'drawn'>('all')
  const { run, busy, no } = useDo(startScan)
  const good = MONTH.test(months.from) && MONTH.test(months.to)
  const start = async () => {
    const region = (place.at(-1)?.region ?? view.region).padEnd(12, '0')
    const answer = await run({ place: region, ...months, applied, ...(item ? { items: [item] } : {}) })
    if (answer.ok) go(`/lookback/${answer.value.scanId}`)
  }
  return (
    <Card title={t('look.new')}>
      <div className="pad look-form">
        <TextField label={t('look.from')} value={months.from} maxLength={7} hint={t('look.month.hint')} onText={(from) => setMonths({ ...months, from })} />
        <TextField label={t('look.to')} value={months.to} maxLength={7} hint={t('look.month.hint')} onText={(to) => setMonths({ ...months, to })} />
        <PlaceField label={t('look.place')} path={place} onPick={setPlace} />
        <SelectField label={t('look.items')} value={item} options={[{ id: '', name: t('look.items.all') }, ...(seen.value?.items ?? []).map((one) => ({ id: one.id, name: both(one.title) }))]} onPick={setItem} />
        <SelectField label={t('look.applied')} value={applied} options={[{ id: 'all', name: t('look.applied.all') }, { id: 'drawn', name: t('look.applied.drawn') }]} onPick={(id) => setApplied(id === 'drawn' ? 'drawn' : 'all')} />
        <div className="fld look-go"><button type="button" className="b p big" disabled={busy || !good} onClick={() => void start()}>{t('look.start')}</button></div>
      </div>
      {no && <div className="pad"><SayNo no={no} /></div>}
    </Card>
  )
}

const STATE = { running: ['unknown', 'look.state.running'], done: ['yes', 'look.state.done'], stopped: ['no', 'look.state.stopped'] } as const

function Past() {
  const { t, day, money } = useWords()
  const go = useGoHere()
  const seen = useSee(listScans, { limit: 30 })
  const open = (scan: ScanHead) => go(`/lookback/${scan.id}`)
  const months = (scan: ScanHead) => t('look.months', { from: scan.from, to: scan.to })
  const state = (scan: ScanHead) => <StateMark state={STATE[scan.state][0]}>{t(STATE[scan.state][1])}</StateMark>
  const sum = (n: number, fen: number, ready: boolean) => (ready ? `${t('look.spells', { n: formatNumber(n) })} · ${money(fen)}` : '—')
  if (seen.no) return <SayNo no={seen.no} onRetry={seen.again} />
  return (
    <DenseList
      id="lookback" cardHeight={150} label={t('look.past')} rows={seen.value?.scans ?? null} rowKey={(scan) => scan.id} onPage={open}
      columns={[
        { id: 'months', title: t('look.list.months'), width: '190px', cell: (scan) => <button type="button" className="lk" onClick={(event) => { event.stopPropagation(); open(scan) }}><b>{months(scan)}</b></button> },
        { id: 'place', title: t('look.list.place'), width: 'minmax(0,1fr)', cell: (scan) => <>{scan.placeName} <span className="muted sm">{scan.state === 'done' && `${formatNumber(scan.people)} × ${monthsFromTo(scan.from, scan.to).length}`}</span></> },
        { id: 'state', title: t('look.state'), width: '120px', cell: state },
        { id: 'missed', title: t('look.list.missed'), width: 'minmax(0,1fr)', cell: (scan) => sum(scan.missed, scan.missedFen, scan.state === 'done') },
        { id: 'overpaid', title: t('look.list.overpaid'), width: 'minmax(0,1fr)', cell: (scan) => sum(scan.overpaid, scan.overpaidFen, scan.state === 'done') },
        { id: 'who', title: t('look.list.who'), width: '150px', cell: (scan) => `${scan.by} · ${day(chinaDay(scan.at))}` },
      ]}
      card={(scan) => <><div className="row"><b>{months(scan)}</b><span className="end">{state(scan)}</span></div><div className="el">{scan.placeName}</div><div className="sm">{t('look.list.missed')}：{sum(scan.missed, scan.missedFen, scan.state === 'done')}</div><div className="sm">{t('look.list.overpaid')}：{sum(scan.overpaid, scan.overpaidFen, scan.state === 'done')}</div></>}
      empty={<EmptyState icon="undo" title={t('look.none')}>{t('look.none.text')}</EmptyState>}
    />
  )
}
