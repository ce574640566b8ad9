import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Refused, Trouble as TroubleBand } from '@songbai/web-shared/widgets/States.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import type { Answer } from '@songbai/web-shared/api.ts'
import type { SignInStep } from '../session.ts'
import { QrCode } from './QrCode.tsx'

export type Trouble = Extract<Answer<never>, { ok: false }>

interface StepProps {
  readonly busy: boolean
  readonly trouble: Trouble | null
  readonly onBack: () => void
}

/** Characters; the server asks the same. */
export const SHORTEST = 12

export function Why({ trouble }: { readonly trouble: Trouble | null }) {
  if (!trouble) return null
  return <div className="why-not">{'refusal' in trouble ? <Refused code={trouble.refusal.code} args={trouble.refusal.args} /> : <TroubleBand code={trouble.problem.code} id={trouble.problem.id} />}</div>
}

// A wrong password and a locked account come as answers, with the tries left or the time it opens.
function SoFar({ step }: { readonly step: SignInStep }) {
  const { t, ago } = useWords()
  if (step.next === 'locked') {
    const until = step.lockedUntil === null ? '' : ago(step.lockedUntil, Date.now())
    return <div className="bn refused" role="alert"><div><b>{t('signin.locked')}</b><br />{t('signin.locked.why', { until })}<br /><span className="now">{t('signin.locked.now')}</span></div></div>
  }
  if (step.triesLeft === null) return null
  return <div className="bn refused" role="alert"><div><b>{t('signin.wrong')}</b><br />{t('signin.wrong.why')}<br /><span className="now">{t('signin.wrong.now', { n: step.triesLeft })}</span></div></div>
}

export function Field({ id, label, error, hint, children }: { readonly id: string; readonly label: string; readonly error?: string | undefined; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && !error && <span className="hint" id={`${id}-say`}>{hint}</span>}
      {error && <span className="err" id={`${id}-say`} role="alert"><Icon name="warn" />{error}</span>}
    </div>
  )
}

export function Password({ id, value, onChange, invalid, auto }: { readonly id: string; readonly value: string; readonly onChange: (value: string) => void; readonly invalid: boolean; readonly auto: 'current-password' | 'new-password' }) {
  const { t } = useWords()
  const [seen, setSeen] = useState(false)
  const [caps, setCaps] = useState(false)
  return (
    <div className="pw">
      <input id={id} className="in big" type={seen ? 'text' : 'password'} autoComplete={auto} value={value} aria-invalid={invalid} aria-describedby={`${id}-say`} onKeyUp={(event) => setCaps(event.getModifierState('CapsLock'))} onChange={(event) => onChange(event.target.value)} />
      {caps && <span className="hint" role="status">{t('signin.caps')}</span>}
      <button type="button" className="b s t" title={t(seen ? 'signin.hidePassword' : 'signin.showPassword')} aria-pressed={seen} onClick={() => setSeen(!seen)}><Icon name="eye" />{t(seen ? 'common.hide' : 'common.show')}</button>
    </div>
  )
}

export function Submit({ busy, word }: { readonly busy: boolean; readonly word: string }) {
  const { t } = useWords()
  return <button type="submit" className="b p big" aria-disabled={busy}>{busy ? t('signin.going') : word}</button>
}

export function AccountStep({ send, busy, trouble, step, login: before, away }: StepProps & { readonly send: (login: string, password: string) => void; readonly step: SignInStep; readonly login: string; readonly away: boolean }) {
  const { t } = useWords()
  const [login, setLogin] = useState(before)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (login.trim() && password && !busy) send(login.trim(), password)
  }
  const noLogin = tried && !login.trim(), noPassword = tried && !password
  return (
    <form onSubmit={submit} noValidate>
      <h1>{t('signin.title')}</h1>
      {away && <p className="lead">{t('signin.away')}</p>}
      <Why trouble={trouble} />
      {!trouble && <SoFar step={step} />}
      <Field id="login" label={t('signin.account')} error={noLogin ? t('signin.account.empty') : undefined}>
        <input id="login" className="in big" autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} value={login} aria-invalid={noLogin} aria-describedby="login-say" onChange={(event) => setLogin(event.target.value)} />
      </Field>
      <Field id="password" label={t('signin.password')} error={noPassword ? t('signin.password.empty') : undefined}>
        <Password id="password" auto="current-password" value={password} onChange={setPassword} invalid={noPassword} />
      </Field>
      <Submit busy={busy} word={t('signin.go')} />
    </form>
  )
}

