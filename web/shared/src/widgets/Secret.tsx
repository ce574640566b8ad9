import { useEffect, useState } from 'react'
import type { Answer } from '@songbai/platform/action'
import { useWords } from '../words/WordsProvider.tsx'
import { Dialog } from './Float.tsx'
import { Refused, Trouble } from './States.tsx'

export type SecretPurpose = 'identity' | 'contact' | 'care' | 'pay' | 'complaint'
const PURPOSES: readonly SecretPurpose[] = ['identity', 'contact', 'care', 'pay', 'complaint']
const WORD = { identity: 'secret.purpose.identity', contact: 'secret.purpose.contact', care: 'secret.purpose.care', pay: 'secret.purpose.pay', complaint: 'secret.purpose.complaint' } as const
const SHOWN_MS = 60_000

export interface SecretProps {
  /** What the server sends by default: 9902 **** **** **4X. */
  readonly masked: string
  /** 身份证, 电话: says in the question what will be shown. */
  readonly label: string
  readonly reveal: (purpose: SecretPurpose) => Promise<Answer<string>>
}

/** Masked; 显示 asks the purpose, the server logs it, and the value is covered again after a minute. */
export function Secret({ masked, label, reveal }: SecretProps) {
  const { t } = useWords()
  const [value, setValue] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (value === null) return
    const timer = setTimeout(() => setValue(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [value])
  const show = (text: string) => { setValue(text); setAsking(false) }
  return (
    <span className="mask">
      {value ?? masked}
      <button type="button" className="rev" aria-label={`${value === null ? t('common.show') : t('common.hide')} ${label}`} onClick={() => (value === null ? setAsking(true) : setValue(null))}>
        {value === null ? t('common.show') : t('common.hide')}
      </button>
      {asking && <AskPurpose label={label} reveal={reveal} onShown={show} onClose={() => setAsking(false)} />}
    </span>
  )
}

function AskPurpose({ label, reveal, onShown, onClose }: { readonly label: string; readonly reveal: SecretProps['reveal']; readonly onShown: (value: string) => void; readonly onClose: () => void }) {
  const { t } = useWords()
  const [purpose, setPurpose] = useState<SecretPurpose | null>(null)
  const [no, setNo] = useState<Extract<Answer<string>, { ok: false }> | null>(null)
  const ask = async () => {
    if (!purpose) return
    const answer = await reveal(purpose)
    if (answer.ok) onShown(answer.value)
    else setNo(answer)
  }
  return (
    <Dialog title={`${label} · ${t('secret.ask')}`} onClose={onClose}>
      <fieldset style={{ border: 0, padding: '8px 0', margin: 0 }}>
        <legend className="sr">{t('secret.ask')}</legend>
        {PURPOSES.map((p) => (
          <label key={p} className="row" style={{ minHeight: 32 }}><input type="radio" name="purpose" checked={purpose === p} onChange={() => setPurpose(p)} />{t(WORD[p])}</label>
        ))}
      </fieldset>
      <p className="sm">{t('secret.logged')}</p>
      {no && ('refusal' in no ? <Refused code={no.refusal.code} args={no.refusal.args} /> : <Trouble code={no.problem.code} id={no.problem.id} />)}
      <div className="row" style={{ marginTop: 12 }}>
        <button type="button" className="b p" disabled={!purpose} title={purpose ? undefined : t('secret.ask')} onClick={() => void ask()}>{t('secret.show')}</button>
        <button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button>
      </div>
    </Dialog>
  )
}
