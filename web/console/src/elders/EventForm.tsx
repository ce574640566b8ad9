import { useState } from 'react'
import type { FormEvent } from 'react'
import { EVENT_KINDS, recordEvents } from '@songbai/capabilities/know/elders/contract'
import { To } from '@songbai/web-shared/go.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Refused } from '@songbai/web-shared/widgets/States.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { SayNo, useDo } from '../query.tsx'
import { EVENT_WORD } from './Facts.tsx'
import { PlaceField } from './PlaceField.tsx'
import type { Chosen } from './PlaceField.tsx'
import { DayText, FormEnd, Pick, Text } from './fields.tsx'
import type { ElderFile } from './story.ts'

type Kind = (typeof EVENT_KINDS)[number]
type Result = OutputOf<typeof recordEvents>['results'][number]

/** Grants, disability and income come from the lists of their departments; by hand a clerk records these. */
const BY_HAND: readonly Kind[] = ['death', 'deathWithdrawn', 'moveWithin', 'moveOut', 'hospitalIn', 'hospitalOut', 'seen']
const NEEDS_PLACE: ReadonlySet<Kind> = new Set(['moveWithin'])

/** 记一次变动. The paper's number makes the line unique: the same paper twice changes nothing. A line that contradicts becomes a case. */
export function EventForm({ file, onClose }: { readonly file: ElderFile; readonly onClose: () => void }) {
  const { t, today } = useWords()
  const { run, busy, no } = useDo(recordEvents)
  const { elder } = file
  const kinds = BY_HAND.filter((kind) => (kind === 'deathWithdrawn') === (elder.status === 'dead'))
  const [kind, setKind] = useState<Kind>(kinds[0]!)
  const [on, setOn] = useState('')
  const [place, setPlace] = useState<Chosen | null>(null)
  const [source, setSource] = useState('')
  const [ref, setRef] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const [result, setResult] = useState<Result | null>(null)
  const day = parseDay(on)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!day || day > today || !source.trim() || !ref.trim() || (NEEDS_PLACE.has(kind) && !place)) return
    const answer = await run({ events: [{ kind, onDay: day, elderId: elder.id, source, sourceRef: ref, ...(place && NEEDS_PLACE.has(kind) ? { toRegion: place.code } : {}), ...(note.trim() ? { note } : {}) }] })
    if (!answer.ok) return
    const [one] = answer.value.results
    if (one?.state === 'applied') onClose()
    else setResult(one ?? null)
  }
  return (
    <Dialog title={t('elder.event.new', { name: elder.name })} onClose={onClose}>
      <form className="fm" onSubmit={(event) => void save(event)}>
        <Pick label={t('elder.event.what')} value={kind} of={kinds.map((id) => ({ id, name: t(EVENT_WORD[id]) }))} onPick={setKind} />
        <DayText label={t('elder.event.on')} value={on} onText={setOn} last={today} error={tried && on.trim() === '' ? t('elder.needed') : null} />
        {NEEDS_PLACE.has(kind) && <PlaceField label={t('elder.event.to')} value={place} near={elder.region} onPick={setPlace} error={tried && !place ? t('elder.needed') : null} />}
        <div className="two">
          <Text label={t('elder.fact.source')} value={source} onText={setSource} max={60} list={[t('elder.source.papers'), t('elder.source.village'), t('elder.source.family'), t('elder.source.police'), t('elder.source.hospital')]} error={tried && !source.trim() ? t('elder.source.needed') : null} />
          <Text label={t('elder.event.ref')} value={ref} onText={setRef} max={100} hint={t('elder.event.refHint')} error={tried && !ref.trim() ? t('elder.event.refNeeded') : null} />
        </div>
        <Text label={t('elder.contact.note')} value={note} onText={setNote} />
        <SayNo no={no} />
        {result && <EventResult result={result} />}
        <FormEnd label={t('elder.event.save')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}

function EventResult({ result }: { readonly result: Result }) {
  const { t } = useWords()
  if (result.state === 'refused' && result.code) return <Refused code={result.code} />
  return <div className="bn warn" role="alert"><span>{t(result.state === 'again' ? 'elder.event.again' : 'elder.event.conflict')}</span>{result.caseId && <To to={`/work/${result.caseId}`} className="go">{t('elder.event.case')}</To>}</div>
}
