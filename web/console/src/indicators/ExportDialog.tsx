import { useState } from 'react'
import type { FormEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import * as z from 'zod'
import { exportRows } from '@songbai/capabilities/answer/indicators/contract'
import { seeTask } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import type { SentOf } from '@songbai/web-shared/api.ts'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'

const AGAIN_MS = 500
const fileOf = z.object({ fileId: z.string(), name: z.string(), rows: z.number() })

/** The people behind a number as a file: what for, in which form, then the link. */
export function ExportDialog({ asked, title, onClose }: { readonly asked: Omit<SentOf<typeof exportRows>, 'format' | 'purpose'>; readonly title: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(exportRows, [])
  const [purpose, setPurpose] = useState('')
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const [taskId, setTaskId] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await run({ ...asked, format, purpose: purpose.trim() })
    if (answer.ok) setTaskId(answer.value.taskId)
  }
  return (
    <Dialog title={t('ind.export', { title })} onClose={onClose}>
      {taskId !== null ? <Making taskId={taskId} onClose={onClose} /> : (
        <form onSubmit={(event) => void submit(event)}>
          <div className="fld"><label htmlFor="ind-purpose">{t('ind.export.purpose')}</label><input id="ind-purpose" className="in" autoComplete="off" autoFocus required minLength={2} maxLength={100} value={purpose} onChange={(event) => setPurpose(event.target.value)} /><p className="hint">{t('ind.export.logged')}</p></div>
          <div className="fld" role="radiogroup" aria-label={t('ind.export.format')}>
            {(['xlsx', 'csv'] as const).map((one) => <label key={one} className="row"><input type="radio" name="format" checked={format === one} onChange={() => setFormat(one)} />{t(one === 'xlsx' ? 'ind.export.sheet' : 'ind.export.text')}</label>)}
          </div>
          <SayNo no={no} />
          <div className="row"><button type="submit" className="b p" aria-disabled={busy}>{t('common.export')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
        </form>
      )}
    </Dialog>
  )
}

function Making({ taskId, onClose }: { readonly taskId: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const { data: answer, refetch } = useQuery({
    queryKey: ['ind.export', taskId], queryFn: ({ signal }) => client.see(seeTask, { id: taskId }, signal),
    refetchInterval: ({ state }) => (state.data?.ok && !['waiting', 'running'].includes(state.data.value.state) ? false : AGAIN_MS),
  })
  const task = answer?.ok ? answer.value : null
  const file = task?.state === 'done' ? fileOf.safeParse(task.result).data : undefined
  return (
    <>
      {answer && !answer.ok && <SayNo no={answer} onRetry={() => void refetch()} />}
      {!file && task?.state !== 'failed' && task?.state !== 'cancelled' && <p role="status">{t('ind.export.making', { n: formatNumber(task?.done ?? 0) })}</p>}
      {file && <p role="status">{t('ind.export.done', { n: formatNumber(file.rows) })} <a href={client.fileUrl(file.fileId)} download={file.name}>{file.name}</a></p>}
      {(task?.state === 'failed' || task?.state === 'cancelled') && <p role="alert">{t('ind.export.failed')}</p>}
      <div className="row" style={{ marginTop: 12 }}><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div>
    </>
  )
}
