import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { approveMany } from '@songbai/capabilities/decide/offers/contract'
import type { OfferRow } from '@songbai/capabilities/decide/offers/contract'
import { cancelTask, seeTask } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import { Danger, LongWork } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { refusalWords } from '@songbai/web-shared/words/translate.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { Amount } from './Amount.tsx'

const ENDED = ['done', 'failed', 'cancelled']

/** The list is shown, its count typed; then one after the other by the same rules, with what was left and why. */
export function ApproveMany({ rows, onClose }: { readonly rows: readonly OfferRow[]; readonly onClose: () => void }) {
  const { t, both } = useWords()
  const { run, no } = useDo(approveMany)
  const [task, setTask] = useState<string | null>(null)
  const n = formatNumber(rows.length)
  const start = async (): Promise<void> => {
    const answer = await run({ ids: rows.map((row) => row.id), count: rows.length })
    if (answer.ok) setTask(answer.value.taskId)
  }
  if (task !== null) return <Running taskId={task} onClose={onClose} />
  return (
    <Danger title={t('offers.bulk.title', { n })} count={rows.length} verb={t('offers.bulk.verb', { n })} onDo={() => void start()} onClose={onClose}>
      {t('offers.bulk.body')}
      <span className="bulk-list">{rows.map((row) => <span key={row.id}><b>{row.elderName}</b> {both(row.title)} <Amount of={row} /></span>)}</span>
      <SayNo no={no} />
    </Danger>
  )
}

function Running({ taskId, onClose }: { readonly taskId: string; readonly onClose: () => void }) {
  const { t, lang } = useWords()
  const client = useClient()
  const queries = useQueryClient()
  const asked = useQuery({
    queryKey: [seeTask.name, 'offers', taskId], queryFn: ({ signal }) => client.see(seeTask, { id: taskId }, signal),
    refetchInterval: ({ state }) => (state.data?.ok && ENDED.includes(state.data.value.state) ? false : 500),
  })
  const task = asked.data?.ok ? asked.data.value : null
  const close = () => { void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' }); onClose() }
  if (task === null || !ENDED.includes(task.state)) {
    const passed = task?.startedAt ? Date.now() - task.startedAt : 0
    return <Dialog title={t('offers.bulk.running')} onClose={close}><LongWork title={t('offers.bulk.running')} done={task?.done ?? 0} total={task?.total ?? 1} leftMs={task && task.done > 0 ? (passed / task.done) * (task.total - task.done) : 0} onStop={() => void client.do(cancelTask, { id: taskId })} /></Dialog>
  }
  const { approved = 0, left = {} } = (task.result ?? task.info) as { approved?: number; left?: Record<string, number> }
  return (
    <Dialog title={t('offers.bulk.done', { n: formatNumber(approved) })} onClose={close}>
      {Object.entries(left).map(([code, n]) => <p key={code}>{t('offers.bulk.left', { n: formatNumber(n), why: refusalWords(lang, code).why })}</p>)}
      <button type="button" className="b p" onClick={close}>{t('common.close')}</button>
    </Dialog>
  )
}
