import { cancelTask } from '@songbai/platform/system'
import type { TaskView } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useState } from 'react'
import { SayNo } from '../query.tsx'
import type { No } from '../query.tsx'
import { size } from './model.ts'
import { useTask } from './useTask.ts'

const TITLE = { reading: 'imp.run.reading', checking: 'imp.run.checking', committing: 'imp.run.committing', undoing: 'imp.run.undoing' } as const
export type RunningState = keyof typeof TITLE

const numberIn = (info: TaskView['info'], key: string): number | null => (typeof info[key] === 'number' ? info[key] : null)

/** How far, how fast, how long still, and a way to stop without a trace. */
export function Running({ taskId, state, onEnd }: { readonly taskId: string; readonly state: RunningState; readonly onEnd: () => void }) {
  const { t } = useWords()
  const { task, no, rate } = useTask(taskId, onEnd)
  return (
    <section className="card pg" aria-busy="true">
      <h2 className="sr">{t(TITLE[state])}</h2>
      <Figures task={task} state={state} rate={rate} />
      <Stop taskId={taskId} state={state} asked={task?.cancelAsked ?? false} />
      <Bar task={task} label={t(TITLE[state])} />
      <Tallies task={task} />
      {no && <p className="sm muted">{t('imp.run.lost')}</p>}
    </section>
  )
}

function Figures({ task, state, rate }: { readonly task: TaskView | null; readonly state: RunningState; readonly rate: number | null }) {
  const { t, rich, span } = useWords()
  if (task === null || task.state === 'waiting') return <div className="fig"><b>{t(TITLE[state])}</b>{task && <span>{t('imp.run.waiting')}</span>}</div>
  const memory = numberIn(task.info, 'memoryMb')
  const speed = numberIn(task.info, 'perSecond') ?? rate
  const seconds = numberIn(task.info, 'secondsLeft') ?? (rate === null ? null : (task.total - task.done) / rate)
  const done = <b>{formatNumber(task.done)}</b>
  const told = state === 'reading' ? 'imp.run.sheets' : state === 'checking' ? 'imp.run.seen' : 'imp.run.put'
  const left = seconds !== null && seconds > 0 ? span(seconds * 1000) : null
  return (
    <div className="fig">
      {task.done === 0 && <b>{t(TITLE[state])}</b>}
      {task.done > 0 && <span>{task.total > 0 ? rich(told, { done, total: formatNumber(task.total) }) : rich('imp.run.seenOnly', { done })}</span>}
      {speed !== null && state !== 'reading' && <span>{rich('imp.run.rate', { n: <b>{formatNumber(Math.round(speed))}</b> })}</span>}
      {left !== null && <span>{rich('imp.run.left', { time: <b>{left}</b> })}</span>}
      <span className="muted">{memory !== null && `${t('imp.run.memory', { size: size(memory * 1e6) })} · `}{t('imp.run.goesOn')}</span>
    </div>
  )
}

function Bar({ task, label }: { readonly task: TaskView | null; readonly label: string }) {
  const total = task?.total ?? 0
  const share = (n: number) => (total > 0 ? Math.min(100, (n / total) * 100) : 0)
  const error = numberIn(task?.info ?? {}, 'error') ?? 0, question = numberIn(task?.info ?? {}, 'question') ?? 0
  const plain = Math.max(0, (task?.done ?? 0) - error - question)
  return (
    <div className="bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share(task?.done ?? 0))}>
      <i style={{ width: `${share(plain)}%`, background: 'var(--c1)' }} /><i style={{ width: `${share(question)}%`, background: 'var(--c2)' }} /><i style={{ width: `${share(error)}%`, background: 'var(--cin-6)' }} />
    </div>
  )
}

function Tallies({ task }: { readonly task: TaskView | null }) {
  const { t } = useWords()
  const info = task?.info ?? {}
  const ready = numberIn(info, 'ready'), question = numberIn(info, 'question'), error = numberIn(info, 'error')
  if (ready === null && question === null && error === null) return <span />
  return (
    <div className="row wrap tally">
      <StateMark state="yes" small>{t('imp.tally.ready', { n: formatNumber(ready ?? 0) })}</StateMark>
      <StateMark state="notYet" small>{t('imp.tally.question', { n: formatNumber(question ?? 0) })}</StateMark>
      <StateMark state="alarm" small>{t('imp.tally.error', { n: formatNumber(error ?? 0) })}</StateMark>
    </div>
  )
}

function Stop({ taskId, state, asked }: { readonly taskId: string; readonly state: RunningState; readonly asked: boolean }) {
  const { t } = useWords()
  const client = useClient()
  const [no, setNo] = useState<No | null>(null)
  if (state === 'undoing') return <span />
  const stop = async () => {
    const answer = await client.do(cancelTask, { id: taskId })
    setNo(answer.ok ? null : answer)
  }
  if (asked) return <span className="sm muted" role="status">{t('imp.run.stopping')}</span>
  return (
    <div>
      <button type="button" className="b d" onClick={() => void stop()}>{t(state === 'committing' ? 'imp.run.stopCommit' : 'imp.run.stop')}</button>
      {state === 'committing' && <p className="sm muted">{t('imp.run.stopCommitWhy')}</p>}
      <SayNo no={no} />
    </div>
  )
}
