import { useParams } from 'react-router'
import { listSources, seeRun } from '@songbai/capabilities/know/matching/contract'
import { sayFinding } from '@songbai/capabilities/know/imports/rules'
import { cancelTask } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useGoHere } from '../elders/address.ts'
import { useTask } from '../imports/useTask.ts'
import { Show, useSee } from '../query.tsx'
import { Done } from './Done.tsx'
import { Headings } from './Headings.tsx'
import type { Run } from './model.ts'
import './matching.css'

/** One comparison, wherever it stands. */
export default function RunPage() {
  const { id = '' } = useParams()
  const seen = useSee(seeRun, { runId: id })
  return <div className="page matching"><Show seen={seen} rows={10}>{(run) => <Whole key={run.id} run={run} again={seen.again} />}</Show></div>
}

function Whole({ run, again }: { readonly run: Run; readonly again: () => void }) {
  const { t, both, lang } = useWords()
  const go = useGoHere()
  const sources = useSee(listSources, {})
  const source = sources.value?.sources.find((one) => one.id === run.source)
  const running = run.state === 'reading' || run.state === 'matching'
  return (
    <>
      <div className="h">
        <h1>{source ? t('match.titleOf', { source: both(source.title) }) : t('match.title')}</h1>
        <span className="sub file-name">{run.fileName} · {run.number}</span>
        <div className="act"><button type="button" className="b" onClick={() => go('/matching')}><Icon name="left" />{t('match.past')}</button></div>
      </div>
      {running && run.taskId !== null && <Running key={run.taskId} taskId={run.taskId} onEnd={again} />}
      {run.failure && <div className="bn warn" role="alert"><Icon name="warn" /><span>{sayFinding(run.failure.code, run.failure.args, lang)}</span></div>}
      {run.state === 'unreadable' && <section className="card"><EmptyState icon="warn" tone="bad" title={t('match.state.unreadable')} actions={<button type="button" className="b p" onClick={() => go('/matching')}>{t('match.choose')}</button>} /></section>}
      {run.state === 'inspected' && source && <Headings run={run} source={source} />}
      {run.state === 'done' && <Done run={run} source={source ? both(source.title) : ''} />}
    </>
  )
}

const STEP_WORD = { ours: 'match.run.ours', theirs: 'match.run.theirs', numbers: 'match.run.compare', compare: 'match.run.compare', assign: 'match.run.write', write: 'match.run.write' } as const

function Running({ taskId, onEnd }: { readonly taskId: string; readonly onEnd: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const { task } = useTask(taskId, onEnd)
  const step = task?.info['step']
  const known = typeof step === 'string' && Object.hasOwn(STEP_WORD, step) ? STEP_WORD[step as keyof typeof STEP_WORD] : null
  const numbers = { n: formatNumber(task?.done ?? 0), total: formatNumber(task?.total ?? 0) }
  const said = known === null ? t('match.run.reading') : known === 'match.run.write' ? t(known) : known === 'match.run.compare' ? t(known, numbers) : t(known, { n: numbers.n })
  const share = task && task.total > 0 ? Math.min(1, task.done / task.total) : 0
  return (
    <section className="card pad match-run" aria-busy="true">
      <p role="status"><b>{said}</b></p>
      <svg width="100%" height="8" role="img" aria-label={said}><rect width="100%" height="8" rx="3" fill="var(--sunk)" /><rect width={`${share * 100}%`} height="8" rx="3" fill="var(--c1)" /></svg>
      {task?.cancelAsked ? <span className="sm muted">{t('match.run.stopping')}</span> : <button type="button" className="b d" onClick={() => void client.do(cancelTask, { id: taskId })}>{t('match.run.stop')}</button>}
    </section>
  )
}
