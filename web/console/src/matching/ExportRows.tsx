import { useState } from 'react'
import type { FormEvent } from 'react'
import { exportRows } from '@songbai/capabilities/know/matching/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useTask } from '../imports/useTask.ts'
import { SayNo } from '../query.tsx'
import type { No } from '../query.tsx'
import type { Run } from './model.ts'

/** Who takes rows away says what for. */
export function ExportRows({ run, onClose }: { readonly run: Run; readonly onClose: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const [purpose, setPurpose] = useState('')
  const [taskId, setTaskId] = useState<string | null>(null)
  const [no, setNo] = useState<No | null>(null)
  const { task } = useTask(taskId)
  const result = task?.state === 'done' ? (task.result as { readonly fileId: string; readonly name: string; readonly rows: number }) : null
  const start = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await client.do(exportRows, { runId: run.id, purpose: purpose.trim() })
    if (answer.ok) setTaskId(answer.value.taskId)
    else setNo(answer)
  }
  return (
    <Dialog title={t('match.export.title', { n: formatNumber(run.open + run.waiting) })} onClose={onClose}>
      <p className="sm" style={{ margin: '4px 0 12px' }}>{t('match.export.text')}</p>
      {taskId === null ? (
        <form onSubmit={(event) => void start(event)}>
          <div className="fld"><label htmlFor="match-export">{t('match.show.purpose')}</label><input id="match-export" className="in" autoFocus required minLength={2} maxLength={100} value={purpose} onChange={(event) => setPurpose(event.target.value)} /></div>
          <SayNo no={no} />
          <div className="row"><button type="submit" className="b p">{t('match.export.make')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
        </form>
      ) : result ? <a className="b p" autoFocus href={`/api/files/${result.fileId}`} download={result.name}>{t('match.export.fetch', { n: formatNumber(result.rows) })}</a> : <p role="status">{t('match.export.making')}</p>}
    </Dialog>
  )
}
