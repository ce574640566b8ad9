import { useState } from 'react'
import { saveResidence } from '@songbai/capabilities/know/elders/contract'
import { To } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { may, useSession } from '../session.ts'
import { ResidenceForm } from './ResidenceForm.tsx'
import { useAddress } from './address.ts'
import { Person } from './person.tsx'
import { homeSaid, placeSaid } from './say.ts'
import type { ElderFile } from './story.ts'

export type Residence = ElderFile['residences'][number]

export const KIND_WORD = { usual: 'elder.home.usual', registered: 'elder.home.registered', winterCamp: 'elder.home.winterCamp', summerCamp: 'elder.home.summerCamp', other: 'elder.home.other' } as const
const COVER_WORD = { good: 'elder.cover.good', weak: 'elder.cover.weak', none: 'elder.cover.none' } as const
const CAMPS: ReadonlySet<Residence['kind']> = new Set(['winterCamp', 'summerCamp'])

/** Where the person is on this day, drawn as a sketch, then every other dwelling with its season. */
export function Residences({ file }: { readonly file: ElderFile }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const [form, setForm] = useState<Residence | 'new' | null>(null)
  const mayWrite = may(me, saveResidence) && !view.readOnly && file.elder.status === 'active'
  const sorted = [...file.residences].sort((a, b) => Number(b.today) - Number(a.today))
  const today = sorted.find((one) => one.today)
  return (
    <Card title={t(view.readOnly ? 'elder.home.thatDay' : 'elder.home.today')} right={<>{t('elder.home.count', { n: sorted.length })}{mayWrite && <button type="button" className="lk" onClick={() => setForm('new')}><Icon name="plus" />{t('elder.add')}</button>}</>} className="homes">
      {today && <Sketch now={today} others={sorted.filter((one) => !one.today)} />}
      {sorted.length === 0
        ? <p className="pad sm"><b>{homeSaid(file.elder.place, file.elder.address)}</b><br /><span className="muted">{t('elder.home.none')}</span></p>
        : <div className="lst">{sorted.map((one) => <Dwelling key={one.id} one={one} {...(mayWrite ? { onEdit: () => setForm(one) } : {})} />)}</div>}
      {form && <ResidenceForm elderId={file.elder.id} before={form === 'new' ? null : form} region={file.elder.region} onClose={() => setForm(null)} />}
    </Card>
  )
}

function useSeason(): (one: Residence) => string {
  const { t } = useWords()
  const say = (md: string) => t('elder.season.day', { m: Number(md.slice(0, 2)), d: Number(md.slice(3)) })
  return (one) => (one.seasonFrom && one.seasonTo ? t('elder.season', { from: say(one.seasonFrom), to: say(one.seasonTo) }) : CAMPS.has(one.kind) ? t('elder.season.unknown') : t('elder.season.all'))
}

function Dwelling({ one, onEdit }: { readonly one: Residence; readonly onEdit?: () => void }) {
  const { t } = useWords()
  const season = useSeason()
  const at = one.lon !== null && one.lat !== null ? t('elder.home.at', { lon: one.lon.toFixed(4), lat: one.lat.toFixed(4) }) : null
  const notes = [one.accessNote, one.phoneCoverage && t(COVER_WORD[one.phoneCoverage]), at, one.schematic ? t('elder.home.schematic') : null].filter(Boolean)
  return (
    <div>
      <b>{homeSaid(one.placeName, one.address)}</b>
      {one.today ? <StateMark small state="yes">{season(one)}</StateMark> : <span className="sm muted">{t(KIND_WORD[one.kind])}</span>}
      <small>{one.today ? t(KIND_WORD[one.kind]) : season(one)}{notes.length > 0 && ` · ${notes.join(' · ')}`}{onEdit && <button type="button" className="lk end" aria-label={`${t('elder.edit')} ${placeSaid(one.placeName)}`} onClick={onEdit}>{t('elder.edit')}</button>}</small>
    </div>
  )
}

const [W, H] = [262, 104]

/** A drawing without a map behind it: two camps keep their true bearing and say how far; a village home is only marked as one. */
function Sketch({ now, others }: { readonly now: Residence; readonly others: readonly Residence[] }) {
  const { t } = useWords()
  const other = others.find((one) => one.lon !== null && one.lat !== null && now.lon !== null && now.lat !== null)
  const line = other ? bearing(now, other) : null
  const camp = CAMPS.has(now.kind)
  return (
    <svg className="sketch" viewBox={`0 0 ${W} ${H}`} role="img" aria-label={`${t('elder.sketch')} ${placeSaid(now.placeName)}${line ? ` ${t('elder.sketch.km', { n: line.km.toFixed(0) })}` : ''}`}>
      <rect width={W} height={H} className={camp ? 'grass' : 'land'} />
      <path d="M0 34C40 14 60 54 110 38S190 8 262 26V0H0Z" className="hill" /><path d={`M0 ${H}V78c50-20 80 12 130 2s90-30 132-14v40Z`} className="hill" />
      {!camp && <><path d="M-5 52C60 40 90 66 146 54S220 36 270 44" className="road case" /><path d="M-5 52C60 40 90 66 146 54S220 36 270 44" className="road" /></>}
      {line && <><path d={`M${line.x} ${line.y} L${W / 2} ${H / 2}`} className="way" /><circle cx={line.x} cy={line.y} r="5" className="far" /><text x={line.x < W / 2 ? line.x + 9 : line.x - 9} y={line.y + 4} textAnchor={line.x < W / 2 ? 'start' : 'end'}>{t(KIND_WORD[other!.kind])} · {t('elder.sketch.km', { n: line.km.toFixed(0) })}</text></>}
      <circle cx={W / 2} cy={H / 2} r="13" className="halo" /><circle cx={W / 2} cy={H / 2} r="6" className="here" />
      <text x={W / 2 + 17} y={H / 2 + 17} className="b">{t(KIND_WORD[now.kind])}</text>
      <text x="8" y={H - 7} className="note">{t('elder.sketch')}</text>
    </svg>
  )
}

const KM_A_DEGREE = 111.3

/** Straight distance over a small area, and the edge point in its direction. */
function bearing(from: Residence, to: Residence): { readonly x: number; readonly y: number; readonly km: number } {
  const dx = (to.lon! - from.lon!) * KM_A_DEGREE * Math.cos((from.lat! * Math.PI) / 180), dy = (to.lat! - from.lat!) * KM_A_DEGREE
  const km = Math.hypot(dx, dy)
  const reach = km === 0 ? 0 : Math.min(86 / Math.max(0.01, Math.abs(dx / km)), 34 / Math.max(0.01, Math.abs(dy / km)))
  return { km, x: W / 2 + (km ? (dx / km) * reach : 0), y: H / 2 - (km ? (dy / km) * reach : 0) }
}

export function Household({ file }: { readonly file: ElderFile }) {
  const { t } = useWords()
  const address = useAddress()
  const rest = file.household.filter((one) => one.id !== file.elder.id)
  if (rest.length === 0) return null
  return (
    <Card title={t('elder.household')} right={t('common.people', { n: rest.length })}>
      <div className="lst">{rest.map((one) => <div key={one.id}><To to={address(`/elders/${one.id}`)}><Person row={one} /></To><span className="muted">{one.age === null ? '' : t('person.age', { n: one.age })}</span></div>)}</div>
    </Card>
  )
}
