import { useState } from 'react'
import { listAgreed, settleAll, undoSettlement } from '@songbai/capabilities/know/matching/contract'
import type { Decision, RowKind } from '@songbai/capabilities/know/matching/contract'
import { sums } from '@songbai/capabilities/know/matching/rules'
import { To } from '@songbai/web-shared/go.tsx'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Dialog, Drawer } from '@songbai/web-shared/widgets/Float.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useTask } from '../imports/useTask.ts'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { ExportRows } from './ExportRows.tsx'
import { Rows } from './Rows.tsx'
import { DECISION_WORD, KIND_WORD } from './model.ts'
import type { Run } from './model.ts'

export interface Group { readonly kind: RowKind; readonly code: string }

/** The counts, the kinds of rows, and one row after the other. */
export function Done({ run, source }: { readonly run: Run; readonly source: string }) {
  const { t } = useWords()
  const first = run.groups.find((one) => one.open > 0)
  const [group, setGroup] = useState<Group | null>(first ? { kind: first.kind, code: first.code } : null)
  const [showing, setShowing] = useState<'agreed' | 'export' | null>(null)
  return (
    <>
      <Sums run={run} onKind={(kind) => { const one = run.groups.find((g) => g.kind === kind); if (one) setGroup({ kind: one.kind, code: one.code }) }} onAgreed={() => setShowing('agreed')} />
      <div className="match-two list-first">
        <div className="match-side">
          <Groups run={run} group={group} onGroup={setGroup} />
          <button type="button" className="b" disabled={run.open + run.waiting === 0} onClick={() => setShowing('export')}>{t('match.export')}</button>
          <Settlements run={run} />
        </div>
        <Rows key={`${group?.kind} ${group?.code}`} run={run} source={source} group={group} />
      </div>
      {showing === 'agreed' && <Agreed run={run} onClose={() => setShowing(null)} />}
      {showing === 'export' && <ExportRows run={run} onClose={() => setShowing(null)} />}
    </>
  )
}

const ROW_SUM = { agreed: 'match.sum.agreed', different: 'match.sum.different', possible: 'match.sum.possible', onlyTheirs: 'match.sum.onlyTheirs', twice: 'match.sum.twice', unreadable: 'match.sum.unreadable', skipped: 'match.sum.skipped', linked: 'match.sum.linked', onlyOurs: 'match.sum.onlyOurs', notAsked: 'match.sum.notAsked' } as const
const OPENS = new Set(['different', 'possible', 'onlyTheirs', 'twice', 'unreadable', 'onlyOurs'])

/** Both sums, each part opening its rows. */
function Sums({ run, onKind, onAgreed }: { readonly run: Run; readonly onKind: (kind: RowKind) => void; readonly onAgreed: () => void }) {
  const { t } = useWords()
  const held = run.tally && sums(run.tally)
  if (!run.tally || !held) return <div className="bn warn" role="alert">{t('match.sum.broken')}</div>
  const part = ([key, n]: readonly [string, number], i: number) => {
    const text = t(ROW_SUM[key as keyof typeof ROW_SUM], { n: formatNumber(n) })
    const open = key === 'agreed' ? onAgreed : OPENS.has(key) ? () => onKind(key as RowKind) : null
    return <span key={key}>{i > 0 && ' ＋ '}{open && n > 0 ? <button type="button" className="n" onClick={open}>{text}</button> : <span className="muted">{text}</span>}</span>
  }
  return (
    <section className="card pad match-sums">
      <p>{t('match.sum.rows', { n: formatNumber(run.tally.rows) })}{held.rows.map(part)}</p>
      <p>{t('match.sum.ours', { n: formatNumber(run.tally.ours) })}{held.ours.map(part)}</p>
      {run.tally.remembered > 0 && <p className="sm muted">{t('match.sum.remembered', { n: formatNumber(run.tally.remembered) })}</p>}
    </section>
  )
}

