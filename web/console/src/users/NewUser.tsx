import { useState } from 'react'
import type { FormEvent } from 'react'
import { createUser, listOrganisations } from '@songbai/capabilities/know/users/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { PlaceField, SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { NotAllowedPage } from '../states/pages.tsx'
import { GrantFields, emptyGrant, sent } from './GrantFields.tsx'
import { OneTime } from './OneTime.tsx'
import './users.css'

const LOGIN = /^[a-z0-9][a-z0-9._-]{2,39}$/

export default function NewUser() {
  const { t, today } = useWords()
  const { me, path } = useSession()
  const go = useGo()
  const organisations = useSee(listOrganisations, {})
  const { run, busy, no } = useDo(createUser)
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [organisation, setOrganisation] = useState('')
  const [place, setPlace] = useState(path)
  const [grant, setGrant] = useState(() => emptyGrant(path, today))
  const [wrong, setWrong] = useState<'people.name.wrong' | 'people.login.wrong' | null>(null)
  const [made, setMade] = useState<{ readonly id: string; readonly password: string } | null>(null)
  if (!may(me, createUser)) return <NotAllowedPage />
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const fault = name.trim().length < 2 ? 'people.name.wrong' : LOGIN.test(login.trim().toLowerCase()) ? null : 'people.login.wrong'
    setWrong(fault)
    if (fault || busy) return
    const answer = await run({ login: login.trim().toLowerCase(), name: name.trim(), region: place.at(-1)!.region, ...(organisation ? { organisationId: organisation } : {}), grants: [sent(grant)] })
    if (answer.ok) setMade({ id: answer.value.id, password: answer.value.oneTimePassword })
  }
  if (made) return <div className="page"><Briefing title={t('people.new')} /><OneTime login={login.trim().toLowerCase()} name={name.trim()} password={made.password} onDone={() => go(`/users/person/${made.id}`)} /></div>
  return (
    <div className="page">
      <Briefing title={t('people.new')}>{t('people.new.lead')}</Briefing>
      <Card className="form">
        <form className="pad" onSubmit={(event) => void submit(event)}>
          <TextField label={t('people.name')} value={name} maxLength={40} onText={setName} />
          <TextField label={t('people.login')} value={login} maxLength={40} onText={setLogin} hint={t('people.login.hint')} />
          <SelectField label={t('people.organisation')} value={organisation} options={[{ id: '', name: t('people.organisation.none') }, ...(organisations.value?.organisations ?? []).map((one) => ({ id: one.id, name: t('common.noted', { text: one.name, note: placeSaid(one.place) }) }))]} onPick={setOrganisation} />
          <PlaceField label={t('people.sits')} path={place} onPick={setPlace} />
          <h2 className="part">{t('people.firstDuty')}</h2>
          <GrantFields value={grant} onChange={setGrant} />
          {wrong && <p className="sm err" role="alert">{t(wrong)}</p>}
          <SayNo no={no} />
          <div className="row"><button type="submit" className="b p" aria-disabled={busy}>{t('people.new.go')}</button><button type="button" className="b" onClick={() => go('/users')}>{t('common.cancel')}</button></div>
        </form>
      </Card>
    </div>
  )
}
