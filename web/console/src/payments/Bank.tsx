import { useState } from 'react'
import * as z from 'zod'
import { exportBatch, listLayouts, readAnswerFile, settleBatch } from '@songbai/capabilities/decide/payments/contract'
import { Danger } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { FileButton, useUpload } from '../offers/Evidence.tsx'
import { SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import type { Seen } from './BatchPage.tsx'
import { listAddress } from './model.ts'
import { Running } from './Running.tsx'

const made = z.object({ fileId: z.string().nullable(), name: z.string().optional(), unwritable: z.array(z.object({ holder: z.string(), letters: z.string() })).optional() })
const read = z.object({ read: z.number(), returned: z.number(), odd: z.array(z.object({ line: z.number() })), unmatched: z.array(z.number()) })

/** The file for the bank, its answer, and what came of it. */
export function Bank({ got }: { readonly got: Seen }) {
  const { t, both, money } = useWords()
  const { me, view } = useSession()
  const { batch, files, outcome } = got
  const layouts = useSee(listLayouts, {})
  const [layout, setLayout] = useState('csv-utf8')
  const options = (layouts.value?.layouts ?? []).map((one) => ({ id: one.id, name: both(one.title) }))
  return (
    <Card title={t('pay.bank')} right={<Sample />}>
      {files.length > 0 && <ul className="pay-lines">{files.map((one) => <li key={one.id} className="pay-file"><span>{one.fileId && one.way === 'sent' ? <a href={`/api/files/${one.fileId}`} download={one.name}>{one.name}</a> : one.name}</span><span className="sm muted">{one.way === 'sent' ? t('pay.bank.sent', { people: formatNumber(one.people), amount: money(one.payFen), who: one.by, purpose: one.purpose }) : t('pay.bank.answer', { people: formatNumber(one.people), amount: money(one.payFen) })}</span></li>)}</ul>}
      <div className="pad">
        {batch.state === 'settled' && outcome ? <p>{t('pay.settled', { paid: formatNumber(outcome.paid), amount: money(outcome.paidFen), returned: '' })}<Num to={listAddress(batch.id, { list: 'returned' })}>{t('pay.returnedN', { n: formatNumber(outcome.returned) })}</Num></p> : (
          <>
            <SelectField label={t('pay.bank.layout')} value={layout} options={options} onPick={setLayout} hint={t('pay.bank.sampleNote')} />
            {!view.readOnly && may(me, exportBatch) && <Make batchId={batch.id} layout={layout} />}
            {!view.readOnly && batch.state === 'exported' && may(me, readAnswerFile) && <Answer batchId={batch.id} layout={layout} />}
            {!view.readOnly && batch.state === 'exported' && may(me, settleBatch) && outcome && <Settle got={got} />}
          </>
        )}
      </div>
    </Card>
  )
}

function Make({ batchId, layout }: { readonly batchId: string; readonly layout: string }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(exportBatch, [])
  const [purpose, setPurpose] = useState('')
  const [taskId, setTaskId] = useState<string | null>(null)
  const start = async () => {
    const answer = await run({ id: batchId, layout, purpose: purpose.trim() })
    if (answer.ok) setTaskId(answer.value.taskId)
  }
  return (
    <>
      <TextField label={t('pay.bank.purpose')} value={purpose} onText={setPurpose} maxLength={100} />
      {taskId && <Running key={taskId} taskId={taskId} title={t('pay.bank.make')} stop done={({ result }) => <Made result={result} />} />}
      <SayNo no={no} />
      <button type="button" className="b" disabled={busy || purpose.trim().length < 2} title={purpose.trim().length < 2 ? t('pay.bank.purpose') : undefined} onClick={() => void start()}>{t('pay.bank.make')}</button>
    </>
  )
}

function Made({ result }: { readonly result: unknown }) {
  const { t } = useWords()
  const file = made.safeParse(result).data
  if (file?.unwritable) return <p className="pay-bad" role="alert">{t('pay.bank.unwritable', { n: file.unwritable.length, who: file.unwritable.slice(0, 5).map((one) => `${one.holder}（${one.letters}）`).join('、') })}</p>
  return file?.fileId ? <p><a href={`/api/files/${file.fileId}`} download={file.name}>{file.name}</a></p> : null
}

function Answer({ batchId, layout }: { readonly batchId: string; readonly layout: string }) {
  const { t } = useWords()
  const upload = useUpload()
  const { run, busy, no } = useDo(readAnswerFile, [])
  const [taskId, setTaskId] = useState<string | null>(null)
  const take = async (file: File) => {
    const fileId = await upload.send(file)
    if (fileId === null) return
    const answer = await run({ id: batchId, layout, fileId })
    if (answer.ok) setTaskId(answer.value.taskId)
  }
  return (
    <div className="pay-answer">
      <p className="sm">{t('pay.bank.readNote')}</p>
      {taskId && <Running key={taskId} taskId={taskId} title={t('pay.bank.read')} done={({ result }) => <Read result={result} />} />}
      <SayNo no={upload.no ?? no} />
      <FileButton label={t('pay.bank.read')} accept=".csv,.txt" busy={busy || upload.busy} onFile={(file) => void take(file)} />
    </div>
  )
}

function Read({ result }: { readonly result: unknown }) {
  const { t } = useWords()
  const got = read.safeParse(result).data
  if (!got) return null
  return (
    <>
      <p>{t('pay.bank.readDone', { read: formatNumber(got.read), returned: formatNumber(got.returned) })}</p>
      {got.unmatched.length > 0 && <p className="pay-bad">{t('pay.bank.unmatched', { list: got.unmatched.join('、') })}</p>}
      {got.odd.length > 0 && <p className="sm muted">{t('pay.bank.odd', { list: got.odd.map((one) => one.line).join('、') })}</p>}
    </>
  )
}

function Settle({ got }: { readonly got: Seen }) {
  const { t, money } = useWords()
  const { run, busy, no } = useDo(settleBatch)
  const [asking, setAsking] = useState(false)
  const outcome = got.outcome!
  const paid = formatNumber(outcome.paid)
  return (
    <>
      <SayNo no={no} />
      <button type="button" className="b d" disabled={busy} onClick={() => setAsking(true)}>{t('pay.settle')}</button>
      {asking && <Danger title={t('pay.settle.title', { number: got.batch.number })} count={outcome.paid} verb={t('pay.settle.verb', { n: paid })} onDo={() => { setAsking(false); void run({ id: got.batch.id, returned: outcome.returned }) }} onClose={() => setAsking(false)}>{t('pay.settle.what', { paid, amount: money(outcome.paidFen), returned: formatNumber(outcome.returned) })}</Danger>}
    </>
  )
}
