import { useEffect, useId, useState } from 'react'
import type { ReactNode } from 'react'
import { RegionPicker } from '@songbai/web-shared/widgets/Pickers.tsx'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import './parts.css'

export interface Option {
  readonly id: string
  readonly name: string
}

/** A word of the filter sentence that can be changed. The first option is the usual one. */
export function Choice({ label, value, options, onPick }: { readonly label: string; readonly value: string; readonly options: readonly Option[]; readonly onPick: (id: string) => void }) {
  return (
    <label className="choice">
      <span className="sr">{label}</span>
      <select value={value} onChange={(event) => onPick(event.target.value)}>{options.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>
    </label>
  )
}

/** One field of a form: label above, hint below; the child takes the id. */
export function Field({ label, hint, children }: { readonly label: string; readonly hint?: string | undefined; readonly children: (id: string) => ReactNode }) {
  const id = useId()
  return <div className="fld"><label htmlFor={id}>{label}</label>{children(id)}{hint && <p className="hint">{hint}</p>}</div>
}

/** A place of the reader's own scope, chosen down the tree. */
export function PlaceField({ label, path, onPick }: { readonly label: string; readonly path: readonly Place[]; readonly onPick: (path: readonly Place[]) => void }) {
  const { api, me } = useSession()
  return (
    <div className="fld place-field">
      <label>{label}</label>
      <RegionPicker path={path} children={(region) => api.placesIn(region, me.today)} onPick={(_place, trail) => onPick(trail)} />
    </div>
  )
}

export function SelectField({ label, value, options, onPick, hint }: { readonly label: string; readonly value: string; readonly options: readonly Option[]; readonly onPick: (id: string) => void; readonly hint?: string }) {
  return <Field label={label} hint={hint}>{(id) => <select id={id} className="in" value={value} onChange={(event) => onPick(event.target.value)}>{options.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>}</Field>
}

export function TextField({ label, value, onText, hint, maxLength = 200, placeholder }: { readonly label: string; readonly value: string; readonly onText: (text: string) => void; readonly hint?: string; readonly maxLength?: number; readonly placeholder?: string }) {
  return <Field label={label} hint={hint}>{(id) => <input id={id} className="in" type="text" autoComplete="off" maxLength={maxLength} placeholder={placeholder} value={value} onChange={(event) => onText(event.target.value)} />}</Field>
}

// The browser's own date box speaks the language of the browser, not of the page; a day is typed as everywhere else.
function useTyped(value: string, onDay: (day: string) => void): { readonly text: string; readonly wrong: boolean; readonly type: (text: string) => void } {
  const [text, setText] = useState(value)
  useEffect(() => setText((before) => (parseDay(before) === (value || null) ? before : value)), [value])
  const wrong = text.trim() !== '' && parseDay(text) === null
  return { text, wrong, type: (next) => { setText(next); onDay(next.trim() === '' ? '' : (parseDay(next) ?? '')) } }
}

/** A day as a clerk writes it, 2024-03-05 or 20240305; hands on the day, or nothing while there is none. */
export function DayField({ label, value, onDay, hint }: { readonly label: string; readonly value: string; readonly onDay: (day: string) => void; readonly hint?: string }) {
  const { t } = useWords()
  const { text, wrong, type } = useTyped(value, onDay)
  return <Field label={label} hint={wrong ? t('day.wrong') : hint}>{(id) => <input id={id} className="in" inputMode="numeric" autoComplete="off" maxLength={14} placeholder={t('day.type')} aria-invalid={wrong} value={text} onChange={(event) => type(event.target.value)} />}</Field>
}

/** The same inside a sentence of filters. */
export function DayWord({ label, value, onDay }: { readonly label: string; readonly value: string; readonly onDay: (day: string) => void }) {
  const { t } = useWords()
  const { text, wrong, type } = useTyped(value, onDay)
  return <label className="row">{label}<input className="in" style={{ width: 118 }} inputMode="numeric" maxLength={14} placeholder={t('day.any')} aria-invalid={wrong} title={wrong ? t('day.wrong') : t('day.type')} value={text} onChange={(event) => type(event.target.value)} /></label>
}
