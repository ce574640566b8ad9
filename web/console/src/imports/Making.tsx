import { useEffect, useState } from 'react'
import { cancelTask } from '@songbai/platform/system'
import { makeTemplate, repairBatch } from '@songbai/capabilities/know/imports/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo } from '../query.tsx'
import type { No } from '../query.tsx'
import { useTask } from './useTask.ts'

export type What = { readonly make: 'template' } | { readonly make: 'repaired' | 'asked'; readonly batchId: string }

const TITLE = { template: 'imp.make.template', repaired: 'imp.make.repaired', asked: 'imp.make.asked' } as const

/** A file made on the server by a long task and fetched when it is ready. */
export function Making({ what, onClose }: { readonly what: What; readonly onClose: () => void }) {
  const { t, lang } = useWords()
  const client = useClient()
  const [taskId, setTaskId] = useState<string | null>(null)
  const [no, setNo] = useState<No | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let gone = false
    const started = what.make === 'template' ? client.do(makeTemplate, { language: lang }) : client.do(repairBatch, { batchId: what.batchId, only: what.make === 'asked' ? 'asked' : 'all', language: lang })
    void started.then((answer) => {
      if (gone) return
      setNo(answer.ok ? null : answer)
      if (answer.ok) setTaskId(answer.value.taskId)
    })
    return () => { gone = true }
  // Starts when it opens and again only when asked.
  }, [turn])
  return (
    <Dialog title={t(TITLE[what.make])} onClose={onClose}>
      {no ? <SayNo no={no} onRetry={() => setTurn((n) => n + 1)} /> : <Progress id={taskId} onAgain={() => { setTaskId(null); setTurn((n) => n + 1) }} />}
      <div className="row end-row"><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div>
    </Dialog>
  )
}

function Progress({ id, onAgain }: { readonly id: string | null; readonly onAgain: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const { task, no } = useTask(id)
  if (no) return <SayNo no={no} />
  if (task?.state === 'failed' || task?.state === 'cancelled') return <div role="alert"><p>{t(task.state === 'failed' ? 'imp.make.failed' : 'imp.make.stopped')}</p><button type="button" className="b" onClick={onAgain}>{t('common.retry')}</button></div>
  if (task?.state === 'done') {
    const { fileId, name } = task.result as { readonly fileId: string; readonly name?: string }
    return <div role="status"><p>{t('imp.make.ready')}{name && <b className="file-name">{name}</b>}</p><a className="b p" autoFocus href={client.fileUrl(fileId)} download={name ?? true}>{t('imp.make.fetch')}</a></div>
  }
  return (
    <div role="status">
      <p>{t('imp.make.making')}</p>
      <svg width="100%" height="8" aria-hidden><rect width="100%" height="8" rx="3" fill="var(--sunk)" /><rect width={`${task && task.total > 0 ? (task.done / task.total) * 100 : 0}%`} height="8" rx="3" fill="var(--c1)" /></svg>
      {id !== null && <button type="button" className="b" onClick={() => void client.do(cancelTask, { id })}>{t('state.stop')}</button>}
    </div>
  )
}
