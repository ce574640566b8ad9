import { useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { inspectFile, listBatches, makeTemplate } from '@songbai/capabilities/know/imports/contract'
import type { BatchHead, BatchState } from '@songbai/capabilities/know/imports/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useClient } from '@songbai/web-shared/api.ts'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay } from '@songbai/web-shared/words/format.ts'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useGoHere } from '../elders/address.ts'
import { SayNo, useDo, useSee } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Equation } from './Equation.tsx'
import { Making } from './Making.tsx'
import { Steps } from './Steps.tsx'
import { MOST_BYTES, size } from './model.ts'
import './imports.css'

/** Drop a list, and every list there has been. */
export default function ImportsPage() {
  const { t } = useWords()
  const { me, view } = useSession()
  const [making, setMaking] = useState(false)
  const mayImport = may(me, inspectFile)
  return (
    <div className="page imports">
      <Briefing title={t('imp.title')} actions={may(me, makeTemplate) && !view.readOnly && <button type="button" className="b" title={t('imp.template.why')} onClick={() => setMaking(true)}><Icon name="import" />{t('imp.template')}</button>} />
      {mayImport && !view.readOnly && <><Steps at={1} /><DropZone /></>}
      {!mayImport && <p className="muted">{t('imp.mayNot')}</p>}
      <Past />
      {making && <Making what={{ make: 'template' }} onClose={() => setMaking(false)} />}
    </div>
  )
}

interface Sending { readonly name: string; readonly bytes: number }

/** Bytes first, then the look into them; the wizard opens by itself. */
function useSend(): { readonly sending: Sending | null; readonly no: No | null; readonly said: string | null; readonly take: (files: FileList | null) => void; readonly stop: () => void } {
  const { t } = useWords()
  const client = useClient()
  const go = useGoHere()
  const { run } = useDo(inspectFile, [listBatches])
  const [sending, setSending] = useState<Sending | null>(null)
  const [no, setNo] = useState<No | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const halt = useRef<AbortController | null>(null)
  const send = async (file: File) => {
    setSending({ name: file.name, bytes: file.size })
    halt.current = new AbortController()
    const sent = await client.upload(file, file.name, halt.current.signal).catch(() => null)
    const looked = sent?.ok ? await run({ fileId: sent.value.id }) : sent
    setSending(null)
    if (looked?.ok && 'batchId' in looked.value) go(`/imports/${looked.value.batchId}`)
    else if (looked && !looked.ok) setNo(looked)
  }
  const take = (files: FileList | null) => {
    const file = files?.[0]
    setNo(null)
    setSaid(null)
    if (!file) return
    if (files.length > 1) setSaid(t('imp.oneFile'))
    else if (file.size > MOST_BYTES) setSaid(t('imp.tooBig', { size: size(file.size), limit: size(MOST_BYTES) }))
    else void send(file)
  }
  return { sending, no, said, take, stop: () => halt.current?.abort() }
}

function DropZone() {
  const { t } = useWords()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const { sending, no, said, take, stop } = useSend()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <section className={over ? 'card drop over' : 'card drop'} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <Icon name="import" className="mk" />
      <div className="grow">
        {sending ? <p role="status"><b>{t('imp.uploading', { name: sending.name, size: size(sending.bytes) })}</b></p> : <h2>{t('imp.drop')}</h2>}
        <p className="sm muted">{t('imp.drop.kinds', { kinds: 'xlsx · xls · csv', size: size(MOST_BYTES) })}</p>
        {said && <p className="bad-words" role="alert">{said}</p>}
        <SayNo no={no} />
      </div>
      <input ref={input} type="file" className="sr" tabIndex={-1} aria-label={t('imp.choose')} accept=".xlsx,.xls,.xlsm,.csv,.tsv,.txt,.et,.html,.htm" onChange={(event) => { take(event.target.files); event.target.value = '' }} />
      {sending ? <button type="button" className="b" onClick={stop}>{t('state.stop')}</button> : <button type="button" className="b p big" onClick={() => input.current?.click()}>{t('imp.choose')}</button>}
    </section>
  )
}

export const STATE_WORD: Readonly<Record<BatchState, WordKey & `imp.state.${BatchState}`>> = {
  reading: 'imp.state.reading', unreadable: 'imp.state.unreadable', inspected: 'imp.state.inspected', checking: 'imp.state.checking', checked: 'imp.state.checked', committing: 'imp.state.committing',
  committed: 'imp.state.committed', undoing: 'imp.state.undoing', undone: 'imp.state.undone', stopped: 'imp.state.stopped', failed: 'imp.state.failed',
}
const STATE_MARK: Readonly<Record<BatchState, State>> = {
  reading: 'unknown', unreadable: 'alarm', inspected: 'notYet', checking: 'unknown', checked: 'notYet', committing: 'unknown', committed: 'yes', undoing: 'unknown', undone: 'no', stopped: 'no', failed: 'alarm',
}

function Past() {
  const { t, day } = useWords()
  const go = useGoHere()
  const { me } = useSession()
  const seen = useSee(listBatches, { limit: 50 })
  const open = (batch: BatchHead) => { if (may(me, inspectFile)) go(`/imports/${batch.id}`) }
  const who = (batch: BatchHead) => `${batch.createdBy} · ${day(chinaDay(batch.createdAt))}`
  const state = (batch: BatchHead) => <StateMark state={STATE_MARK[batch.state]}>{t(STATE_WORD[batch.state])}</StateMark>
  const sum = (batch: BatchHead) => (batch.counts ? <Equation batchId={batch.id} counts={batch.counts} open={may(me, inspectFile)} /> : <span className="muted">{t('imp.notCounted')}</span>)
  if (seen.no) return <SayNo no={seen.no} onRetry={seen.again} />
  return (
    <DenseList
      id="imports" cardHeight={188} label={t('imp.past')} rows={seen.value?.batches ?? null} rowKey={(batch) => batch.id} onPage={open}
      columns={[
        { id: 'number', title: t('imp.list.number'), width: '150px', cell: (batch) => (may(me, inspectFile) ? <button type="button" className="lk" onClick={(event) => { event.stopPropagation(); open(batch) }}><b>{batch.number}</b></button> : <b>{batch.number}</b>) },
        { id: 'file', title: t('imp.list.file'), width: 'minmax(0,1fr)', cell: (batch) => <span title={batch.fileName}>{batch.fileName} <span className="muted sm">{size(batch.fileBytes)}</span></span> },
        { id: 'state', title: t('imp.list.state'), width: '150px', cell: state },
        { id: 'sum', title: t('imp.list.sum'), width: 'minmax(0,1.6fr)', cell: sum },
        { id: 'who', title: t('imp.list.who'), width: '140px', cell: who },
      ]}
      card={(batch) => <><div className="row"><b>{batch.number}</b><span className="end">{state(batch)}</span></div><div className="el">{batch.fileName}</div><div className="sm">{sum(batch)}</div><div className="sm muted">{who(batch)}</div><button type="button" className="b card-open" onClick={(event) => { event.stopPropagation(); open(batch) }}>{t('imp.list.open')}</button></>}
      empty={<EmptyState icon="import" title={t('imp.none')}>{t('imp.none.text')}</EmptyState>}
    />
  )
}
