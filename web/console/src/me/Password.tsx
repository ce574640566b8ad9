import { useState } from 'react'
import type { FormEvent } from 'react'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import { Field, Password, SHORTEST, Submit, Why } from '../signin/steps.tsx'
import type { Trouble } from '../signin/steps.tsx'

/** A new password while signed in; the old one is asked again. */
export default function PasswordPage() {
  const { t } = useWords()
  const { api } = useSession()
  const [given, setGiven] = useState({ old: '', next: '', again: '' })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [done, setDone] = useState(false)
  const noOld = given.old ? undefined : t('signin.password.empty')
  const short = given.next.length < SHORTEST ? t('signin.first.short', { n: SHORTEST - given.next.length }) : undefined
  const differ = given.next === given.again ? undefined : t('signin.first.differ')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (noOld || short || differ || busy) return
    setBusy(true)
    const answer = await api.choosePassword(given.old, given.next)
    setBusy(false)
    setTrouble(answer.ok ? null : answer)
    setDone(answer.ok && answer.value.next === 'done')
  }
  return (
    <div className="page">
      <Briefing title={t('password.title')} />
      <Card className="pad">
        {done ? <StateMark state="yes">{t('password.done')}</StateMark> : (
          <form style={{ maxWidth: 360 }} onSubmit={(event) => void submit(event)} noValidate>
            <Why trouble={trouble} />
            <Field id="old" label={t('password.old')} error={tried ? noOld : undefined}><Password id="old" auto="current-password" value={given.old} invalid={tried && noOld !== undefined} onChange={(old) => setGiven({ ...given, old })} /></Field>
            <Field id="next" label={t('signin.first.password')} hint={t('signin.first.rule')} error={tried ? short : undefined}><Password id="next" auto="new-password" value={given.next} invalid={tried && short !== undefined} onChange={(next) => setGiven({ ...given, next })} /></Field>
            <Field id="again" label={t('signin.first.again')} error={tried && !short ? differ : undefined}><Password id="again" auto="new-password" value={given.again} invalid={tried && !short && differ !== undefined} onChange={(again) => setGiven({ ...given, again })} /></Field>
            <Submit busy={busy} word={t('password.go')} />
          </form>
        )}
      </Card>
    </div>
  )
}
