import { useState } from 'react'
import type { FormEvent } from 'react'
import { splitElders } from '@songbai/capabilities/know/elders/contract'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import type { No } from '../query.tsx'
import { FormEnd, Text } from './fields.tsx'

/** A deed that needs only its reason. */
export function ReasonDialog({ title, text, verb, busy, no, suggestions, onDo, onClose }: { readonly title: string; readonly text: string; readonly verb: string; readonly busy: boolean; readonly no: No | null; readonly suggestions: readonly string[]; readonly onDo: (reason: string) => void; readonly onClose: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const save = (event: FormEvent) => { event.preventDefault(); setTried(true); if (reason.trim().length >= 2) onDo(reason.trim()) }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="fm" onSubmit={save}>
        <p style={{ margin: '4px 0 12px' }}>{text}</p>
        <Text label={t('elder.reason')} value={reason} onText={setReason} focus error={tried && reason.trim().length < 2 ? t('elder.reason.needed') : null} />
        <div className="row wrap" style={{ margin: '-8px 0 14px' }}>{suggestions.map((one) => <button key={one} type="button" className="ch" onClick={() => setReason(one)}>{one}</button>)}</div>
        <SayNo no={no} />
        <FormEnd label={verb} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}

/** Undo of a merge: both records stand again as before, and what was written since stays with the kept one. */
export function SplitDialog({ mergeId, name, onClose }: { readonly mergeId: string; readonly name: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(splitElders)
  return <ReasonDialog title={t('elder.split.title', { name })} text={t('elder.split.text')} verb={t('elder.merge.undo')} busy={busy} no={no} suggestions={[t('elder.split.two')]} onDo={(reason) => void run({ mergeId, reason }).then((answer) => { if (answer.ok) onClose() })} onClose={onClose} />
}
