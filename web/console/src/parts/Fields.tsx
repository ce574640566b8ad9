import { useId } from 'react'
import type { ReactNode } from 'react'
import { RegionPicker } from '@songbai/web-shared/widgets/Pickers.tsx'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
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

export function TextField({ label, value, onText, hint, maxLength = 200, placeholder, type = 'text' }: { readonly label: string; readonly value: string; readonly onText: (text: string) => void; readonly hint?: string; readonly maxLength?: number; readonly placeholder?: string; readonly type?: string }) {
  return <Field label={label} hint={hint}>{(id) => <input id={id} className="in" type={type} autoComplete="off" maxLength={maxLength} placeholder={placeholder} value={value} onChange={(event) => onText(event.target.value)} />}</Field>
}
