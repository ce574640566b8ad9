import { useQueryClient } from '@tanstack/react-query'
import { cancelTask } from '@songbai/platform/system'
import type { TaskView } from '@songbai/platform/system'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useTask } from '../imports/useTask.ts'
import { SayNo, useDo } from '../query.tsx'

/** How far a long task is, a way to stop it, and what it left; when it has ended every question on the page is asked again. */
export function Running({ taskId, title, done, stop = false }: { readonly taskId: string; readonly title: string; readonly done?: (task: TaskView) => React.ReactNode; readonly stop?: boolean }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const { task, no } = useTask(taskId, () => void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'system.task' }))
  const { run, no: noStop } = useDo(cancelTask, [])
  if (no) return <SayNo no={no} />
  if (task?.state === 'done') return <div role="status">{done?.(task)}</div>
  if (task?.state === 'failed' || task?.state === 'cancelled') return <p role="alert" className="pay-bad">{t('pay.task.failed')}</p>
  return (
    <div className="pay-run" role="status">
      <b>{title}</b>
      <progress max={Math.max(1, task?.total ?? 1)} value={task?.done ?? 0} aria-label={title} />
      <span className="sm muted">{t('pay.task.progress', { done: formatNumber(task?.done ?? 0), total: formatNumber(task?.total ?? 0) })}</span>
      {stop && <button type="button" className="b s" onClick={() => void run({ id: taskId })}>{t('state.stop')}</button>}
      <SayNo no={noStop} />
    </div>
  )
}
