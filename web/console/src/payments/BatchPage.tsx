import { useState } from 'react'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { checkBatch, dropBatch, recomputeBatch, releaseBatch, seeBatch } from '@songbai/capabilities/decide/payments/contract'
import type { LineList, Sums } from '@songbai/capabilities/decide/payments/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { useUndo } from '@songbai/web-shared/widgets/Undo.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Bank } from './Bank.tsx'
import { CHECK_WORD, listAddress, STALE_WORD, STATE_WORD, STEPS, STOP_WORD, stepsDone } from './model.ts'
import type { CheckCode } from './model.ts'
import { Running } from './Running.tsx'
import './payments.css'

export type Seen = OutputOf<typeof seeBatch>

export default function BatchPage() {
  const { id } = useParams()
  const seen = useSee(seeBatch, { id: id! })
  return <div className="page"><Show seen={seen} rows={10}>{(got) => <Whole got={got} />}</Show></div>
}

function Whole({ got }: { readonly got: Seen }) {
  const { t, month, money } = useWords()
  const { batch, total } = got
  const n = (list: LineList, value: number, tone?: 'warm' | 'hot') => <Num to={listAddress(batch.id, { list })} {...(tone && value > 0 ? { tone } : {})}>{t('pay.people', { n: formatNumber(value) })}</Num>
  const m = (list: LineList, fen: number) => <Num to={listAddress(batch.id, { list })}>{money(fen)}</Num>
  return (
    <>
      <Head got={got} month={month(batch.month)} n={n} m={m} />
      <Steps state={batch.state} />
      {batch.state === 'computing' && batch.taskId && <div className="card pad"><Running taskId={batch.taskId} title={t('pay.batch.computing')} stop /></div>}
      {batch.stale && ['draft', 'checked'].includes(batch.state) && <Stale got={got} />}
      <div className="pay-grid">
        <div>
          <Card title={t('pay.by.item')}><Totals id={batch.id} got={got} by="item" /></Card>
          <Card title={t('pay.by.place')}><Totals id={batch.id} got={got} by="place" /></Card>
        </div>
        <div>
          <Checks got={got} />
          <Card title={t('pay.stops')} note={total.stopped > 0 ? t('pay.people', { n: formatNumber(total.stopped) }) : undefined}>
            {got.stops.length === 0 ? <p className="pad muted">{t('pay.stops.none')}</p> : <ul className="pay-lines">{got.stops.map((one) => <li key={one.reason}><StateMark state="no">{t(STOP_WORD[one.reason] ?? 'pay.stop.no')}</StateMark><span className="end"><Num to={listAddress(batch.id, { list: 'stopped', stop: one.reason })}>{t('pay.people', { n: formatNumber(one.people) })}</Num></span></li>)}</ul>}
            {total.overFen > 0 && <p className="pad sm pay-over"><Num tone="warm" to={listAddress(batch.id, { list: 'over' })}>{t('pay.over', { amount: money(total.overFen) })}</Num></p>}
          </Card>
          {['released', 'exported', 'settled'].includes(batch.state) && <Bank got={got} />}
        </div>
      </div>
      <Acts got={got} />
    </>
  )
}

function Head({ got, month, n, m }: { readonly got: Seen; readonly month: string; readonly n: (list: LineList, value: number) => ReactNode; readonly m: (list: LineList, fen: number) => ReactNode }) {
  const { t, rich, both } = useWords()
  const go = useGo()
  const { batch, total } = got
  return (
    <>
      <Briefing
        title={<>{month} <span className="sub">{batch.number} · {batch.items.map((one) => both(one.title)).join('、')}</span></>}
        actions={<><button type="button" className="b" onClick={() => go('/payments')}><Icon name="left" />{t('pay.tab.batches')}</button>{total.people > 0 && <button type="button" className="b" onClick={() => go(`/payments/${batch.id}/notice`)}><Icon name="print" />{t('pay.act.notice')}</button>}</>}
      >
        {rich('pay.batch.brief', { people: n('pay', total.people), amount: m('pay', total.payFen), due: m('pay', total.dueFen), arrears: m('arrears', total.arrearsFen), again: m('again', total.againFen), offset: m('offset', total.offsetFen) })}{' '}
        {rich('pay.batch.change', { began: n('began', total.began), ended: n('ended', total.ended), changed: n('changed', total.changed), same: t('pay.people', { n: formatNumber(total.same) }) })}
      </Briefing>
      <p className="sm muted">{batch.releasedBy ? t('pay.who.released', { draft: batch.draftedBy, release: batch.releasedBy }) : t('pay.who', { draft: batch.draftedBy })} · {t(STATE_WORD[batch.state])}</p>
    </>
  )
}

