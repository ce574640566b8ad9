import { useDeferredValue, useState } from 'react'
import { findPlaces } from '@songbai/capabilities/know/regions/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { RegionPicker } from '@songbai/web-shared/widgets/Pickers.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import { Field } from './fields.tsx'
import { belowCounty, placeSaid } from './say.ts'

export interface Chosen {
  readonly code: string
  readonly name: string
}

interface Props {
  readonly label: string
  readonly value: Chosen | null
  /** County or township within which a written name is looked for. */
  readonly near: string
  readonly onPick: (place: Chosen) => void
  readonly error?: string | null
  readonly hint?: string
}

/** A place as written on the paper (青龙村, an old township name) or chosen down the tree. */
export function PlaceField({ label, value, near, onPick, error, hint }: Props) {
  const { t } = useWords()
  const { path, api, me } = useSession()
  const [text, setText] = useState<string | null>(null)
  const asked = useDeferredValue(text?.trim() ?? '')
  const county = `${near.slice(0, 6)}000000`
  const found = useSee(findPlaces, asked.length >= 2 ? { text: asked, within: county } : null)
  const typing = text !== null && asked !== ''
  const pick = (place: Chosen) => { onPick(place); setText(null) }
  const none = typing && found.value?.status === 'none' ? t('elder.place.none', { text: asked }) : null
  return (
    <Field label={label} error={none ?? error} hint={hint ?? t('elder.place.hint')}>{(id, bad) => (
      <div className="place-pick">
        <div className="row">
          <input id={id} className="in" autoComplete="off" maxLength={120} aria-invalid={bad} value={text ?? value?.name ?? ''} onFocus={(event) => event.target.select()} onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => { const only = found.value?.status === 'unique' ? found.value.places[0] : undefined; if (event.key === 'Enter' && typing) { event.preventDefault(); if (only) pick({ code: only.code, name: belowCounty(only.path) }) } }} />
          <div className="tree"><RegionPicker path={path} children={(region) => api.placesIn(region, me.today)} onPick={(place, trail) => pick({ code: place.region, name: placeSaid(trail.slice(-2).map((one) => one.name).join('')) || place.name })} /></div>
        </div>
        {typing && found.value && found.value.places.length > 0 && (
          <ul className="opts found">{found.value.places.slice(0, 8).map((one) => <li key={one.code}><button type="button" onClick={() => pick({ code: one.code, name: belowCounty(one.path) })}><Icon name="pin" />{one.path}{one.formerName && <small>{t('elder.place.former', { name: one.formerName })}</small>}</button></li>)}</ul>
        )}
      </div>
    )}</Field>
  )
}
