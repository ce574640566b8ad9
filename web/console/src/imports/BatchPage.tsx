import { useState } from 'react'
import { useParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { checkBatch, seeBatch, seeProblems } from '@songbai/capabilities/know/imports/contract'
import { sayFinding } from '@songbai/capabilities/know/imports/rules'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useGoHere } from '../elders/address.ts'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { CommitBar } from './Commit.tsx'
import { Headings } from './Headings.tsx'
import { Kinds } from './Kinds.tsx'
import { Making } from './Making.tsx'
import { Receipt } from './Receipt.tsx'
import { Rows } from './Rows.tsx'
import { Running } from './Running.tsx'
import type { RunningState } from './Running.tsx'
import { SheetSettings } from './SheetSettings.tsx'
import { Steps } from './Steps.tsx'
import { RUNNING, size, stepOf } from './model.ts'
import type { Batch, Step } from './model.ts'
import { useSetupDraft } from './useDraft.ts'
import './imports.css'

/** One list on its way into the register; the step follows from the state of the import. */
export default function BatchPage() {
  const { id = '' } = useParams()
  const seen = useSee(seeBatch, { batchId: id })
  return <div className="page imports"><Show seen={seen} rows={8}>{(batch) => <Wizard key={batch.id} batch={batch} />}</Show></div>
}

function Wizard({ batch }: { readonly batch: Batch }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [back, setBack] = useState(false)
  const [making, setMaking] = useState<'repaired' | 'asked' | null>(null)
  const running = RUNNING.has(batch.state)
  const step: Step = back && batch.state === 'checked' ? 2 : stepOf(batch)
  const ended = () => { setBack(false); void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === seeBatch.name || queryKey[0] === seeProblems.name }) }
  const columns = batch.sheets.find((one) => one.index === (batch.setup ?? batch.suggested)?.sheet)?.columns.length ?? 0
  const columnsNote = columns === 0 ? undefined : batch.undecided.length > 0 ? t('imp.step.columnsOpen', { n: columns, open: batch.undecided.length }) : t('imp.step.columns', { n: columns })
  return (
    <>
      <Title batch={batch} />
      <Steps at={step} finished={batch.state === 'committed'} notes={{ 2: columnsNote, ...(batch.counts && step >= 3 ? { 3: t('imp.step.rows', { n: formatNumber(batch.counts.seen) }) } : {}) }} />
      {running && batch.taskId !== null && <Running key={batch.taskId} taskId={batch.taskId} state={batch.state as RunningState} onEnd={ended} />}
      <Bands batch={batch} step={step} />
      {batch.state === 'unreadable' && <Unreadable batch={batch} />}
      {step === 5 && !running && <Receipt batch={batch} onDownload={() => setMaking('asked')} />}
      {!running && (step === 2 || step === 3) && batch.sheets.length > 0 && <Work key={`${batch.taskId} ${batch.state}`} batch={batch} step={step} onBack={() => setBack(true)} onForward={() => setBack(false)} onDownload={() => setMaking('repaired')} />}
      {making && <Making what={{ make: making, batchId: batch.id }} onClose={() => setMaking(null)} />}
    </>
  )
}

function Title({ batch }: { readonly batch: Batch }) {
  const { t } = useWords()
  return (
    <div className="h">
      <h1>{t('imp.title')}</h1>
      <span className="sub file-name">{batch.fileName}{batch.sheets.length > 0 && ` · ${t('imp.head.sheets', { n: batch.sheets.length })}`} · {size(batch.fileBytes)}{batch.encoding && ` · ${t('imp.head.encoding', { name: batch.encoding })}`}</span>
      <div className="act"><span className="sm muted">{t('imp.head.batch', { number: batch.number })}</span></div>
    </div>
  )
}

