import { useState } from 'react'
import type { FormEvent } from 'react'
import { RESIDENCE_KINDS, saveResidence } from '@songbai/capabilities/know/elders/contract'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { PlaceField } from './PlaceField.tsx'
import type { Chosen } from './PlaceField.tsx'
import { KIND_WORD } from './Residences.tsx'
import type { Residence } from './Residences.tsx'
import { FormEnd, Pick, Text, refusedAt, useSaid } from './fields.tsx'

/** 10-15, 1015 or 10月15日 as MM-DD; null when it is no day of a leap year. */
export function readMonthDay(typed: string): string | null {
  const found = /^(\d{1,2})\s*[-./月]\s*(\d{1,2})日?$/.exec(typed.trim()) ?? /^(\d{2})(\d{2})$/.exec(typed.trim())
  if (!found) return null
  const [m, d] = [Number(found[1]), Number(found[2])]
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]
  return days !== undefined && d >= 1 && d <= days ? `${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` : null
}

function within(text: string, from: number, to: number): number | null | undefined {
  if (text.trim() === '') return null
  const n = Number(text)
  return Number.isFinite(n) && n >= from && n <= to ? n : undefined
}

/** A dwelling: usual home, registered place, or a camp with its season, coordinates and how to get there. */
export function ResidenceForm({ elderId, before, region, onClose }: { readonly elderId: string; readonly before: Residence | null; readonly region: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const said = useSaid()
  const { run, busy, no } = useDo(saveResidence)
  const [kind, setKind] = useState<Residence['kind']>(before?.kind ?? 'usual')
  const [place, setPlace] = useState<Chosen | null>(before ? { code: before.place, name: before.placeName } : null)
  const [address, setAddress] = useState(before?.address ?? '')
  const [from, setFrom] = useState(before?.seasonFrom ?? '')
  const [to, setTo] = useState(before?.seasonTo ?? '')
  const [lon, setLon] = useState(before?.lon?.toString() ?? '')
  const [lat, setLat] = useState(before?.lat?.toString() ?? '')
  const [note, setNote] = useState(before?.accessNote ?? '')
  const [cover, setCover] = useState<'' | 'good' | 'weak' | 'none'>(before?.phoneCoverage ?? '')
  const [tried, setTried] = useState(false)
  const camp = kind === 'winterCamp' || kind === 'summerCamp' || kind === 'other'
  const x = within(lon, 73, 136), y = within(lat, 3, 54)
  const [a, b] = [readMonthDay(from), readMonthDay(to)]
  const seasonBad = camp && (from.trim() !== '' || to.trim() !== '') && (a === null || b === null)
  const refused = refusedAt(no, ['elders.region-unknown', 'elders.region-outside'])
  const save = async (end: boolean) => {
    setTried(true)
    if (!place || seasonBad || x === undefined || y === undefined) return
    const answer = await run({
      elderId, kind, place: place.code, end, schematic: false, ...(before ? { residenceId: before.id } : {}), ...(address.trim() ? { address } : {}), ...(note.trim() ? { accessNote: note } : {}),
      ...(cover ? { phoneCoverage: cover } : {}), ...(camp && a && b ? { seasonFrom: a, seasonTo: b } : {}), ...(x !== null && y !== null ? { lon: x, lat: y } : {}),
    })
    if (answer.ok) onClose()
  }
  return (
    <Dialog title={before ? t('elder.home.edit') : t('elder.home.new')} onClose={onClose}>
      <form className="fm" onSubmit={(event: FormEvent) => { event.preventDefault(); void save(false) }}>
        <Pick label={t('elder.home.kind')} value={kind} of={RESIDENCE_KINDS.map((id) => ({ id, name: t(KIND_WORD[id]) }))} onPick={setKind} />
        <PlaceField label={t('elder.place')} value={place} near={region} onPick={setPlace} error={tried && !place ? t('elder.needed') : refused ? said(refused.code, refused.args) : null} />
        <Text label={t('elder.address')} value={address} onText={setAddress} hint={t('elder.address.hint')} />
        {camp && (
          <>
            <div className="two">
              <Text label={t('elder.season.from')} value={from} onText={setFrom} max={10} hint={t('elder.season.hint')} error={tried && seasonBad ? t('elder.season.wrong') : null} />
              <Text label={t('elder.season.to')} value={to} onText={setTo} max={10} />
            </div>
            <div className="two">
              <Text label={t('elder.lon')} value={lon} onText={setLon} max={12} numeric error={x === undefined ? t('elder.lon.wrong') : null} />
              <Text label={t('elder.lat')} value={lat} onText={setLat} max={12} numeric error={y === undefined ? t('elder.lat.wrong') : null} />
            </div>
          </>
        )}
        <Text label={t('elder.access')} value={note} onText={setNote} max={300} hint={t('elder.access.hint')} />
        <Pick label={t('elder.cover')} value={cover} of={[{ id: '', name: t('elder.notKnown') }, { id: 'good', name: t('elder.cover.good') }, { id: 'weak', name: t('elder.cover.weak') }, { id: 'none', name: t('elder.cover.none') }]} onPick={setCover} />
        {!refused && <SayNo no={no} />}
        <FormEnd label={t('elder.save')} busy={busy} onClose={onClose}>{before && <button type="button" className="b d" onClick={() => void save(true)}>{t('elder.home.end')}</button>}</FormEnd>
      </form>
    </Dialog>
  )
}
