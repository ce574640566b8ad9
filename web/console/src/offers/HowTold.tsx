import { useState } from 'react'
import { saveOfferSettings, seeOfferSettings } from '@songbai/capabilities/decide/offers/contract'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { SayNo, useDo, useSee } from '../query.tsx'
import { CHANNEL_WORD, TO_ELDER } from '../messages/say.ts'

type Settings = OutputOf<typeof seeOfferSettings>
type Channel = (typeof TO_ELDER)[number]

/** The county decides whether anything leaves without a clerk. */
export function HowTold({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const seen = useSee(seeOfferSettings, {})
  return <Dialog title={t('offers.settings')} onClose={onClose}>{seen.no ? <SayNo no={seen.no} /> : <Waiting for={seen.value}>{(got) => <Form got={got} onClose={onClose} />}</Waiting>}</Dialog>
}

function Form({ got, onClose }: { readonly got: Settings; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(saveOfferSettings, [seeOfferSettings])
  const [how, setHow] = useState(got.onFinding)
  const [channels, setChannels] = useState<readonly Channel[]>(got.channels.filter((one): one is Channel => one !== 'screen'))
  const toggle = (channel: Channel) => setChannels(channels.includes(channel) ? channels.filter((one) => one !== channel) : [...channels, channel])
  const up = (channel: Channel) => {
    const at = channels.indexOf(channel)
    const next = [...channels]
    next.splice(at, 1)
    next.splice(Math.max(0, at - 1), 0, channel)
    setChannels(next)
  }
  const submit = async (): Promise<void> => {
    if (!busy && (await run({ onFinding: how, channels: channels.length > 0 ? [...channels] : ['outbox'] })).ok) onClose()
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <p>{t('offers.settings.body')}</p>
      <div className="how">{(['outbox', 'send'] as const).map((one) => <label key={one} className="row"><input type="radio" name="how" checked={how === one} onChange={() => setHow(one)} />{t(one === 'outbox' ? 'offers.settings.outbox' : 'offers.settings.send')}</label>)}</div>
      {how === 'send' && (
        <fieldset className="how"><legend>{t('offers.settings.order')}</legend>
          {[...channels, ...TO_ELDER.filter((one) => !channels.includes(one))].map((one) => (
            <div key={one} className="row"><label className="row grow"><input type="checkbox" checked={channels.includes(one)} onChange={() => toggle(one)} />{t(CHANNEL_WORD[one])}</label>{channels.indexOf(one) > 0 && <button type="button" className="b s" aria-label={`↑ ${t(CHANNEL_WORD[one])}`} onClick={() => up(one)}>↑</button>}</div>
          ))}
        </fieldset>
      )}
      <SayNo no={no} />
      <div className="row"><button type="submit" className="b p" aria-disabled={busy}>{t('offers.settings.save')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </form>
  )
}
