import { useEffect, useState } from 'react'
import type { Explanation } from '@songbai/capabilities/decide/entitlements/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Drawer } from '@songbai/web-shared/widgets/Float.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { sampleMark } from './standing.ts'

/** Large type to read from on the phone. The machine's voice is offered only where there is one. */
export function ReadAloud({ of, onClose }: { readonly of: Explanation; readonly onClose: () => void }) {
  const { t, both, lang } = useWords()
  const voice = useVoice(lang)
  const mark = sampleMark(of)
  const [at, setAt] = useState<number | null>(null)
  const lines = [...of.sentences.map(both), ...of.missing.flatMap((one) => (one.ask ? [both(one.ask)] : []))]
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  const say = (from: number) => {
    window.speechSynthesis.cancel()
    const text = lines[from]
    if (text === undefined) return setAt(null)
    setAt(from)
    const spoken = new SpeechSynthesisUtterance(text)
    spoken.lang = lang === 'en' ? 'en-GB' : 'zh-CN'
    spoken.rate = 0.8
    spoken.onend = () => say(from + 1)
    window.speechSynthesis.speak(spoken)
  }
  const stop = () => { setAt(null); window.speechSynthesis.cancel() }
  return (
    <Drawer title={both(of.item.title)} onClose={onClose}>
      <div className="read-steps">
        {voice && at === null && <button type="button" className="b p big" onClick={() => say(0)}><Icon name="speak" />{t('ent.voice')}</button>}
        {voice && at !== null && <button type="button" className="b big" onClick={stop}>{t('ent.voice.stop')}</button>}
        <span className="sm muted">{t(voice ? 'ent.voice.hint' : 'ent.voice.none')}</span>
      </div>
      <div className="read-aloud">{lines.map((line, n) => <p key={n} className={n === at ? 'on' : undefined}>{line}{n === 0 && mark && <> <Sample of={mark} /></>}</p>)}</div>
    </Drawer>
  )
}

/** Voices arrive a moment after the page; none for the language means no button. */
function useVoice(lang: string): boolean {
  const has = () => (window.speechSynthesis?.getVoices() ?? []).some((one) => one.lang.slice(0, 2) === lang.slice(0, 2))
  const [found, setFound] = useState(has)
  useEffect(() => {
    const look = () => setFound(has())
    look()
    window.speechSynthesis?.addEventListener?.('voiceschanged', look)
    return () => window.speechSynthesis?.removeEventListener?.('voiceschanged', look)
  }, [lang])
  return found
}