/** Six digits go by themselves; a pasted `123 456` works. */
function CodeForm({ send, busy, onBack }: { readonly send: (code: string) => void; readonly busy: boolean; readonly onBack: () => void }) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const change = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, 6)
    setCode(digits)
    if (digits.length === 6 && !busy) send(digits)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (code.length === 6 && !busy) send(code)
  }
  const short = tried && code.length < 6
  return (
    <form onSubmit={submit} noValidate>
      <Field id="code" label={t('signin.code')} error={short ? t('signin.code.empty') : undefined}>
        <input id="code" className="in big signin-code" autoFocus inputMode="numeric" autoComplete="one-time-code" value={code} aria-invalid={short} aria-describedby="code-say" onChange={(event) => change(event.target.value)} />
      </Field>
      <Submit busy={busy} word={t('signin.code.go')} />
      <p className="below"><button type="button" className="lk" onClick={onBack}>{t('signin.code.back')}</button></p>
    </form>
  )
}

export function CodeStep({ send, busy, trouble, onBack }: StepProps & { readonly send: (code: string) => void }) {
  const { t } = useWords()
  return (
    <>
      <h1>{t('signin.code.title')}</h1>
      <p className="lead">{t('signin.code.lead')}</p>
      <Why trouble={trouble} />
      <CodeForm send={send} busy={busy} onBack={onBack} />
    </>
  )
}

/** The first time: the phone learns the secret, then proves it with a code. */
export function EnrolStep({ send, busy, trouble, onBack, step }: StepProps & { readonly send: (code: string) => void; readonly step: SignInStep }) {
  const { t } = useWords()
  return (
    <>
      <h1>{t('signin.enrol.title')}</h1>
      <p className="lead">{t('signin.enrol.lead')}</p>
      <Why trouble={trouble} />
      <div className="enrol">
        {step.otpauthUrl && <QrCode text={step.otpauthUrl} label={t('signin.enrol.scan')} />}
        <p className="sm">{t('signin.enrol.byHand')}<br /><b className="secret">{(step.secret ?? '').replace(/(.{4})/g, '$1 ').trim()}</b></p>
      </div>
      <CodeForm send={send} busy={busy} onBack={onBack} />
    </>
  )
}

export function NewPasswordStep({ send, busy, trouble, login }: StepProps & { readonly send: (next: string) => void; readonly login: string }) {
  const { t } = useWords()
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const wrong = next.length < SHORTEST ? t('signin.first.short', { n: SHORTEST - next.length }) : next === login ? t('signin.first.same') : undefined
  const differ = next !== again ? t('signin.first.differ') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!wrong && !differ && !busy) send(next)
  }
  return (
    <form onSubmit={submit} noValidate>
      <h1>{t('signin.first.title')}</h1>
      <p className="lead">{t('signin.first.lead')}</p>
      <Why trouble={trouble} />
      <Field id="next" label={t('signin.first.password')} hint={t('signin.first.rule')} error={tried ? wrong : undefined}>
        <Password id="next" auto="new-password" value={next} onChange={setNext} invalid={tried && wrong !== undefined} />
      </Field>
      <Field id="again" label={t('signin.first.again')} error={tried && !wrong ? differ : undefined}>
        <Password id="again" auto="new-password" value={again} onChange={setAgain} invalid={tried && !wrong && differ !== undefined} />
      </Field>
      <Submit busy={busy} word={t('signin.first.go')} />
    </form>
  )
}
