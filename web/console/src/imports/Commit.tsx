import { useState } from 'react'
import { commitBatch } from '@songbai/capabilities/know/imports/contract'
import { COMMIT_WITHOUT_TYPING } from '@songbai/capabilities/know/imports/rules'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { undecidedNames } from './model.ts'
import type { Batch } from './model.ts'

/** Back, and the one button that writes; it rests with its reason while nothing may go in. */
export function CommitBar({ batch, onBack }: { readonly batch: Batch; readonly onBack: () => void }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const [asking, setAsking] = useState(false)
  const { run, busy, no } = useDo(commitBatch)
  const n = batch.counts?.ready ?? 0
  const hindered = batch.undecided.length > 0 ? t('imp.commit.open', { n: batch.undecided.length, names: undecidedNames(batch).join('、') }) : n === 0 ? t('imp.commit.none') : null
  const commit = async () => {
    setAsking(false)
    await run({ batchId: batch.id, count: n })
  }
  const verb = t('imp.commit', { n: formatNumber(n) })
  return (
    <div className="commit-bar">
      <button type="button" className="b" onClick={onBack}><Icon name="left" />{t('imp.back')}</button>
      <div className="grow">{no ? <SayNo no={no} /> : <span className={hindered ? 'sm amber-words' : 'sm muted'} id="commit-why">{hindered ?? t('imp.foot')}</span>}</div>
      {may(me, commitBatch) && !view.readOnly && <button type="button" className="b p" disabled={hindered !== null || busy} aria-describedby="commit-why" title={hindered ?? undefined} onClick={() => setAsking(true)}>{verb}</button>}
      {asking && <Ask batch={batch} n={n} verb={verb} onDo={() => void commit()} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Ask({ batch, n, verb, onDo, onClose }: { readonly batch: Batch; readonly n: number; readonly verb: string; readonly onDo: () => void; readonly onClose: () => void }) {
  const { t } = useWords()
  const title = t('imp.commit.title', { n: formatNumber(n) })
  const text = t('imp.commit.text', { place: batch.place, error: formatNumber(batch.counts?.error ?? 0), question: formatNumber(batch.counts?.question ?? 0) })
  if (n > COMMIT_WITHOUT_TYPING) return <Danger title={title} count={n} verb={verb} onDo={onDo} onClose={onClose}>{text}</Danger>
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="dlg-text">{text}</p>
      <div className="row"><button type="button" className="b p" autoFocus onClick={onDo}>{verb}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </Dialog>
  )
}