function Steps({ state }: { readonly state: Seen['batch']['state'] }) {
  const { t } = useWords()
  const done = stepsDone(state)
  return <ol className="pay-steps">{STEPS.map(([step, word], i) => <li key={step} aria-current={i === done ? 'step' : undefined} className={i < done ? 'done' : i === done ? 'now' : ''}><span aria-hidden>{i < done ? '✓' : i + 1}</span>{t(word)}</li>)}</ol>
}

function Stale({ got }: { readonly got: Seen }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const { run, busy, no } = useDo(recomputeBatch)
  const why = t(STALE_WORD[got.batch.stale!] ?? 'pay.stale.changed')
  return <><div className="bn warn" role="alert"><Icon name="warn" /><span>{t('pay.batch.stale', { why })}</span>{may(me, recomputeBatch) && !view.readOnly && <button type="button" className="go" disabled={busy} onClick={() => void run({ id: got.batch.id })}>{t('pay.act.recompute')}</button>}</div><SayNo no={no} /></>
}

/** Parts sum to the whole: the last line is the sum of those above. */
function Totals({ id, got, by }: { readonly id: string; readonly got: Seen; readonly by: 'item' | 'place' }) {
  const { t, both, money } = useWords()
  const rows: readonly (Sums & { readonly key: string; readonly name: ReactNode; readonly ask: object; readonly left?: number; readonly leftSample?: boolean })[] = by === 'item'
    ? got.items.map((one) => ({ ...one, key: one.item, name: <>{both(one.title)} {one.sample && <Sample of="amount" />}</>, ask: { item: one.item }, left: one.budgetLeftFen, leftSample: one.budgetSample }))
    : got.places.map((one) => ({ ...one, key: one.code, name: one.name, ask: { place: one.code } }))
  const cell = (word: string, value: ReactNode) => <td className="num" data-head={word}>{value}</td>
  const amount = (fen: number, list: LineList, ask: object) => (fen === 0 ? <span className="muted">0</span> : <Num to={listAddress(id, { list, ...ask })}>{money(fen)}</Num>)
  const line = (one: Sums, name: ReactNode, ask: object, key: string, left?: ReactNode) => (
    <tr key={key}>
      <td>{name}</td>
      {cell(t('pay.col.people'), <Num to={listAddress(id, { list: 'pay', ...ask })}>{formatNumber(one.people)}</Num>)}
      {cell(t('pay.col.was'), money(one.wasFen))}
      {cell(t('pay.col.due'), money(one.dueFen))}
      {cell(t('pay.col.arrears'), amount(one.arrearsFen, 'arrears', ask))}
      {cell(t('pay.col.again'), amount(one.againFen, 'again', ask))}
      {cell(t('pay.col.offset'), amount(one.offsetFen, 'offset', ask))}
      {cell(t('pay.col.pay'), <b>{money(one.payFen)}</b>)}
      {by === 'item' && cell(t('pay.col.budget'), left)}
    </tr>
  )
  return (
    <div className="pay-table">
      <table className="tb">
        <thead><tr><th>{t(by === 'item' ? 'pay.col.item' : 'pay.col.place')}</th>{(['pay.col.people', 'pay.col.was', 'pay.col.due', 'pay.col.arrears', 'pay.col.again', 'pay.col.offset', 'pay.col.pay'] as const).map((word) => <th key={word} className="num">{t(word)}</th>)}{by === 'item' && <th className="num">{t('pay.col.budget')}</th>}</tr></thead>
        <tbody>{rows.map((one) => line(one, one.name, one.ask, one.key, one.left === undefined ? '' : <Num to="/funds" {...(one.left < one.dueFen + one.arrearsFen ? { tone: 'hot' as const } : {})}>{money(one.left)}</Num>))}</tbody>
        <tfoot>{line(got.total, t('pay.total'), {}, 'total', '')}</tfoot>
      </table>
    </div>
  )
}