function Groups({ run, group, onGroup }: { readonly run: Run; readonly group: Group | null; readonly onGroup: (group: Group) => void }) {
  const { t, both } = useWords()
  return (
    <Card title={t('match.groups')}>
      <ul className="match-groups">
        {run.groups.map((one) => (
          <li key={`${one.kind} ${one.code}`}>
            <button type="button" className={group?.kind === one.kind && group.code === one.code ? 'on' : ''} aria-pressed={group?.kind === one.kind && group.code === one.code} onClick={() => onGroup({ kind: one.kind, code: one.code })}>
              <span><b>{both(one.title)}</b><small className="muted">{t(KIND_WORD[one.kind])}</small></span>
              <span className={one.open > 0 ? 'num' : 'num muted'}>{one.open > 0 ? t('match.openRows', { n: formatNumber(one.open) }) : t('match.settled')}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Everything of one kind by one decision: the count is typed. */
export function SettleAll({ run, group, decision, count, reason, onClose }: { readonly run: Run; readonly group: Group; readonly decision: Decision; readonly count: number; readonly reason: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run: send, no } = useDo(settleAll)
  const [taskId, setTaskId] = useState<string | null>(null)
  const { task } = useTask(taskId, onClose)
  const start = async () => {
    const answer = await send({ runId: run.id, ...group, decision, reason, count })
    if (answer.ok) setTaskId(answer.value.taskId)
  }
  if (taskId !== null) return <Dialog title={t('match.all.title', { n: formatNumber(count) })} onClose={onClose}><p role="status">{t('match.run.compare', { n: formatNumber(task?.done ?? 0), total: formatNumber(count) })}</p></Dialog>
  return <Danger title={t('match.all.title', { n: formatNumber(count) })} count={count} verb={t('match.all.verb', { n: formatNumber(count) })} onDo={() => void start()} onClose={onClose}>{t('match.all.text', { n: formatNumber(count), decision: t(DECISION_WORD[decision]) })}<SayNo no={no} /></Danger>
}

function Settlements({ run }: { readonly run: Run }) {
  const { t, ago } = useWords()
  const { me, view } = useSession()
  const { run: undo, no } = useDo(undoSettlement)
  const [taskId, setTaskId] = useState<string | null>(null)
  const refresh = useDo(undoSettlement)
  useTask(taskId, () => { setTaskId(null); refresh.forget() })
  const take = async (settlementId: string) => {
    const answer = await undo({ settlementId })
    if (answer.ok) setTaskId(answer.value.taskId)
  }
  return (
    <Card title={t('match.settlements')}>
      <SayNo no={no} />
      {run.settlements.length === 0 ? <p className="pad muted">{t('match.settlements.none')}</p> : (
        <ul className="match-settled">
          {run.settlements.map((one) => (
            <li key={one.id}>
              <div className="grow"><b>{t('match.did', { n: formatNumber(one.rows), decision: t(DECISION_WORD[one.decision]) })}</b><div className="sm muted">{one.reason} · {one.by} · {ago(one.at, Date.now())}</div></div>
              {one.batchId && <To to={`/imports/${one.batchId}`} className="lk">{t('match.toImport')}</To>}
              {one.undoneAt !== null ? <span className="sm muted">{t('match.undone')}</span> : may(me, undoSettlement) && !view.readOnly && <button type="button" className="b s" disabled={taskId !== null} onClick={() => void take(one.id)}>{t('match.undo')}</button>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Agreed({ run, onClose }: { readonly run: Run; readonly onClose: () => void }) {
  const { t } = useWords()
  const [after, setAfter] = useState<string | undefined>()
  const seen = useSee(listAgreed, { runId: run.id, ...(after ? { after } : {}) })
  return (
    <Drawer title={t('match.agreed.title')} onClose={onClose}>
      <Show seen={seen}>{(got) => (
        <>
          <table className="tb"><tbody>{got.rows.map((one) => <tr key={one.row}><td className="muted">{t('match.row', { n: one.row })}</td><td><To to={`/elders/${one.elderId}`}>{one.name}</To></td><td>{one.place}</td></tr>)}</tbody></table>
          {got.next && <button type="button" className="b" onClick={() => setAfter(got.next!)}>{t('match.more')}</button>}
        </>
      )}</Show>
    </Drawer>
  )
}
