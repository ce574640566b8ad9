import { useState } from 'react'
import type { FormEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import { exportElders } from '@songbai/capabilities/know/elders/contract'
import { cancelTask, seeTask } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import type { SentOf } from '@songbai/web-shared/api.ts'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo } from '../query.tsx'
import type { No } from '../query.tsx'

type Ask = Omit<SentOf<typeof exportElders>, 'format' | 'purpose'>

/** Who takes a list away says what for; the file is made on the server and fetched when it is ready. */
export function ExportDialog({ ask, n, onClose }: { readonly ask: Ask; readonly n: number; readonly onClose: () => void }) {
  const { t } = useWords()
  const [task, setTask] = useState<string | null>(null)
  return (
    <Dialog title={t('elder.export.title', { n: formatNumber(n) })} onClose={onClose}>
      {task === null ? <AskPurpose ask={ask} onTask={setTask} onClose={onClose} /> : <Making id={task} onClose={onClose} />}
    </Dialog>
  )
}

const PURPOSES = ['elder.export.visit', 'elder.export.check', 'elder.export.report'] as const

function AskPurpose({ ask, onTask, onClose }: { readonly ask: Ask; readonly onTask: (id: string) => void; readonly onClose: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const [purpose, setPurpose] = useState('')
  const [no, setNo] = useState<No | null>(null)
  const [short, setShort] = useState(false)
  // A list of a past day may be taken too, so this does not go the way of deeds that rest on such a day.
  const start = async (event: FormEvent) => {
    event.preventDefault()
    if (purpose.trim().length < 2) return setShort(true)
    const answer = await client.do(exportElders, { ...ask, format, purpose: purpose.trim() })
    if (answer.ok) onTask(answer.value.taskId)
    else setNo(answer)
  }
  return (
    <form onSubmit={(event) => void start(event)}>
      <p className="sm" style={{ margin: '4px 0 12px' }}>{t('elder.export.logged')}</p>
      <div className="fld">
        <label htmlFor="export-purpose">{t('elder.export.purpose')}</label>
        <input id="export-purpose" className="in" autoFocus maxLength={100} value={purpose} aria-invalid={short} onChange={(event) => { setPurpose(event.target.value); setShort(false) }} />
        <span className="row wrap">{PURPOSES.map((key) => <button key={key} type="button" className="ch" onClick={() => { setPurpose(t(key)); setShort(false) }}>{t(key)}</button>)}</span>
        {short && <span className="err" role="alert">{t('elder.export.purposeNeeded')}</span>}
      </div>
      <div className="row" role="radiogroup" aria-label={t('elder.export.format')} style={{ marginBottom: 14 }}>
        <label className="row"><input type="radio" name="format" checked={format === 'xlsx'} onChange={() => setFormat('xlsx')} />{t('elder.export.xlsx')}</label>
        <label className="row"><input type="radio" name="format" checked={format === 'csv'} onChange={() => setFormat('csv')} />{t('elder.export.csv')}</label>
      </div>
      <SayNo no={no} />
      <div className="row"><button type="submit" className="b p">{t('elder.export.make')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </form>
  )
}

const POLL_MS = 700

function Making({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const asked = useQuery({
    queryKey: ['elders.exportTask', id], queryFn: ({ signal }) => client.see(seeTask, { id }, signal),
    refetchInterval: ({ state }) => (state.data?.ok && ['done', 'failed', 'cancelled'].includes(state.data.value.state) ? false : POLL_MS),
  })
  if (asked.data && !asked.data.ok) return <SayNo no={asked.data} onRetry={() => void asked.refetch()} />
  const task = asked.data?.value
  if (task?.state === 'done') return <Ready result={task.result as { readonly fileId: string; readonly name: string; readonly rows: number }} onClose={onClose} />
  if (task?.state === 'failed' || task?.state === 'cancelled') return <><p role="alert">{t(task.state === 'failed' ? 'elder.export.failed' : 'elder.export.stopped')}</p><div className="row" style={{ marginTop: 12 }}><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div></>
  const share = task && task.total > 0 ? task.done / task.total : 0
  return (
    <div role="status">
      <p style={{ margin: '8px 0' }}>{t('elder.export.making')}</p>
      <svg width="100%" height="8" aria-hidden><rect width="100%" height="8" rx="3" fill="var(--sunk)" /><rect width={`${share * 100}%`} height="8" rx="3" fill="var(--c1)" /></svg>
      <div className="row" style={{ marginTop: 12 }}><button type="button" className="b" onClick={() => void client.do(cancelTask, { id })}>{t('state.stop')}</button></div>
    </div>
  )
}

function Ready({ result, onClose }: { readonly result: { readonly fileId: string; readonly name: string; readonly rows: number }; readonly onClose: () => void }) {
  const { t } = useWords()
  return (
    <>
      <p style={{ margin: '8px 0 14px' }}>{t('elder.export.ready', { name: result.name, n: formatNumber(result.rows) })}</p>
      <div className="row"><a className="b p" autoFocus href={`/api/files/${result.fileId}`} download={result.name}>{t('elder.export.fetch')}</a><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div>
    </>
  )
}
