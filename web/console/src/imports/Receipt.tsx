import { useState } from 'react'
import type { FormEvent } from 'react'
import { undoBatch } from '@songbai/capabilities/know/imports/contract'
import { COMMIT_WITHOUT_TYPING } from '@songbai/capabilities/know/imports/rules'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useGoHere } from '../elders/address.ts'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Equation, useRowsBehind } from './Equation.tsx'
import { brought } from './model.ts'
import type { Batch } from './model.ts'

/** What became of every row, and the way back. */
export function Receipt({ batch, onDownload }: { readonly batch: Batch; readonly onDownload: () => void }) {
  const { t, day, span } = useWords()
  const { me, view } = useSession()
  const go = useGoHere()
  const behind = useRowsBehind(batch.id)
  const [undoing, setUndoing] = useState(false)
  const undone = batch.state === 'undone'
  const { counts } = batch
  const left = counts ? counts.error + counts.question + counts.dropped : 0
  return (
    <Card title={t(undone ? 'imp.receipt.undone' : 'imp.receipt')} note={batch.number} className="receipt">
      <div className="pad">
        <p><StateMark state={undone ? 'no' : batch.state === 'committed' ? 'yes' : 'notYet'}>{undone ? t('imp.receipt.undone') : t(batch.state === 'committed' ? 'imp.state.committed' : batch.state === 'failed' ? 'imp.state.failed' : 'imp.state.stopped')}</StateMark></p>
        {undone && batch.undoneAt !== null && <p>{t('imp.receipt.undoneText', { day: day(chinaDay(batch.undoneAt)), reason: batch.undoReason ?? '' })}</p>}
        {counts && <p className="big-eq"><span className="muted">{t('imp.receipt.equation')}</span><Equation batchId={batch.id} counts={counts} /></p>}
        {counts && counts.repaired > 0 && <p className="sm"><Num detail={{ title: t('imp.eq.repaired', { n: formatNumber(counts.repaired) }), definition: t('imp.def.repaired'), at: view.at, load: () => behind({ states: ['repaired'] }) }}>{t('imp.eq.repaired', { n: formatNumber(counts.repaired) })}</Num></p>}
        <p className="sm muted">{batch.committedAt !== null && t('imp.receipt.who', { who: batch.createdBy, day: day(chinaDay(batch.committedAt)) })}{counts && counts.seconds > 0 && ` · ${t('imp.receipt.took', { time: span(counts.seconds * 1000) })}`}</p>
        <div className="row wrap deeds">
          {!undone && brought(counts) > 0 && <button type="button" className="b p" onClick={() => go(`/elders?batch=${batch.id}`)}><Icon name="people" />{t('imp.receipt.elders')}</button>}
          {left > 0 && <button type="button" className="b" onClick={onDownload}><Icon name="import" />{t('imp.receipt.repaired')}</button>}
          <button type="button" className="b" onClick={() => go('/imports')}>{t('imp.receipt.next')}</button>
          {!undone && !view.readOnly && brought(counts) > 0 && may(me, undoBatch) && <button type="button" className="b d end" onClick={() => setUndoing(true)}><Icon name="undo" />{t('imp.receipt.undo')}</button>}
        </div>
      </div>
      {undoing && <UndoDialog batch={batch} onClose={() => setUndoing(false)} />}
    </Card>
  )
}

/** The reason first; over a hundred rows the number is typed as well. */
function UndoDialog({ batch, onClose }: { readonly batch: Batch; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(undoBatch)
  const [reason, setReason] = useState('')
  const [short, setShort] = useState(false)
  const [typing, setTyping] = useState(false)
  const n = brought(batch.counts)
  const title = t('imp.undo.title', { number: batch.number })
  const verb = t('imp.undo.do', { n: formatNumber(n) })
  const undo = async () => {
    setTyping(false)
    if ((await run({ batchId: batch.id, reason: reason.trim() })).ok) onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim().length < 2) setShort(true)
    else if (n > COMMIT_WITHOUT_TYPING) setTyping(true)
    else void undo()
  }
  if (typing) return <Danger title={title} count={n} verb={verb} onDo={() => void undo()} onClose={onClose}>{t('imp.undo.text')}</Danger>
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="dlg-text">{t('imp.undo.text')}</p>
      <form onSubmit={submit}>
        <div className="fld"><label htmlFor="undo-reason">{t('imp.undo.reason')}</label><input id="undo-reason" className="in" autoFocus maxLength={200} aria-invalid={short} value={reason} onChange={(event) => { setReason(event.target.value); setShort(false) }} />{short && <span className="err" role="alert">{t('imp.undo.short')}</span>}</div>
        <SayNo no={no} />
        <div className="row"><button type="submit" className="b d" disabled={busy}>{n > COMMIT_WITHOUT_TYPING ? t('imp.undo.next') : verb}</button><button type="button" className="b p" onClick={onClose}>{t('imp.undo.keep')}</button></div>
      </form>
    </Dialog>
  )
}
