import { useCallback, useMemo, useState } from 'react'
import { answerRows, fixCell, seeBatch, seeProblems } from '@songbai/capabilities/know/imports/contract'
import type { Decision, ProblemRow } from '@songbai/capabilities/know/imports/contract'
import { Kbd } from '@songbai/web-shared/Keys.tsx'
import { useClient } from '@songbai/web-shared/api.ts'
import { EmptyState, Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Grid } from './Grid.tsx'
import { useKindTitle } from './say.ts'
import type { Batch } from './model.ts'

const PAGE = 50
// A row that was put right stays where the clerk is; only the counts ask again.
const COUNTS = [seeBatch]

function useAnswers(batchId: string) {
  const client = useClient()
  const [now, setNow] = useState<ReadonlyMap<number, ProblemRow>>(new Map())
  const fixing = useDo(fixCell, COUNTS)
  const answering = useDo(answerRows, COUNTS)
  const put = useCallback((row: ProblemRow) => setNow((before) => new Map(before).set(row.row, row)), [])
  const fix = async (row: number, column: number, text: string) => {
    answering.forget()
    const answer = await fixing.run({ batchId, row, column, text })
    if (answer.ok) put(answer.value.row)
  }
  const answer = async (row: number, decision: Decision | null) => {
    fixing.forget()
    if (!(await answering.run({ batchId, rows: [row], decision })).ok) return
    const seen = await client.see(seeProblems, { batchId, row, limit: 1 })
    if (seen.ok && seen.value.rows[0]) put(seen.value.rows[0])
  }
  return { now, fix, answer, busy: fixing.busy || answering.busy, no: fixing.no ?? answering.no }
}

/** Row by row: correct in the cell, decide at the end of the line. */
export function Rows({ batch, code, onClear }: { readonly batch: Batch; readonly code: string | null; readonly onClear: () => void }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const title = useKindTitle()
  const ask = code === null ? { batchId: batch.id, states: ['error' as const, 'question' as const], limit: PAGE } : { batchId: batch.id, code, limit: PAGE }
  const head = useSee(seeProblems, { batchId: batch.id, limit: 1 })
  const pages = usePages(seeProblems, ask, (value) => value.rows)
  const answers = useAnswers(batch.id)
  const rows = useMemo(() => pages.rows?.map((row) => answers.now.get(row.row) ?? row) ?? null, [pages.rows, answers.now])
  const editable = batch.state === 'checked' && !view.readOnly && may(me, fixCell)
  const note = <span className="ch sq">{code === null ? t('imp.rows.all', { n: formatNumber(pages.total) }) : t('imp.rows.filter', { name: title(code) })}</span>
  return (
    <Card title={t('imp.rows')} note={note} className="rows" right={<>{code !== null && <button type="button" className="lk" onClick={onClear}>{t('imp.rows.clear')}</button>}{editable && <KeysLine busy={answers.busy} />}</>}>
      <div className="pad rows-body">
        <SayNo no={answers.no ?? pages.no} onRetry={pages.again} />
        {!pages.no && <Waiting for={head.value && rows} rows={5} columns={6}>{(list) => (list.length === 0 ? <NoRows filtered={code !== null} onClear={onClear} /> : <Grid columns={head.value!.columns} rows={list} editable={editable} onFix={answers.fix} onAnswer={answers.answer} />)}</Waiting>}
        {rows && rows.length > 0 && <p className="sm muted rows-foot">{t('imp.rows.shown', { shown: formatNumber(rows.length), total: formatNumber(pages.total) })}{pages.more && <button type="button" className="b s" onClick={pages.more}>{t('imp.rows.more')}</button>}</p>}
      </div>
    </Card>
  )
}

function KeysLine({ busy }: { readonly busy: boolean }) {
  const { t } = useWords()
  if (busy) return <span role="status">{t('imp.rows.saving')}</span>
  return <><span>{t('imp.rows.keys')}</span><span className="no-phone"><Kbd>↑</Kbd><Kbd>↓</Kbd> {t('imp.rows.keys.row')}</span><span className="no-phone"><Kbd>F2</Kbd> {t('imp.rows.keys.edit')}</span><span className="no-phone"><Kbd>F8</Kbd> {t('imp.rows.keys.next')}</span><span className="no-phone"><Kbd>Esc</Kbd> {t('imp.rows.keys.leave')}</span></>
}

function NoRows({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  const { t } = useWords()
  return <EmptyState icon="check" tone="good" title={t('imp.rows.none')} {...(filtered ? { actions: <button type="button" className="b" onClick={onClear}>{t('imp.rows.clear')}</button> } : {})}>{t('imp.rows.none.text')}</EmptyState>
}
