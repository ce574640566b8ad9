import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { exportSpells, listSpells, seeScan } from '@songbai/capabilities/decide/lookback/contract'
import type { Sum } from '@songbai/capabilities/decide/lookback/contract'
import { monthsFromTo } from '@songbai/capabilities/decide/lookback/rules'
import { cancelTask } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useGoHere } from '../elders/address.ts'
import { useTask } from '../imports/useTask.ts'
import { Show, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { ExportSpells } from './ExportSpells.tsx'
import { Spells } from './Spells.tsx'
import './lookback.css'

export type Scan = OutputOf<typeof seeScan>

/** One look: what it found by item and township, and the named list behind every number. */
export default function ScanPage() {
  const { id = '' } = useParams()
  const seen = useSee(seeScan, { scanId: id })
  return <div className="page lookback"><Show seen={seen} rows={10}>{(scan) => <Whole scan={scan} again={seen.again} />}</Show></div>
}

function Whole({ scan, again }: { readonly scan: Scan; readonly again: () => void }) {
  const { t } = useWords()
  const { me } = useSession()
  const go = useGoHere()
  const [exporting, setExporting] = useState(false)
  return (
    <>
      <div className="h">
        <h1>{t('look.title')}</h1>
        <span className="sub">{t('look.months', { from: scan.from, to: scan.to })} · {scan.placeName} · {t(scan.applied === 'all' ? 'look.with' : 'look.without')}</span>
        <div className="act">
          {scan.state === 'done' && may(me, exportSpells) && scan.total.missed + scan.total.overpaid > 0 && <button type="button" className="b" onClick={() => setExporting(true)}>{t('look.export')}</button>}
          <button type="button" className="b" onClick={() => go('/lookback')}><Icon name="left" />{t('look.past')}</button>
        </div>
      </div>
      {scan.state === 'running' && scan.taskId && <Running taskId={scan.taskId} onEnd={again} />}
      {scan.state === 'stopped' && <section className="card"><EmptyState icon="dash" title={t('look.state.stopped')} /></section>}
      {scan.state === 'done' && <Found scan={scan} />}
      {exporting && <ExportSpells scan={scan} onClose={() => setExporting(false)} />}
    </>
  )
}

function Running({ taskId, onEnd }: { readonly taskId: string; readonly onEnd: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const { task } = useTask(taskId, onEnd)
  const people = typeof task?.info['people'] === 'number' ? task.info['people'] : 0
  const share = task && task.total > 0 ? Math.min(1, task.done / task.total) : 0
  return (
    <section className="card pad look-run" aria-busy="true">
      <p role="status"><b>{t('look.running', { n: formatNumber(people) })}</b></p>
      <svg width="100%" height="8" role="img" aria-label={t('look.state.running')}><rect width="100%" height="8" rx="3" fill="var(--sunk)" /><rect width={`${share * 100}%`} height="8" rx="3" fill="var(--c1)" /></svg>
      {task?.cancelAsked ? <span className="sm muted">{t('look.stopping')}</span> : <button type="button" className="b d" onClick={() => void client.do(cancelTask, { id: taskId })}>{t('look.stop')}</button>}
    </section>
  )
}

function Found({ scan }: { readonly scan: Scan }) {
  const { t, rich, money } = useWords()
  const { me } = useSession()
  const [, setParams] = useSearchParams()
  const open = (filter: Record<string, string>) => setParams(filter)
  const { total } = scan
  if (total.missed + total.overpaid === 0) return <section className="card"><EmptyState icon="check" tone="good" title={t('look.clear')}>{t('look.clear.text')}</EmptyState></section>
  const number = (kind: 'missed' | 'overpaid') => <button type="button" className="n" onClick={() => open({ kind })}>{formatNumber(total[kind])}</button>
  return (
    <>
      <Briefing title="">{rich('look.brief', { people: formatNumber(scan.people), months: monthsFromTo(scan.from, scan.to).length, missed: number('missed'), missedSum: money(total.missedFen), overpaid: number('overpaid'), overpaidSum: money(total.overpaidFen) })} <span className="sm muted">{total.unpriced > 0 && t('look.unpriced', { n: formatNumber(total.unpriced) })} {t('look.asKnown')} {t('look.took', { n: formatNumber(Math.round(scan.seconds)) })}</span></Briefing>
      <div className="look-two">
        <Sums title={t('look.byItem')} head={t('look.item')} rows={scan.byItem.map((one) => ({ ...one, key: one.item, name: one.title, note: one.basis, sample: one.sample }))} onOpen={(item, kind) => open({ item, kind })} />
        <Sums title={t('look.byPlace')} head={t('look.place.name')} rows={scan.byPlace.map((one) => ({ ...one, key: one.code, name: { zh: one.name, en: one.name }, note: null, sample: false }))} onOpen={(place, kind) => open({ place, kind })} />
      </div>
      {may(me, listSpells) && <Spells scan={scan} />}
    </>
  )
}

interface SumRow extends Sum { readonly key: string; readonly name: { readonly zh: string; readonly en: string }; readonly note: { readonly zh: string; readonly en: string } | null; readonly sample: boolean }

/** Every number opens its rows in the list below. */
function Sums({ title, head, rows, onOpen }: { readonly title: string; readonly head: string; readonly rows: readonly SumRow[]; readonly onOpen: (key: string, kind: 'missed' | 'overpaid') => void }) {
  const { t, both, money } = useWords()
  const cell = (row: SumRow, kind: 'missed' | 'overpaid') => {
    const [n, people, months, fen] = kind === 'missed' ? [row.missed, row.missedPeople, row.missedMonths, row.missedFen] : [row.overpaid, row.overpaidPeople, row.overpaidMonths, row.overpaidFen]
    return n === 0 ? <span className="muted">—</span> : <><button type="button" className="n" onClick={() => onOpen(row.key, kind)}>{fen > 0 ? money(fen) : t('look.noFen')}</button><div className="sm muted">{t('look.people', { n: formatNumber(people), months: formatNumber(months) })}</div></>
  }
  return (
    <Card title={title}>
      <table className="tb look-sums">
        <thead><tr><th>{head}</th><th>{t('look.list.missed')}</th><th>{t('look.list.overpaid')}</th></tr></thead>
        <tbody>{rows.map((row) => <tr key={row.key}><td><b>{both(row.name)}</b>{row.sample && <> <Sample of="amount" /></>}{row.note && <div className="sm muted">{both(row.note)}</div>}</td><td>{cell(row, 'missed')}</td><td>{cell(row, 'overpaid')}</td></tr>)}</tbody>
      </table>
    </Card>
  )
}
