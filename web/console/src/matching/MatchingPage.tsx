import { useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { inspectList, listRuns, listSources } from '@songbai/capabilities/know/matching/contract'
import type { RunHead } from '@songbai/capabilities/know/matching/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useGoHere } from '../elders/address.ts'
import { SayNo, useDo, useSee } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { STATE_MARK, STATE_WORD } from './model.ts'
import './matching.css'

/** A list of another department goes in here; every comparison there has been. */
export default function MatchingPage() {
  const { t } = useWords()
  const { me, view } = useSession()
  return (
    <div className="page matching">
      <Briefing title={t('match.title')}>{t('match.lead')}</Briefing>
      {may(me, inspectList) && !view.readOnly ? <NewRun /> : <p className="muted">{t('match.mayNot')}</p>}
      <Past />
    </div>
  )
}

type SourceId = RunHead['source']

function NewRun() {
  const { t, both } = useWords()
  const sources = useSee(listSources, {})
  const [source, setSource] = useState<SourceId>('police')
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const { sending, no, take } = useSend(source)
  const chosen = sources.value?.sources.find((one) => one.id === source)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <section className={over ? 'card match-new over' : 'card match-new'} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <fieldset className="match-sources">
        <legend>{t('match.whose')}</legend>
        {(sources.value?.sources ?? []).map((one) => <label key={one.id} className={one.id === source ? 'ch on' : 'ch'}><input type="radio" name="source" className="sr" checked={one.id === source} onChange={() => setSource(one.id)} />{both(one.title)}</label>)}
      </fieldset>
      {chosen && <p className="sm muted">{both(chosen.list)} · {t(chosen.complete ? 'match.hd.complete' : 'match.hd.partial')}</p>}
      <div className="row wrap match-drop">
        <div className="grow"><h2>{sending ? t('match.uploading', { name: sending }) : t('match.drop')}</h2><p className="sm muted">{t('match.drop.text')}</p></div>
        <input ref={input} type="file" className="sr" tabIndex={-1} aria-label={t('match.choose')} accept=".xlsx,.xls,.xlsm,.csv,.tsv,.txt,.et" onChange={(event) => { take(event.target.files); event.target.value = '' }} />
        <button type="button" className="b p big" disabled={sending !== null} onClick={() => input.current?.click()}>{t('match.choose')}</button>
      </div>
      <SayNo no={no ?? sources.no} />
    </section>
  )
}

function useSend(source: SourceId): { readonly sending: string | null; readonly no: No | null; readonly take: (files: FileList | null) => void } {
  const client = useClient()
  const go = useGoHere()
  const { run } = useDo(inspectList, [listRuns])
  const [sending, setSending] = useState<string | null>(null)
  const [no, setNo] = useState<No | null>(null)
  const send = async (file: File) => {
    setSending(file.name)
    const sent = await client.upload(file, file.name)
    const looked = sent.ok ? await run({ source, fileId: sent.value.id }) : sent
    setSending(null)
    if (looked.ok && 'runId' in looked.value) go(`/matching/${looked.value.runId}`)
    else if (!looked.ok) setNo(looked)
  }
  return { sending, no, take: (files) => { setNo(null); if (files?.[0]) void send(files[0]) } }
}

function Past() {
  const { t, day, both } = useWords()
  const go = useGoHere()
  const seen = useSee(listRuns, { limit: 50 })
  const sources = useSee(listSources, {})
  const title = (run: RunHead) => both(sources.value?.sources.find((one) => one.id === run.source)?.title ?? { zh: '', en: '' })
  const state = (run: RunHead) => <StateMark state={run.state === 'done' && run.open > 0 ? 'notYet' : STATE_MARK[run.state]}>{t(STATE_WORD[run.state])}</StateMark>
  const left = (run: RunHead) => (run.state !== 'done' ? <span className="muted">—</span> : run.open + run.waiting === 0 ? t('match.settled') : <>{t('match.openRows', { n: formatNumber(run.open) })}{run.waiting > 0 && <span className="muted"> · {t('match.waitingRows', { n: formatNumber(run.waiting) })}</span>}</>)
  const open = (run: RunHead) => go(`/matching/${run.id}`)
  if (seen.no) return <SayNo no={seen.no} onRetry={seen.again} />
  return (
    <DenseList
      id="matching" cardHeight={132} label={t('match.past')} rows={seen.value?.runs ?? null} rowKey={(run) => run.id} onPage={open}
      columns={[
        { id: 'number', title: t('match.list.number'), width: '170px', cell: (run) => <button type="button" className="lk" onClick={(event) => { event.stopPropagation(); open(run) }}><b>{run.number}</b></button> },
        { id: 'file', title: t('match.list.file'), width: 'minmax(0,1.4fr)', cell: (run) => <span title={run.fileName}><b>{title(run)}</b> <span className="muted">{run.fileName}</span></span> },
        { id: 'state', title: t('match.list.state'), width: '150px', cell: state },
        { id: 'open', title: t('match.list.open'), width: 'minmax(0,1fr)', cell: left },
        { id: 'who', title: t('match.list.who'), width: '150px', cell: (run) => `${run.createdBy} · ${day(chinaDay(run.createdAt))}` },
      ]}
      card={(run) => <><div className="row"><b>{title(run)}</b><span className="end">{state(run)}</span></div><div className="el">{run.fileName}</div><div className="sm">{left(run)}</div><div className="sm muted">{run.number} · {run.createdBy}</div></>}
      empty={<EmptyState icon="merge" title={t('match.none')}>{t('match.none.text')}</EmptyState>}
    />
  )
}
