import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import type { IconName } from '../icons.tsx'
import { dayNumber, dayOfNumber, formatMonth, parseDay } from '../words/format.ts'
import { useWords } from '../words/WordsProvider.tsx'
import { Waiting } from './States.tsx'

/** A button with a panel under it; a press outside or Escape closes it. */
export function Popover({ icon, label, button, children, align }: { readonly icon?: IconName; readonly label: string; readonly button: ReactNode; readonly children: (close: () => void) => ReactNode; readonly align?: 'end' }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => { if (!box.current?.contains(event.target as Node)) setOpen(false) }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  const close = () => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  return (
    <div ref={box} className="pop-box" onKeyDown={(event) => { if (event.key === 'Escape' && open) { event.stopPropagation(); close() } }}>
      <button type="button" className="pop-button" aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(!open)}>
        {icon && <Icon name={icon} />}<span className="sr">{label} </span>{button}<Icon name="down" className="chev" />
      </button>
      {open && <div className="pop" role="dialog" aria-label={label} style={align === 'end' ? { left: 'auto', right: 0 } : undefined}>{children(close)}</div>}
    </div>
  )
}

export interface Place {
  /** 12-digit statistical code, or the shorter prefix of a scope. */
  readonly region: string
  readonly name: string
  readonly hasChildren?: boolean
  /** A count or a word beside the name: 25 个乡镇街道. */
  readonly note?: string
}

export interface RegionPickerProps {
  /** From the widest the user may see down to the place shown now. */
  readonly path: readonly Place[]
  readonly note?: string
  readonly children: (region: string) => Promise<readonly Place[]>
  readonly onPick: (place: Place, path: readonly Place[]) => void
}

export function RegionPicker({ path, note, children, onPick }: RegionPickerProps) {
  const { t } = useWords()
  const here = path[path.length - 1]
  const above = path[path.length - 2]
  return (
    <Popover icon="pin" label={t('top.place')} button={<span className="el">{above && <span className="above">{above.name} › </span>}<b>{here?.name}</b>{note && <span className="above"> · {note}</span>}</span>}>
      {(close) => <PlaceList path={path} load={children} onPick={(place, trail) => { onPick(place, trail); close() }} />}
    </Popover>
  )
}

function usePlaces(parent: string | undefined, load: RegionPickerProps['children']): readonly Place[] | null {
  const [got, setGot] = useState<{ readonly parent: string; readonly places: readonly Place[] } | null>(null)
  useEffect(() => {
    if (parent === undefined) return
    let gone = false
    load(parent).then((places) => { if (!gone) setGot({ parent, places }) }, () => { if (!gone) setGot({ parent, places: [] }) })
    return () => { gone = true }
  // The loader may be a new function at each render; the parent decides.
  }, [parent])
  return got && got.parent === parent ? got.places : null
}

function PlaceList({ path, load, onPick }: { readonly path: readonly Place[]; readonly load: RegionPickerProps['children']; readonly onPick: RegionPickerProps['onPick'] }) {
  const { t } = useWords()
  const [trail, setTrail] = useState(path)
  const [text, setText] = useState('')
  const here = trail[trail.length - 1]
  const places = usePlaces(here?.region, load)
  const enter = (next: readonly Place[]) => { setTrail(next); setText('') }
  return (
    <>
      <div className="pad row">
        {trail.length > 1 && <button type="button" className="b s" onClick={() => enter(trail.slice(0, -1))}><Icon name="left" />{t('place.up')}</button>}
        <input className="in" style={{ height: 32 }} autoFocus placeholder={t('place.filter')} aria-label={t('place.filter')} value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <ul className="opts">
        {here && !text && <li><button type="button" className="on" onClick={() => onPick(here, trail)}>{t('place.here', { name: here.name })}</button></li>}
        <Waiting for={places} rows={3} columns={1}>
          {(all) => <PlaceOptions places={all.filter((p) => p.name.includes(text.trim()))} text={text} onPick={(p) => onPick(p, [...trail, p])} onEnter={(p) => enter([...trail, p])} />}
        </Waiting>
      </ul>
    </>
  )
}

function PlaceOptions({ places, text, onPick, onEnter }: { readonly places: readonly Place[]; readonly text: string; readonly onPick: (place: Place) => void; readonly onEnter: (place: Place) => void }) {
  const { t } = useWords()
  if (places.length === 0 && text) return <li className="pad muted sm">{t('place.none', { text })}</li>
  return places.map((place) => (
    <li key={place.region}>
      <button type="button" onClick={() => onPick(place)}>{place.name}{place.note && <small>{place.note}</small>}</button>
      {place.hasChildren && <button type="button" className="in2" aria-label={t('place.into', { name: place.name })} onClick={() => onEnter(place)}><Icon name="right" /></button>}
    </li>
  ))
}

