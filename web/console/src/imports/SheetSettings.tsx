import { useState } from 'react'
import { inspectFile } from '@songbai/capabilities/know/imports/contract'
import type { Setup, SheetView } from '@songbai/capabilities/know/imports/contract'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Field, PlaceField, SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo } from '../query.tsx'
import { useSession } from '../session.ts'
import { headingRowsOf, onSheet } from './model.ts'
import type { Batch } from './model.ts'

const LOOKS = { list: 'imp.hd.look.list', totals: 'imp.hd.look.totals', empty: 'imp.hd.look.empty', noHeading: 'imp.hd.look.noHeading' } as const

function useSheetName(): (sheet: SheetView) => string {
  const { t } = useWords()
  return (sheet) => `${sheet.hidden ? t('imp.hd.hidden', { name: sheet.name }) : sheet.name} · ${t('imp.hd.rowsIn', { n: formatNumber(sheet.rows) })} · ${t(LOOKS[sheet.looksLike])}`
}

export interface Draft {
  readonly setup: Setup
  readonly dayTyped: string
  readonly dayWhy: 'bad' | 'future' | null
}

/** Which sheet, which rows head it, which place and day it speaks of. */
export function SheetSettings({ batch, draft, onSetup, onDay }: { readonly batch: Batch; readonly draft: Draft; readonly onSetup: (next: Setup) => void; readonly onDay: (typed: string) => void }) {
  const { t, today } = useWords()
  const name = useSheetName()
  const { setup } = draft
  const sheet = batch.sheets.find((one) => one.index === setup.sheet)
  return (
    <Card title={t('imp.hd.list')}>
      <div className="pad">
        <SelectField label={t('imp.hd.sheet')} value={String(setup.sheet)} options={batch.sheets.map((one) => ({ id: String(one.index), name: name(one) }))} onPick={(id) => onSetup(onSheet(setup, batch.sheets.find((one) => String(one.index) === id)))} />
        <HeadingRows batch={batch} setup={setup} sheet={sheet} />
        <ListPlace batch={batch} setup={setup} onSetup={onSetup} />
        <TextField label={t('imp.hd.day')} value={draft.dayTyped} hint={t('imp.hd.day.hint')} onText={onDay} />
        {draft.dayWhy && <p className="bad-words" role="alert">{draft.dayWhy === 'future' ? t('imp.hd.day.future') : t('imp.hd.day.bad', { example: today })}</p>}
      </div>
    </Card>
  )
}

/** The clerk's own heading rows: the file is looked into once more. */
function HeadingRows({ batch, setup, sheet }: { readonly batch: Batch; readonly setup: Setup; readonly sheet: SheetView | undefined }) {
  const { t } = useWords()
  const [typed, setTyped] = useState<string | null>(null)
  const [bad, setBad] = useState(false)
  const { run, busy, no } = useDo(inspectFile)
  const shown = typed ?? setup.headingRows.join('、')
  const again = () => {
    const headingRows = headingRowsOf(shown)
    setBad(headingRows === null)
    if (headingRows) void run({ batchId: batch.id, sheet: setup.sheet, headingRows, place: setup.place })
  }
  return (
    <>
      <Field label={t('imp.hd.row')} hint={t('imp.hd.row.hint')}>
        {(id) => <div className="row"><input id={id} className="in rows-in" inputMode="numeric" autoComplete="off" aria-invalid={bad} value={shown} onChange={(event) => { setTyped(event.target.value); setBad(false) }} /><button type="button" className="b" disabled={busy} onClick={again}>{t('imp.hd.row.again')}</button></div>}
      </Field>
      {bad && <p className="bad-words" role="alert">{t('imp.hd.row.bad')}</p>}
      {sheet?.table?.runnerUp && <p className="sm muted under">{t('imp.hd.row.runner', { n: sheet.table.runnerUp })}</p>}
      <SayNo no={no} />
    </>
  )
}

function ListPlace({ batch, setup, onSetup }: { readonly batch: Batch; readonly setup: Setup; readonly onSetup: (next: Setup) => void }) {
  const { t } = useWords()
  const { me, path: mine } = useSession()
  const start = [...mine, ...me.places].find((one) => one.region === setup.place)
  const trail = mine.findIndex((one) => one.region === setup.place)
  const [path, setPath] = useState<readonly Place[]>(trail >= 0 ? mine.slice(0, trail + 1) : start ? [start] : [...me.places, { region: setup.place, name: batch.place, hasChildren: true }])
  const pick = (next: readonly Place[]) => {
    setPath(next)
    const last = next[next.length - 1]
    if (last) onSetup({ ...setup, place: last.region })
  }
  return <><PlaceField label={t('imp.hd.place')} path={path} onPick={pick} /><p className="sm muted under">{t('imp.hd.place.hint')}</p></>
}
