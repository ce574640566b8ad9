import { useState } from 'react'
import type { FormEvent } from 'react'
import { useParams } from 'react-router'
import { changeGrants, leaveUser, listUsers, resetPassword, unlockUser } from '@songbai/capabilities/know/users/contract'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { chinaDay, chinaTime } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { NotAllowedPage } from '../states/pages.tsx'
import { GrantFields, emptyGrant, sent } from './GrantFields.tsx'
import { OneTime } from './OneTime.tsx'
import { ROLE_WORD, standingOf } from './roles.ts'
import type { User } from './roles.ts'
import { Duties, UserState } from './UsersPage.tsx'
import '../today/today.css'
import './users.css'


/** One person of the service: duties with their dates, the account, and leaving with a hand-over. */
export default function UserPage() {
  const { id = '' } = useParams()
  const { me } = useSession()
  const active = useSee(listUsers, {})
  const there = active.value?.users.some((user) => user.id === id)
  const left = useSee(listUsers, active.value && !there ? { state: 'left' } : null)
  if (!may(me, listUsers)) return <NotAllowedPage />
  return (
    <div className="page">
      <Show page seen={active} rows={6}>
        {({ users }) => {
          const user = users.find((one) => one.id === id) ?? left.value?.users.find((one) => one.id === id)
          if (user) return <Person key={user.id} user={user} others={users.filter((one) => one.id !== id)} />
          return left.value ? <NotAllowedPage /> : null
        }}
      </Show>
    </div>
  )
}

function Person({ user, others }: { readonly user: User; readonly others: readonly User[] }) {
  const { me } = useSession()
  const [password, setPassword] = useState<string | null>(null)
  const acts = user.state === 'active'
  return (
    <>
      <Briefing title={user.name}><Duties roles={user.roles} /></Briefing>
      {password !== null && <OneTime login={user.login} name={user.name} password={password} onDone={() => setPassword(null)} />}
      <div className="case">
        <div>
          <GrantTable user={user} />
          {acts && may(me, changeGrants) && <AddGrant user={user} />}
        </div>
        <div>
          <Account user={user} onPassword={setPassword} />
          {acts && may(me, leaveUser) && <Leave user={user} others={others} />}
        </div>
      </div>
    </>
  )
}

const STANDING = { now: ['yes', 'people.grant.now'], later: ['notYet', 'people.grant.later'], ended: ['no', 'people.grant.ended'] } as const

