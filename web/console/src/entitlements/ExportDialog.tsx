import { useEffect, useState } from 'react'
import type { FormEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import * as z from 'zod'
import { exportResults } from '@songbai/capabilities/decide/entitlements/contract'
import { seeTask } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import type { SentOf } from '@songbai/web-shared/api.ts'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'

type Format = 'xlsx' | 'csv'
const AGAIN_MS = 500
const fileOf = z.object({ fileId: z.string(), name: z.string(), rows: z.number() })

/** What for, in which form; then how far; then the file. */
export function ExportDialog({ filter, total, onClose }: { readonly filter: Omit<SentOf<typeof exportResults>, 'format' | 'purpose'>; readonly total: number; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(exportResults, [])
  const [purpose, setPurpose] = useState('')
  const [format, setFormat] = useState<Format>('xlsx')
  const [taskId, setTaskId] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await run({ ...filter, format, purpose: purpose.trim() })
    if (answer.ok) setTaskId(answer.value.taskId)
  }
  return (
    <Dialog title={t('ent.export.title', { n: formatNumber(total) })} onClose={onClose}>
      {taskId !== null ? <Progress taskId={taskId} onClose={onClose} /> : (
        <form onSubmit={(event) => void submit(event)}>
          <div className="fld"><label htmlFor="ent-purpose">{t('ent.export.purpose')}</label><input id="ent-purpose" className="in" autoComplete="off" autoFocus required minLength={2} maxLength={100} value={purpose} onChange={(event) => setPurpose(event.target.value)} /><p className="hint">{t('ent.export.logged')}</p></div>
          <div className="fld" role="radiogroup" aria-label={t('ent.export.format')}>
            {(['xlsx', 'csv'] as const).map((one) => <label key={one} className="row"><input type="radio" name="format" checked={format === one} onChange={() => setFormat(one)} />{t(one === 'xlsx' ? 'ent.export.sheet' : 'ent.export.text')}</label>)}
          </div>
          <SayNo no={no} />
          <div className="row"><button type="submit" className="b p" disabled={busy}>{t('common.export')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
        </form>
      )}
    </Dialog>
  )
}

function Progress({ taskId, onClose }: { readonly taskId: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const asked = useQuery({
    queryKey: ['ent.export', taskId], queryFn: ({ signal }) => client.see(seeTask, { id: taskId }, signal),
    refetchInterval: ({ state }) => (state.data?.ok && ['done', 'failed', 'cancelled'].includes(state.data.value.state) ? false : AGAIN_MS),
  })
  const answer = asked.data
  const task = answer?.ok ? answer.value : null
  const file = task?.state === 'done' ? fileOf.safeParse(task.result).data : undefined
  // Starts by itself once; the link stays for a second copy.
  useEffect(() => {
    if (file) location.assign(`/api/files/${file.fileId}`)
  }, [file?.fileId])
  return (
    <>
      {answer && !answer.ok && <SayNo no={answer} onRetry={() => void asked.refetch()} />}
      {(!task || task.state === 'waiting' || task.state === 'running') && <><progress style={{ width: '100%' }} max={Math.max(1, task?.total ?? 1)} value={task?.done ?? 0} /><p role="status">{t('ent.export.running', { done: formatNumber(task?.done ?? 0), total: formatNumber(task?.total ?? 0) })}</p></>}
      {file && <p role="status">{t('ent.export.done', { n: formatNumber(file.rows) })} <a href={`/api/files/${file.fileId}`} download={file.name}>{file.name}</a></p>}
      {(task?.state === 'failed' || task?.state === 'cancelled') && <p role="alert">{t('ent.export.failed')}</p>}
      <div className="row" style={{ marginTop: 12 }}><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div>
    </>
  )
}
