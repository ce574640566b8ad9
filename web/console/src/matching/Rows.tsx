import { useEffect, useState } from 'react'
import type { FormEvent } from 'react'
import { listRows, settleRows, undoSettlement } from '@songbai/capabilities/know/matching/contract'
import type { Decision, RowView } from '@songbai/capabilities/know/matching/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Kbd, useKeys } from '@songbai/web-shared/Keys.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { EmptyState, Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { useUndo } from '@songbai/web-shared/widgets/Undo.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { SayNo, useDo, useSee } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { SettleAll } from './Done.tsx'
import type { Group } from './Done.tsx'
import { DECISION_KEY, DECISION_WORD, decisionOf, linesOf } from './model.ts'
import type { Run } from './model.ts'

const PAGE = 50

/** The open rows of one kind: a list, the one in hand side by side, and what may be decided. */
export function Rows({ run, source, group }: { readonly run: Run; readonly source: string; readonly group: Group | null }) {
  const { t } = useWords()
  const [purpose, setPurpose] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const seen = useSee(listRows, group ? { runId: run.id, ...group, limit: PAGE, ...(purpose ? { purpose } : {}) } : null)
  const [at, setAt] = useState(0)
  const rows = seen.value?.rows ?? []
  const here = Math.min(at, Math.max(0, rows.length - 1))
  const row = rows[here]
  const move = (by: number) => setAt(Math.max(0, Math.min(rows.length - 1, here + by)))
  useKeys({ j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1) })
  useEffect(() => { document.getElementById(`match-row-${here}`)?.scrollIntoView({ block: 'nearest' }) }, [here])
  if (!group) return <section className="card"><EmptyState icon="check" tone="good" title={t('match.settled')}>{t('match.rows.done.text')}</EmptyState></section>
  return (
    <Card title={t('match.rows')} right={<span className="sm muted no-phone"><Kbd>J</Kbd> <Kbd>K</Kbd> {t('match.keys')}</span>}>
      <SayNo no={seen.no} onRetry={seen.again} />
      {!seen.no && <Waiting for={seen.value} rows={6}>{() => (row === undefined ? <EmptyState icon="check" tone="good" title={t('match.rows.done')}>{t('match.rows.done.text')}</EmptyState> : (
        <div className="match-work">
          <ul className="match-list" aria-label={t('match.rows')}>
            {rows.map((one, i) => <li key={one.id} id={`match-row-${i}`}><button type="button" className={i === here ? 'on' : ''} aria-current={i === here} onClick={() => setAt(i)}><b>{one.ours?.name ?? one.theirs?.name ?? '—'}</b><small className="muted">{one.row === null ? '' : t('match.row', { n: one.row })}</small></button></li>)}
            {(seen.value?.total ?? 0) > rows.length && <li className="sm muted pad">{t('match.openRows', { n: formatNumber(seen.value!.total) })}</li>}
          </ul>
          <OneRow key={row.id} run={run} row={row} source={source} group={group} total={seen.value?.total ?? 0} onReveal={() => setAsking(true)} onSettled={() => setAt(here)} />
        </div>
      ))}</Waiting>}
      {asking && <Purpose onClose={() => setAsking(false)} onPurpose={(text) => { setPurpose(text); setAsking(false) }} />}
    </Card>
  )
}

