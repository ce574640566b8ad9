import { useMemo, useState } from 'react'
import type { Setup } from '@songbai/capabilities/know/imports/contract'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useView } from '../session.ts'
import type { Draft } from './SheetSettings.tsx'
import { listDayOf, openColumns, setupFor, takenTwice } from './model.ts'
import type { Batch, Choice } from './model.ts'

export type Hindrance = { readonly why: 'noTable' | 'noName' | 'day' } | { readonly why: 'twice'; readonly field: string }

/** What the clerk is confirming; nothing is sent before the dry run starts. */
export function useSetupDraft(batch: Batch) {
  const { today, both } = useWords()
  const { region } = useView()
  const [setup, setSetup] = useState<Setup>(() => setupFor(batch, region, today))
  const [dayTyped, setDayTyped] = useState(setup.listDay)
  const [changed, setChanged] = useState(false)
  const sheet = batch.sheets.find((one) => one.index === setup.sheet)
  const dayWhy = listDayOf(dayTyped, today).why
  const put = (next: Setup) => { setSetup(next); setChanged(true) }
  const hindrance = useMemo<Hindrance | null>(() => {
    if (!sheet?.table) return { why: 'noTable' }
    if (!setup.choices.includes('name')) return { why: 'noName' }
    const twice = takenTwice(setup.choices)[0]
    const field = batch.fields.find((one) => one.id === twice)
    if (field) return { why: 'twice', field: both(field.label) }
    return dayWhy ? { why: 'day' } : null
  }, [sheet, setup.choices, batch.fields, both, dayWhy])
  return {
    draft: { setup, dayTyped, dayWhy } satisfies Draft, sheet, hindrance, changed, open: sheet ? openColumns(sheet, setup.choices) : [],
    put,
    choose: (column: number, choice: Choice) => put({ ...setup, choices: setup.choices.map((one, at) => (at === column ? choice : one)) }),
    typeDay: (typed: string) => {
      setDayTyped(typed)
      const { day } = listDayOf(typed, today)
      if (day !== null) put({ ...setup, listDay: day })
    },
  }
}
