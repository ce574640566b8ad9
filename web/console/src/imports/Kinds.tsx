import { useState } from 'react'
import { answerRows, repairBatch, seeBatch, seeProblems } from '@songbai/capabilities/know/imports/contract'
import type { Decision } from '@songbai/capabilities/know/imports/contract'
import { COMMIT_WITHOUT_TYPING } from '@songbai/capabilities/know/imports/rules'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { useRowsBehind } from './Equation.tsx'
import { useKindTitle } from './say.ts'
import type { Batch, Kind } from './model.ts'

const MARK = { error: 'alarm', question: 'notYet', repaired: 'yes' } as const
const TONE = { error: 'hot', question: 'warm', repaired: 'plain' } as const
export const DECISION_ALL = { same: 'imp.dec.same.all', new: 'imp.dec.new.all', use: 'imp.dec.use.all', drop: 'imp.dec.drop.all' } as const
const ASKED_AGAIN = [seeBatch, seeProblems]

/** Problems by kind, the worst first; a kind opens its rows and may be decided in one go. */
export function Kinds({ batch, onOnly, onDownload, onDecided }: { readonly batch: Batch; readonly onOnly: (code: string) => void; readonly onDownload: () => void; readonly onDecided: () => void }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const download = may(me, repairBatch) && batch.kinds.length > 0 && <button type="button" className="b s" onClick={onDownload}><Icon name="import" />{t('imp.kinds.download')}</button>
  return (
    <Card title={t('imp.kinds')} right={download} className="kinds">
      {batch.kinds.length === 0 && <EmptyState icon="check" tone="good" title={t('imp.kinds.none')}>{t('imp.kinds.none.text')}</EmptyState>}
      <ul>{batch.kinds.map((kind) => <KindLine key={`${kind.severity} ${kind.code}`} batch={batch} kind={kind} mayDecide={!view.readOnly && may(me, answerRows) && batch.state === 'checked'} onOnly={onOnly} onDecided={onDecided} />)}</ul>
    </Card>
  )
}

function KindLine({ batch, kind, mayDecide, onOnly, onDecided }: { readonly batch: Batch; readonly kind: Kind; readonly mayDecide: boolean; readonly onOnly: (code: string) => void; readonly onDecided: () => void }) {
  const { t } = useWords()
  const { view } = useSession()
  const title = useKindTitle()(kind.code)
  const behind = useRowsBehind(batch.id)
  const [asking, setAsking] = useState<Decision | null>(null)
  const rows = t('imp.kinds.rows', { n: formatNumber(kind.rows) })
  const decide = kind.severity === 'question' && mayDecide ? kind.decisions : []
  return (
    <li className="er">
      <StateMark state={MARK[kind.severity]}><span className="kind-name">{title}</span></StateMark>
      <span className="num"><Num tone={TONE[kind.severity]} detail={{ title, definition: t(kind.severity === 'error' ? 'imp.def.error' : kind.severity === 'question' ? 'imp.def.question' : 'imp.def.repaired'), at: view.at, load: () => behind({ code: kind.code }) }}>{rows}</Num></span>
      <span className="row wrap verbs">
        {decide.map((one) => <button key={one} type="button" className="b s" onClick={() => setAsking(one)}>{t(DECISION_ALL[one])}</button>)}
        <button type="button" className="lk" onClick={() => onOnly(kind.code)}>{t(kind.severity === 'repaired' ? 'imp.kinds.changed' : 'imp.kinds.only')}</button>
      </span>
      {asking && <DecideAll batch={batch} kind={kind} decision={asking} title={title} onClose={() => setAsking(null)} onDecided={onDecided} />}
    </li>
  )
}

function DecideAll({ batch, kind, decision, title, onClose, onDecided }: { readonly batch: Batch; readonly kind: Kind; readonly decision: Decision; readonly title: string; readonly onClose: () => void; readonly onDecided: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(answerRows, ASKED_AGAIN)
  const decide = async () => {
    const answer = await run({ batchId: batch.id, code: kind.code, decision })
    if (!answer.ok) return
    onDecided()
    onClose()
  }
  const what = t(DECISION_ALL[decision])
  const heading = t('imp.allDanger', { n: formatNumber(kind.rows), what })
  const text = <>{t('imp.allDanger.text', { kind: title })}<SayNo no={no} /></>
  if (kind.rows > COMMIT_WITHOUT_TYPING) return <Danger title={heading} count={kind.rows} verb={what} onDo={() => void decide()} onClose={onClose}>{text}</Danger>
  return (
    <Dialog title={heading} onClose={onClose}>
      <div className="dlg-text">{text}</div>
      <div className="row"><button type="button" className="b p" disabled={busy} onClick={() => void decide()}>{what}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </Dialog>
  )
}