function Purpose({ onPurpose, onClose }: { readonly onPurpose: (text: string) => void; readonly onClose: () => void }) {
  const { t } = useWords()
  const [text, setText] = useState<string>(t('match.show.default'))
  const save = (event: FormEvent) => { event.preventDefault(); if (text.trim().length >= 2) onPurpose(text.trim()) }
  return (
    <Dialog title={t('match.show')} onClose={onClose}>
      <form onSubmit={save}>
        <div className="fld"><label htmlFor="match-purpose">{t('match.show.purpose')}</label><input id="match-purpose" className="in" autoFocus maxLength={100} value={text} onChange={(event) => setText(event.target.value)} /></div>
        <div className="row"><button type="submit" className="b p">{t('match.show')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
      </form>
    </Dialog>
  )
}

/** The ground is asked once and may stay for the rows after it. */
let keptReason = ''

function OneRow({ run, row, source, group, total, onReveal, onSettled }: { readonly run: Run; readonly row: RowView; readonly source: string; readonly group: Group; readonly total: number; readonly onReveal: () => void; readonly onSettled: () => void }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const [asked, setAsked] = useState<{ readonly decision: Decision; readonly all: boolean } | null>(null)
  const [all, setAll] = useState<{ readonly decision: Decision; readonly reason: string } | null>(null)
  const { settle, busy, no } = useSettle(onSettled)
  const mayDo = may(me, settleRows) && !view.readOnly
  const choose = (decision: Decision) => { if (keptReason) void settle(row, decision, keptReason); else setAsked({ decision, all: false }) }
  useKeys(Object.fromEntries(Object.values(DECISION_KEY).map((key) => [key, () => {
    const decision = decisionOf(row, key)
    if (!mayDo || busy || decision === null) return false
    choose(decision)
  }])))
  return (
    <div className="match-one">
      <Sides row={row} source={source} />
      <Differences row={row} onReveal={onReveal} />
      <Why row={row} />
      {row.state === 'open' && row.reason && <p className="pad"><b>{row.reason}</b></p>}
      <SayNo no={no} />
      {mayDo && (
        <div className="row wrap match-acts">
          {row.decisions.map((one, i) => <button key={one} type="button" className={i === 0 ? 'b p' : 'b'} disabled={busy} onClick={() => choose(one)}>{t(DECISION_WORD[one])} <Kbd>{DECISION_KEY[one].toUpperCase()}</Kbd></button>)}
          {total > 1 && row.decisions[0] && <button type="button" className="b t" onClick={() => setAsked({ decision: row.decisions[0]!, all: true })}>{t('match.all')}</button>}
        </div>
      )}
      {asked && <Ground row={row} decision={asked.decision} all={asked.all} onClose={() => setAsked(null)} onGo={(decision, reason) => { setAsked(null); if (asked.all) setAll({ decision, reason }); else void settle(row, decision, reason) }} />}
      {all && <SettleAll run={run} group={group} decision={all.decision} reason={all.reason} count={total} onClose={() => { setAll(null); onSettled() }} />}
    </div>
  )
}

function useSettle(onSettled: () => void): { readonly settle: (row: RowView, decision: Decision, reason: string) => Promise<void>; readonly busy: boolean; readonly no: No | null } {
  const { t } = useWords()
  const client = useClient()
  const queries = useQueryClient()
  const offer = useUndo()
  const { run, busy, no } = useDo(settleRows)
  const settle = async (row: RowView, decision: Decision, reason: string) => {
    const answer = await run({ rowIds: [row.id], decision, reason })
    if (!answer.ok) return
    onSettled()
    const { settlementId, contradicted } = answer.value
    const what = t('match.did', { n: 1, decision: t(DECISION_WORD[decision]) }) + (contradicted > 0 ? ` ${t('match.contradicted', { n: contradicted })}` : '')
    offer({ what, onUndo: () => void client.do(undoSettlement, { settlementId }).then(() => setTimeout(() => void queries.invalidateQueries(), 1200)) })
  }
  return { settle, busy, no }
}

function Sides({ row, source }: { readonly row: RowView; readonly source: string }) {
  const { t } = useWords()
  const none = <span className="muted">{t('match.unknown')}</span>
  return (
    <table className="tb pair">
      <thead><tr><th /><th>{t('match.ours')}</th><th>{t('match.theirs', { source })}{row.row !== null && <span className="muted"> · {t('match.row', { n: row.row })}</span>}</th></tr></thead>
      <tbody>
        {linesOf(row).map((line) => (
          <tr key={line.word}>
            <th scope="row">{t(line.word)}</th>
            <td className={line.differs ? 'differs' : ''}>{row.ours === null ? (line.word === 'match.name' ? <span className="muted">{t('match.noOurs')}</span> : '') : line.word === 'match.name' ? <To to={`/elders/${row.ours.id}`}><b>{line.ours}</b></To> : (line.ours ?? none)}</td>
            <td className={line.differs ? 'differs' : ''}>{row.theirs === null ? (line.word === 'match.name' ? <span className="muted">{t('match.noTheirs')}</span> : '') : (line.theirs ?? none)}</td>
          </tr>
        ))}
        <tr><th scope="row">{t('match.sex')}</th>{(['ours', 'theirs'] as const).map((side) => <td key={side} className={row.ours?.sex && row.theirs?.sex && row.ours.sex !== row.theirs.sex ? 'differs' : ''}><Sex of={row[side]?.sex} /></td>)}</tr>
      </tbody>
    </table>
  )
}

function Sex({ of }: { readonly of: 'male' | 'female' | null | undefined }) {
  const { t } = useWords()
  return of ? t(of === 'male' ? 'person.male' : 'person.female') : <span className="muted">{of === null ? t('match.unknown') : ''}</span>
}

const ABOVE: ReadonlySet<string> = new Set(['name', 'birth', 'sex'])

function Differences({ row, onReveal }: { readonly row: RowView; readonly onReveal: () => void }) {
  const { t, both } = useWords()
  // Name, birth and sex stand side by side above already.
  const rest = row.differences.filter((one) => !ABOVE.has(one.code))
  if (rest.length === 0) return null
  return (
    <section className="match-diff">
      <h3>{t('match.differences')}</h3>
      <table className="tb pair"><tbody>
        {rest.map((one) => (
          <tr key={one.code}>
            <th scope="row">{both(one.label)}</th><td className="differs">{both(one.ours)}</td>
            <td className="differs"><b>{both(one.theirs)}</b>{!one.takes && <span className="sm muted"> · {t('match.byHand')}</span>}{one.means && <div className="sm">{both(one.means)}</div>}</td>
          </tr>
        ))}
      </tbody></table>
      {row.differences.some((one) => one.hidden) && <p className="sm pad">{t('match.hidden')} <button type="button" className="lk" onClick={onReveal}>{t('match.show')}</button></p>}
    </section>
  )
}

function Why({ row }: { readonly row: RowView }) {
  const { t, both } = useWords()
  if (row.doubt === null && row.others.length === 0) return null
  return (
    <section className="match-why">
      {row.doubt && <p><b>{both(row.doubt)}</b></p>}
      {row.why.length > 0 && <><h3>{t('match.why')}</h3><ul>{row.why.filter((one) => Math.abs(one.bits) >= 0.5).map((one) => <li key={one.text.zh} className={one.bits < 0 ? 'against' : ''}><span>{one.bits < 0 ? '−' : '＋'}</span>{both(one.text)}</li>)}</ul></>}
      {row.others.length > 0 && <><h3>{t('match.others')}</h3><ul>{row.others.map((one) => <li key={one.id}><To to={`/elders/${one.id}`}>{one.name}</To> <span className="sm muted">{one.birth} · {one.place}</span></li>)}</ul></>}
    </section>
  )
}

const GROUNDS = ['match.reason.paper', 'match.reason.asked', 'match.reason.known'] as const

function Ground({ row, decision, all, onGo, onClose }: { readonly row: RowView; readonly decision: Decision; readonly all: boolean; readonly onGo: (decision: Decision, reason: string) => void; readonly onClose: () => void }) {
  const { t } = useWords()
  const [which, setWhich] = useState(decision)
  const [reason, setReason] = useState('')
  const [keep, setKeep] = useState(false)
  const [short, setShort] = useState(false)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim().length < 2) return setShort(true)
    if (keep) keptReason = reason.trim()
    onGo(which, reason.trim())
  }
  return (
    <Dialog title={all ? t('match.all') : t(DECISION_WORD[decision])} onClose={onClose}>
      <form onSubmit={save}>
        {all && <div className="row wrap" role="radiogroup" style={{ marginBottom: 12 }}>{row.decisions.map((one) => <label key={one} className="row"><input type="radio" name="decision" checked={one === which} onChange={() => setWhich(one)} />{t(DECISION_WORD[one])}</label>)}</div>}
        <div className="fld">
          <label htmlFor="match-reason">{t('match.reason')}</label>
          <input id="match-reason" className="in" autoFocus maxLength={200} value={reason} aria-invalid={short} onChange={(event) => { setReason(event.target.value); setShort(false) }} />
          <span className="row wrap">{GROUNDS.map((key) => <button key={key} type="button" className="ch" onClick={() => setReason(t(key))}>{t(key)}</button>)}</span>
          {short && <span className="err" role="alert">{t('match.reason.needed')}</span>}
        </div>
        {!all && <label className="row sm"><input type="checkbox" checked={keep} onChange={(event) => setKeep(event.target.checked)} />{t('match.reason.keep')}</label>}
        <div className="row" style={{ marginTop: 12 }}><button type="submit" className="b p">{t('match.reason.save')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
      </form>
    </Dialog>
  )
}