function Checks({ got }: { readonly got: Seen }) {
  const { t } = useWords()
  const { batch } = got
  if (!['draft', 'checked'].includes(batch.state)) return <Card title={t('pay.checks')}><p className="pad"><StateMark state="yes">{t(batch.state === 'computing' ? 'pay.state.computing' : 'pay.checks.past')}</StateMark></p></Card>
  const to = (code: string) => (code === 'overBudget' ? '/funds' : code === 'stale' ? `/payments/${batch.id}` : listAddress(batch.id, { list: code as LineList }))
  return (
    <Card title={t('pay.checks')}>
      {got.findings.length === 0 ? <p className="pad"><StateMark state="yes">{t('pay.checks.ok')}</StateMark></p> : (
        <ul className="pay-lines">
          {got.findings.map((one) => (
            <li key={one.code}>
              <StateMark state={one.severity === 'stop' ? 'alarm' : 'notYet'}>{t(CHECK_WORD[one.code as CheckCode])}</StateMark>
              <span className="end sm muted">{t(one.severity === 'stop' ? 'pay.check.must' : 'pay.check.look')}</span>
              <Num to={to(one.code)} tone={one.severity === 'stop' ? 'hot' : 'warm'}>{one.code === 'overBudget' ? t('pay.kinds', { n: one.count }) : t('pay.people', { n: formatNumber(one.count) })}</Num>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** Checking, working out anew, dropping; and the release, which waits ten seconds before it is sent. */
function Acts({ got }: { readonly got: Seen }) {
  const { t, money } = useWords()
  const { me, view } = useSession()
  const { batch, total } = got
  const [check, again, drop, release] = [useDo(checkBatch), useDo(recomputeBatch), useDo(dropBatch), useDo(releaseBatch)]
  const [asking, setAsking] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const offer = useUndo()
  if (!['draft', 'checked'].includes(batch.state) || view.readOnly) return <SayNo no={release.no} />
  const people = formatNumber(total.people)
  const go = () => {
    setAsking(false)
    setWaiting(true)
    // Money waits for the undo bar: nothing is sent while it can be taken back.
    offer({ what: t('pay.release.wait', { n: people }), onUndo: () => setWaiting(false), onGone: () => { setWaiting(false); void release.run({ id: batch.id, people: total.people, payFen: total.payFen }) } })
  }
  const why = batch.mine ? t('pay.release.mine') : batch.state !== 'checked' ? t('pay.release.notChecked') : undefined
  return (
    <div className="pay-foot">
      <SayNo no={release.no ?? check.no ?? again.no ?? drop.no} />
      <div className="row wrap">
        {may(me, checkBatch) && batch.state === 'draft' && <button type="button" className="b p" disabled={check.busy} onClick={() => void check.run({ id: batch.id })}>{t('pay.act.check')}</button>}
        {may(me, recomputeBatch) && <button type="button" className="b" disabled={again.busy} onClick={() => void again.run({ id: batch.id })}>{t('pay.act.recompute')}</button>}
        {may(me, dropBatch) && <button type="button" className="b" disabled={drop.busy} onClick={() => void drop.run({ id: batch.id })}>{t('pay.act.drop')}</button>}
        {may(me, releaseBatch) && <span className="end row wrap">{why && <span className="sm muted">{why}</span>}<button type="button" className="b d" disabled={why !== undefined || waiting || release.busy} title={why} onClick={() => setAsking(true)}>{t('pay.act.release')}</button></span>}
      </div>
      {asking && <Danger title={t('pay.release.title', { number: batch.number })} count={total.people} verb={t('pay.release.verb', { n: people })} onDo={go} onClose={() => setAsking(false)}>{t('pay.release.what', { people, amount: money(total.payFen) })}</Danger>}
    </div>
  )
}
