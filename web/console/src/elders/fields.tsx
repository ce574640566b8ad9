/** Fields of the forms here: label above, the mistake under the field in words. */
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { refusalWords } from '@songbai/web-shared/words/translate.ts'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import type { No } from '../query.tsx'

interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** Under the field: what, why and what now in one line. */
  readonly error?: string | null | undefined
  readonly good?: string | null
  readonly children: (id: string, bad: boolean) => ReactNode
}

export function Field({ label, hint, error, good, children }: FieldProps) {
  const id = useId()
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      {children(id, Boolean(error))}
      {error ? <span className="err" role="alert"><Icon name="warn" />{error}</span> : good ? <span className="good-hint" role="status"><Icon name="check" />{good}</span> : hint && <span className="hint">{hint}</span>}
    </div>
  )
}

interface TextProps extends Omit<FieldProps, 'children'> {
  readonly value: string
  readonly onText: (text: string) => void
  readonly max?: number
  readonly numeric?: boolean
  readonly focus?: boolean
  readonly onLeave?: () => void
  readonly list?: readonly string[]
}

export function Text({ value, onText, max = 200, numeric, focus, onLeave, list, ...field }: TextProps) {
  const listId = useId()
  return (
    <Field {...field}>{(id, bad) => (
      <>
        <input id={id} className="in" autoComplete="off" maxLength={max} autoFocus={focus} inputMode={numeric ? 'numeric' : undefined} aria-invalid={bad} value={value} list={list ? listId : undefined} onBlur={onLeave} onChange={(event) => onText(event.target.value)} />
        {list && <datalist id={listId}>{list.map((one) => <option key={one} value={one} />)}</datalist>}
      </>
    )}</Field>
  )
}

/** Typed as the paper has it, 20240305 or 2024.3.5; the day it was read as stands under the field. */
export function DayText({ value, onText, last, ...field }: Omit<TextProps, 'numeric' | 'max' | 'good' | 'list'> & { readonly last?: string }) {
  const { t, dayLong } = useWords()
  const [left, setLeft] = useState(false)
  const day = parseDay(value)
  const wrong = value.trim() !== '' && day === null && left ? t('elder.day.wrong') : day !== null && last !== undefined && day > last ? t('elder.day.future') : null
  return <Text {...field} value={value} onText={(text) => { setLeft(false); onText(text) }} onLeave={() => setLeft(true)} numeric max={20} hint={field.hint ?? t('elder.day.hint')} error={field.error ?? wrong} good={day === null ? null : dayLong(day)} />
}

export interface Choice<T extends string> {
  readonly id: T
  readonly name: string
}

export function Pick<T extends string>({ value, of, onPick, ...field }: Omit<FieldProps, 'children'> & { readonly value: T; readonly of: readonly Choice<T>[]; readonly onPick: (id: T) => void }) {
  return <Field {...field}>{(id, bad) => <select id={id} className="in" aria-invalid={bad} value={value} onChange={(event) => onPick(event.target.value as T)}>{of.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>}</Field>
}

export function Radios<T extends string>({ label, value, of, onPick }: { readonly label: string; readonly value: T | null; readonly of: readonly Choice<T>[]; readonly onPick: (id: T) => void }) {
  const name = useId()
  return (
    <fieldset className="fld radios">
      <legend>{label}</legend>
      <div className="row wrap">{of.map((one) => <label key={one.id} className="row"><input type="radio" name={name} checked={value === one.id} onChange={() => onPick(one.id)} />{one.name}</label>)}</div>
    </fieldset>
  )
}

/** The server's words for a field: why, then what now. */
export function useSaid(): (code: string, args?: Readonly<Record<string, unknown>>) => string {
  const { lang } = useWords()
  return (code, args) => { const said = refusalWords(lang, code, args); return `${said.why}${lang === 'en' ? ' ' : ''}${said.now}` }
}

/** The refusal of one field, by its codes; the others stand above the form. */
export function refusedAt(no: No | null, codes: readonly string[]): { readonly code: string; readonly args: Readonly<Record<string, unknown>> } | null {
  return no && 'refusal' in no && codes.includes(no.refusal.code) ? { code: no.refusal.code, args: no.refusal.args ?? {} } : null
}

export function FormEnd({ label, busy, onClose, children }: { readonly label: string; readonly busy: boolean; readonly onClose: () => void; readonly children?: ReactNode }) {
  const { t } = useWords()
  return <div className="row wrap form-end"><button type="submit" className="b p" aria-disabled={busy}>{label}</button>{children}<button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
}