function GrantTable({ user }: { readonly user: User }) {
  const { t, day, today } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(changeGrants)
  return (
    <Card title={t('people.dutiesAndPlaces')}>
      <SayNo no={no} />
      {user.grants.length === 0 ? <p className="pad muted">{t('people.noDuty')}</p> : (
        <ul className="grants">
          {user.grants.map((grant) => {
            const standing = standingOf(grant, today)
            return (
              <li key={grant.id}>
                <div className="grow"><b>{t(ROLE_WORD[grant.role])}</b> · {placeSaid(grant.place)}<div className="src">{grant.validTo === null ? t('people.since', { day: day(grant.validFrom) }) : t('people.between', { from: day(grant.validFrom), to: day(grant.validTo) })}{grant.reason && ` · ${grant.reason}`}</div></div>
                <StateMark small state={STANDING[standing][0]}>{t(STANDING[standing][1])}</StateMark>
                {standing !== 'ended' && user.state === 'active' && may(me, changeGrants) && <button type="button" className="b s" aria-disabled={busy} onClick={() => void run({ id: user.id, end: [grant.id] })}>{t('people.grant.end')}</button>}
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}

function AddGrant({ user }: { readonly user: User }) {
  const { t, today } = useWords()
  const { path } = useSession()
  const { run, busy, no } = useDo(changeGrants)
  const [open, setOpen] = useState(false)
  const [grant, setGrant] = useState(() => emptyGrant(path, today))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const answer = await run({ id: user.id, add: [sent(grant)] })
    if (answer.ok) setOpen(false)
  }
  if (!open) return <div><button type="button" className="b" onClick={() => setOpen(true)}>{t('people.grant.add')}</button></div>
  return (
    <Card title={t('people.grant.add')}>
      <form className="pad" onSubmit={(event) => void submit(event)}>
        <GrantFields value={grant} onChange={setGrant} />
        <SayNo no={no} />
        <div className="row"><button type="submit" className="b p" aria-disabled={busy}>{t('people.grant.give')}</button><button type="button" className="b" onClick={() => setOpen(false)}>{t('common.cancel')}</button></div>
      </form>
    </Card>
  )
}

const SECOND = { off: 'people.second.off', required: 'people.second.required', on: 'people.second.on' } as const

function Account({ user, onPassword }: { readonly user: User; readonly onPassword: (password: string) => void }) {
  const { t, day } = useWords()
  const { me } = useSession()
  const reset = useDo(resetPassword)
  const unlock = useDo(unlockUser)
  const [also, setAlso] = useState(false)
  const locked = user.lockedUntil !== null && user.lockedUntil > Date.now()
  const when = (ms: number) => `${day(chinaDay(ms))} ${chinaTime(ms)}`
  const doReset = async () => {
    const answer = await reset.run({ id: user.id, alsoSecondFactor: also })
    if (answer.ok) onPassword(answer.value.oneTimePassword)
  }
  return (
    <Card title={t('people.account')}>
      <div className="pad">
        <dl>
          <dt>{t('people.login')}</dt><dd>{user.login}</dd>
          <dt>{t('people.state')}</dt><dd><UserState user={user} />{locked && <span className="sm muted"> {t('people.locked.until', { time: chinaTime(user.lockedUntil!) })}</span>}</dd>
          <dt>{t('people.organisation')}</dt><dd>{user.organisation ?? t('common.none')}</dd>
          <dt>{t('people.place')}</dt><dd>{placeSaid(user.place)}</dd>
          <dt>{t('people.second')}</dt><dd>{t(SECOND[user.secondFactor])}</dd>
          <dt>{t('people.lastSignIn')}</dt><dd>{user.lastSignIn === null ? t('people.never') : when(user.lastSignIn)}</dd>
        </dl>
        <SayNo no={reset.no ?? unlock.no} />
        {user.state === 'active' && may(me, resetPassword) && (
          <>
            <label className="row sm" style={{ minHeight: 32 }}><input type="checkbox" checked={also} onChange={(event) => setAlso(event.target.checked)} />{t('people.reset.also')}</label>
            <div className="row wrap">
              <button type="button" className="b" aria-disabled={reset.busy} onClick={() => void doReset()}>{t('people.reset')}</button>
              {locked && may(me, unlockUser) && <button type="button" className="b" aria-disabled={unlock.busy} onClick={() => void unlock.run({ id: user.id })}>{t('people.unlock')}</button>}
            </div>
            <p className="sm muted" style={{ marginTop: 6 }}>{t('people.reset.what')}</p>
          </>
        )}
      </div>
    </Card>
  )
}

function Leave({ user, others }: { readonly user: User; readonly others: readonly User[] }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(leaveUser)
  const [open, setOpen] = useState(false)
  const [successor, setSuccessor] = useState('')
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ready = successor !== '' && reason.trim().length >= 2
    setWrong(!ready)
    if (ready && !busy) void run({ id: user.id, successorId: successor, reason: reason.trim() })
  }
  if (!open) return <div><button type="button" className="b d" onClick={() => setOpen(true)}>{t('people.leave')}</button></div>
  return (
    <Card title={t('people.leave')}>
      <form className="pad" onSubmit={submit}>
        <p className="sm" style={{ marginBottom: 10 }}>{t('people.leave.what', { name: user.name })}</p>
        <SelectField label={t('people.successor')} value={successor} options={[{ id: '', name: t('people.successor.pick') }, ...others.map((one) => ({ id: one.id, name: t('common.noted', { text: one.name, note: [...one.roles.map((role) => t(ROLE_WORD[role])), placeSaid(one.place)].join(t('elder.and')) }) }))]} onPick={setSuccessor} />
        <TextField label={t('people.reason')} value={reason} onText={setReason} />
        {wrong && <p className="sm err" role="alert">{t('people.leave.wrong')}</p>}
        <SayNo no={no} />
        <div className="row wrap"><button type="submit" className="b d" aria-disabled={busy}>{t('people.leave.go')}</button><button type="button" className="b p" onClick={() => setOpen(false)}>{t('danger.keep')}</button></div>
      </form>
    </Card>
  )
}
