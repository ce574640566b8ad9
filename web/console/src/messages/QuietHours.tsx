import { useState } from 'react'
import { saveSettings, seeSettings } from '@songbai/capabilities/know/messages/contract'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { TextField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'

const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** 21:00, 21：00 or 9:30; null for what is no time of day. */
function minutesOf(text: string): number | null {
  const found = /^\s*(\d{1,2})[:：](\d{2})\s*$/.exec(text)
  if (!found) return null
  const [hour, minute] = [Number(found[1]), Number(found[2])]
  return hour < 24 && minute < 60 ? hour * 60 + minute : null
}

export function QuietHours({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const seen = useSee(seeSettings, {})
  return <Dialog title={t('msg.settings')} onClose={onClose}>{seen.no ? <SayNo no={seen.no} /> : <Waiting for={seen.value}>{(got) => <Form from={got.quietFrom} to={got.quietTo} usual={got.usual} onClose={onClose} />}</Waiting>}</Dialog>
}

function Form({ from, to, usual, onClose }: { readonly from: number; readonly to: number; readonly usual: boolean; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(saveSettings, [seeSettings])
  const [typed, setTyped] = useState({ from: clockOf(from), to: clockOf(to) })
  const [wrong, setWrong] = useState(false)
  const submit = async (): Promise<void> => {
    const [quietFrom, quietTo] = [minutesOf(typed.from), minutesOf(typed.to)]
    setWrong(quietFrom === null || quietTo === null)
    if (quietFrom !== null && quietTo !== null && !busy && (await run({ quietFrom, quietTo })).ok) onClose()
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <p>{t('msg.settings.body')}</p>
      {usual && <p className="sm muted"><Sample /> {t('msg.settings.usual')}</p>}
      <div className="row"><TextField label={t('msg.settings.from')} value={typed.from} onText={(text) => setTyped({ ...typed, from: text })} maxLength={6} /><TextField label={t('msg.settings.to')} value={typed.to} onText={(text) => setTyped({ ...typed, to: text })} maxLength={6} /></div>
      {wrong && <p className="sm" role="alert" style={{ color: 'var(--cin-6)' }}>{t('msg.settings.wrong')}</p>}
      <SayNo no={no} />
      <div className="row"><button type="submit" className="b p" aria-disabled={busy}>{t('msg.settings.save')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </form>
  )
}
