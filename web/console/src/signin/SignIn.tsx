import { useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '@songbai/web-shared/icons.tsx'
import type { Answer } from '@songbai/web-shared/api.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import type { FrameApi, SignInStep } from '../session.ts'
import { AccountStep, CodeStep, EnrolStep, NewPasswordStep } from './steps.tsx'
import type { Trouble } from './steps.tsx'
import './signin.css'

export interface SignInProps {
  readonly api: Pick<FrameApi, 'signIn' | 'signInCode' | 'choosePassword'>
  readonly onIn: () => void
  /** The session ran out: the work is kept, and the page says so. */
  readonly away?: boolean
  readonly demo?: boolean
  /** Where to begin; the state pages of the harness use it. */
  readonly start?: { readonly step: SignInStep; readonly trouble?: Trouble }
}

const ACCOUNT: SignInStep = { next: 'again', triesLeft: null, lockedUntil: null, secret: null, otpauthUrl: null }

/** Account and password, then the one-time code (set up the first time), then, once, a password of one's own. */
export function SignIn({ api, onIn, away, demo, start }: SignInProps) {
  const [step, setStep] = useState<SignInStep>(start?.step ?? ACCOUNT)
  const [trouble, setTrouble] = useState<Trouble | null>(start?.trouble ?? null)
  const [busy, setBusy] = useState(false)
  const [given, setGiven] = useState({ login: '', password: '' })
  const take = async (asked: Promise<Answer<SignInStep>>) => {
    setBusy(true)
    const answer = await asked
    setBusy(false)
    if (!answer.ok) return setTrouble(answer)
    // A wrong code answers `again` too; the person stays where the mistake was made.
    const stays = answer.value.next === 'again' && (step.next === 'code' || step.next === 'enrol')
    setTrouble(stays ? { ok: false, refusal: { code: 'wrongCode', args: {} } } : null)
    if (answer.value.next === 'done') return onIn()
    if (!stays) setStep(answer.value)
  }
  const back = () => { setStep(ACCOUNT); setTrouble(null) }
  const same = { busy, trouble, onBack: back }
  return (
    <SignInPage demo={demo === true}>
      {(step.next === 'again' || step.next === 'locked') && <AccountStep {...same} step={step} away={away === true} login={given.login} send={(login, password) => { setGiven({ login, password }); void take(api.signIn({ login, password })) }} />}
      {step.next === 'code' && <CodeStep {...same} send={(code) => void take(api.signInCode(code))} />}
      {step.next === 'enrol' && <EnrolStep {...same} step={step} send={(code) => void take(api.signInCode(code))} />}
      {step.next === 'newPassword' && <NewPasswordStep {...same} login={given.login} send={(next) => void take(api.choosePassword(given.password, next))} />}
    </SignInPage>
  )
}

function SignInPage({ demo, children }: { readonly demo: boolean; readonly children: ReactNode }) {
  const { t, lang, setLang } = useWords()
  return (
    <div className="signin">
      <section className="signin-say">
        <div className="mark"><Icon name="logo" />{t('app.name')}</div>
        <h2>{t('signin.lead')}</h2>
        <Hills />
      </section>
      <main className="signin-box">{children}</main>
      <footer className="signin-foot">
        <span>{demo ? t('signin.demo') : t('signin.help')}</span>
        <button type="button" className="lk" onClick={() => setLang(lang === 'en' ? 'zh-CN' : 'en')}>{t('top.language')}</button>
      </footer>
    </div>
  )
}

// Our own drawing: hills and a road, as on the tour maps.
function Hills() {
  return (
    <svg className="land" viewBox="0 0 720 240" preserveAspectRatio="xMidYMax slice" aria-hidden>
      <path d="M0 150C120 90 190 170 300 130S520 60 720 140V240H0Z" fill="#1B6B54" />
      <path d="M0 200c140-50 240 20 380-10s220-60 340-20v70H0Z" fill="#2F8468" />
      <path d="M-10 226C120 196 210 232 330 208S560 176 740 198" fill="none" stroke="#C5DDD2" strokeWidth="4" strokeDasharray="14 10" />
    </svg>
  )
}