function Bands({ batch, step }: { readonly batch: Batch; readonly step: Step }) {
  const { t, lang } = useWords()
  const go = useGoHere()
  if (batch.state === 'stopped' && step !== 5) return <div className="bn warn" role="status"><Icon name="check" /><span>{t('imp.stopped')}</span><button type="button" className="go" onClick={() => go('/imports')}>{t('imp.other')}</button></div>
  if (batch.state !== 'failed') return null
  return <div className="bn warn" role="alert"><Icon name="warn" /><span>{t('imp.failedBand')} {batch.failure && sayFinding(batch.failure.code, batch.failure.args, lang)}</span><button type="button" className="go" onClick={() => go('/imports')}>{t('imp.other')}</button></div>
}

function Unreadable({ batch }: { readonly batch: Batch }) {
  const { t, lang } = useWords()
  const go = useGoHere()
  const code = batch.failure?.code ?? ''
  return (
    <section className="card">
      <EmptyState icon="warn" tone="bad" title={t('imp.unreadable')} actions={<button type="button" className="b p" onClick={() => go('/imports')}>{t('imp.other')}</button>}>
        {batch.failure && sayFinding(code, batch.failure.args, lang)} <span className="sm muted">{t('imp.unreadable.code', { code })}</span>
      </EmptyState>
    </section>
  )
}

/** Headings on the left; on the right the settings of the sheet, or after the dry run its problems. */
function Work({ batch, step, onBack, onForward, onDownload }: { readonly batch: Batch; readonly step: 2 | 3; readonly onBack: () => void; readonly onForward: () => void; readonly onDownload: () => void }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const draft = useSetupDraft(batch)
  const [save, setSave] = useState(false)
  const [code, setCode] = useState<string | null>(null)
  const [turn, setTurn] = useState(0)
  const { run, busy, no } = useDo(checkBatch)
  const mayCheck = may(me, checkBatch) && !view.readOnly
  const start = () => void run({ batchId: batch.id, setup: draft.draft.setup, saveTemplate: save })
  const starter = mayCheck && (
    <div className="pad start">
      <label className="row sm"><input type="checkbox" checked={save} onChange={(event) => setSave(event.target.checked)} />{t('imp.hd.save')}</label>
      {draft.hindrance && <p className="amber-words sm" role="status"><Hindered why={draft.hindrance} /></p>}
      <SayNo no={no} />
      <div className="row">
        <button type="button" className={step === 2 ? 'b p' : 'b'} disabled={draft.hindrance !== null || busy} onClick={start}>{t('imp.hd.start')}</button>
        {step === 2 && batch.state === 'checked' && <button type="button" className="b" onClick={onForward}>{t('imp.state.checked')}<Icon name="right" /></button>}
      </div>
    </div>
  )
  return (
    <>
      <div className={step === 2 ? 'g two' : 'g three'}>
        <div>
          {draft.sheet?.table ? <Headings sheet={draft.sheet} fields={batch.fields} choices={draft.draft.setup.choices} onChoose={mayCheck ? draft.choose : null}>{step === 3 && draft.changed && starter}</Headings> : <section className="card"><EmptyState icon="q" title={t('imp.hd.look.noHeading')}>{t('imp.hd.noTable')}</EmptyState></section>}
        </div>
        <div inert={busy}>
          {step === 2 && <><SheetSettings batch={batch} draft={draft.draft} onSetup={draft.put} onDay={draft.typeDay} />{starter && <section className="card">{starter}</section>}</>}
          {step === 3 && <><Kinds batch={batch} onOnly={setCode} onDownload={onDownload} onDecided={() => setTurn((n) => n + 1)} /><Rows key={`${code} ${turn}`} batch={batch} code={code} onClear={() => setCode(null)} /></>}
        </div>
      </div>
      {step === 3 && !busy && <CommitBar batch={batch} onBack={onBack} />}
    </>
  )
}

function Hindered({ why }: { readonly why: NonNullable<ReturnType<typeof useSetupDraft>['hindrance']> }) {
  const { t, today } = useWords()
  if (why.why === 'twice') return t('imp.hd.twice', { field: why.field })
  if (why.why === 'day') return t('imp.hd.day.bad', { example: today })
  return t(why.why === 'noName' ? 'imp.hd.noName' : 'imp.hd.noTable')
}