export interface DayChoice {
  readonly at: string
  /** The day of knowledge: the same day, unless only the look-back was asked. */
  readonly knownOn: string
}

export function DayPicker({ value, onPick }: { readonly value: DayChoice; readonly onPick: (choice: DayChoice) => void }) {
  const { t, today, day } = useWords()
  const now = value.at === today
  return (
    <Popover icon="clock" label={t('top.day')} button={<span className="el"><span className="above">{t('top.asOf')} </span><b>{now ? t('top.today', { day: day(today) }) : day(value.at)}</b></span>}>
      {(close) => <DayPanel value={value} onPick={(choice) => { onPick(choice); close() }} />}
    </Popover>
  )
}

function DayPanel({ value, onPick }: { readonly value: DayChoice; readonly onPick: (choice: DayChoice) => void }) {
  const { t, today } = useWords()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<'day.wrong' | 'day.future' | null>(null)
  const [lookBack, setLookBack] = useState(value.knownOn !== value.at)
  const pick = (at: string) => onPick({ at, knownOn: lookBack ? today : at })
  const submit = () => {
    const at = parseDay(typed)
    if (!at) return setWrong('day.wrong')
    if (at > today) return setWrong('day.future')
    pick(at)
  }
  return (
    <div className="cal">
      <form onSubmit={(event) => { event.preventDefault(); submit() }}>
        <input className="in" style={{ height: 32 }} inputMode="numeric" autoFocus aria-label={t('day.type')} placeholder={t('day.type')} aria-invalid={wrong !== null} value={typed} onChange={(event) => { setTyped(event.target.value); setWrong(null) }} />
        {wrong && <p className="sm" style={{ color: 'var(--cin-6)' }} role="alert">{t(wrong)}</p>}
      </form>
      <MonthGrid chosen={value.at} last={today} onPick={pick} />
      <label className="row sm" style={{ marginTop: 8, minHeight: 28 }}><input type="checkbox" checked={lookBack} onChange={(event) => setLookBack(event.target.checked)} />{t('day.lookBack')}</label>
      {value.at !== today && <button type="button" className="b s p" style={{ marginTop: 6 }} onClick={() => onPick({ at: today, knownOn: today })}>{t('day.back')}</button>}
    </div>
  )
}

const HEADS = { 'zh-CN': ['一', '二', '三', '四', '五', '六', '日'], en: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] }

/** Days of one month in weeks from Monday; blanks before the first. */
export function monthDays(month: string): readonly (string | null)[] {
  const first = dayNumber(`${month}-01`)
  const lead = (((first + 3) % 7) + 7) % 7
  const days: (string | null)[] = Array.from({ length: lead }, () => null)
  for (let n = first; dayOfNumber(n).slice(0, 7) === month; n++) days.push(dayOfNumber(n))
  return days
}

function shifted(month: string, by: number): string {
  const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
}

function MonthGrid({ chosen, last, onPick }: { readonly chosen: string; readonly last: string; readonly onPick: (day: string) => void }) {
  const { t, lang } = useWords()
  const [month, setMonth] = useState(chosen.slice(0, 7))
  return (
    <>
      <div className="row" style={{ margin: '8px 0 4px' }}>
        <button type="button" className="b s" aria-label={t('day.prev')} onClick={() => setMonth(shifted(month, -1))}><Icon name="left" /></button>
        <b className="grow" style={{ textAlign: 'center' }} aria-live="polite">{formatMonth(month, lang)}</b>
        <button type="button" className="b s" aria-label={t('day.next')} disabled={month >= last.slice(0, 7)} onClick={() => setMonth(shifted(month, 1))}><Icon name="right" /></button>
      </div>
      <div className="g">
        {HEADS[lang].map((head) => <span key={head}>{head}</span>)}
        {monthDays(month).map((day, at) => day === null ? <i key={at} /> : (
          <button key={day} type="button" disabled={day > last} aria-pressed={day === chosen} aria-current={day === last ? 'date' : undefined} aria-label={day} onClick={() => onPick(day)}>{Number(day.slice(8))}</button>
        ))}
      </div>
    </>
  )
}

/** Another day than today: the whole page is read-only and says so. */
export function PastDayBand({ value, onBack }: { readonly value: DayChoice; readonly onBack: () => void }) {
  const { t, today, dayLong } = useWords()
  if (value.at === today) return null
  return (
    <div className="bn past" role="status">
      <Icon name="clock" />
      <span>{t(value.knownOn === value.at ? 'day.past' : 'day.lookedBack', { day: dayLong(value.at) })}</span>
      <button type="button" className="go" onClick={onBack}>{t('day.back')}</button>
    </div>
  )
}
