import { useDeferredValue } from 'react'
import { useSearchParams } from 'react-router'
import { createUser, listUsers } from '@songbai/capabilities/know/users/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Chip, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Choice } from '../parts/Fields.tsx'
import { SayNo, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { NotAllowedPage } from '../states/pages.tsx'
import { ROLES, ROLE_WORD } from './roles.ts'
import type { Role, User } from './roles.ts'
import './users.css'

function useFilter() {
  const [params, setParams] = useSearchParams()
  const get = (key: string) => params.get(key) ?? ''
  const put = (key: string, value: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (value) after.set(key, value)
    else after.delete(key)
    return after
  }, { replace: true })
  const role = ROLES.find((one) => one === get('role'))
  return { role, text: get('text'), left: get('state') === 'left', organisation: get('organisation'), put, clear: () => setParams({}) }
}

/** Who works in the service here, with which duties over which places. */
export default function UsersPage() {
  const { t } = useWords()
  const { region } = useView()
  const { me } = useSession()
  const go = useGo()
  const filter = useFilter()
  const text = useDeferredValue(filter.text.trim())
  const allowed = may(me, listUsers)
  const seen = useSee(listUsers, allowed ? { place: region, state: filter.left ? 'left' : 'active', ...(filter.role ? { role: filter.role } : {}), ...(text ? { text } : {}) } : null)
  if (!allowed) return <NotAllowedPage />
  const users = seen.value?.users.filter((user) => filter.organisation === '' || user.organisationId === filter.organisation) ?? null
  return (
    <div className="page">
      <Briefing title={t('people.title')} actions={<><button type="button" className="b" onClick={() => go('/users/organisations')}><Icon name="home" />{t('people.organisations')}</button>{may(me, createUser) && <button type="button" className="b p" onClick={() => go('/users/new')}><Icon name="plus" />{t('people.new')}</button>}</>}>
        {users && t(filter.left ? 'people.brief.left' : 'people.brief', { n: formatNumber(users.length) })}
      </Briefing>
      <SayNo no={seen.no} onRetry={seen.again} />
      <Users users={users} filter={filter} />
    </div>
  )
}

function Users({ users, filter }: { readonly users: readonly User[] | null; readonly filter: ReturnType<typeof useFilter> }) {
  const { t, day } = useWords()
  const go = useGo()
  const conditions = [...(filter.organisation ? [{ id: 'organisation', name: t('people.organisation') }] : []), ...(filter.role ? [{ id: 'role', name: t(ROLE_WORD[filter.role]) }] : []), ...(filter.text ? [{ id: 'text', name: filter.text }] : []), ...(filter.left ? [{ id: 'state', name: t('people.left') }] : [])]
  return (
    <DenseList
      id="users" label={t('people.title')} rows={users} rowKey={(user) => user.id} onPage={(user) => go(`/users/person/${user.id}`)} cardHeight={92}
      toolbar={<Sentence filter={filter} />}
      columns={[
        { id: 'name', title: t('people.name'), width: '110px', cell: (user) => <b>{user.name}</b> },
        { id: 'login', title: t('people.login'), width: '120px', cell: (user) => user.login },
        { id: 'organisation', title: t('people.organisation'), cell: (user) => user.organisation ?? '' },
        { id: 'roles', title: t('people.duties'), cell: (user) => <Duties roles={user.roles} /> },
        { id: 'place', title: t('people.place'), width: '130px', cell: (user) => placeSaid(user.place) },
        { id: 'seen', title: t('people.lastSignIn'), width: '110px', cell: (user) => (user.lastSignIn === null ? <span className="muted">{t('people.never')}</span> : day(new Date(user.lastSignIn + 28_800_000).toISOString().slice(0, 10))) },
        { id: 'state', title: t('people.state'), width: '110px', cell: (user) => <UserState user={user} /> },
      ]}
      card={(user) => <><div className="row"><b>{user.name}</b><span className="sm muted">{user.login}</span><span className="end"><UserState user={user} /></span></div><div className="sm"><Duties roles={user.roles} /></div><div className="sm muted">{[user.organisation, placeSaid(user.place)].filter(Boolean).join(' · ')}</div></>}
      opened={(user) => <Grants user={user} />}
      empty={conditions.length > 0 ? <FilteredEmpty conditions={conditions} onDrop={(id) => filter.put(id, '')} onClear={filter.clear} /> : <EmptyState icon="people" title={t('people.none')} actions={<button type="button" className="b p" onClick={() => go('/users/new')}>{t('people.new')}</button>} />}
    />
  )
}

function Sentence({ filter }: { readonly filter: ReturnType<typeof useFilter> }) {
  const { t } = useWords()
  return (
    <div className="sentence">
      <Choice label={t('people.state')} value={filter.left ? 'left' : ''} options={[{ id: '', name: t('people.active') }, { id: 'left', name: t('people.left') }]} onPick={(id) => filter.put('state', id)} />
      <Choice label={t('people.duties')} value={filter.role ?? ''} options={[{ id: '', name: t('people.anyDuty') }, ...ROLES.map((role) => ({ id: role, name: t(ROLE_WORD[role]) }))]} onPick={(id) => filter.put('role', id)} />
      <label className="row">{t('people.called')}<input className="in" value={filter.text} maxLength={40} placeholder={t('people.called.hint')} onChange={(event) => filter.put('text', event.target.value)} /></label>
      {filter.organisation && <button type="button" className="b s" onClick={() => filter.put('organisation', '')}>{t('people.oneOrganisation')}</button>}
    </div>
  )
}

export function Duties({ roles }: { readonly roles: readonly Role[] }) {
  const { t } = useWords()
  if (roles.length === 0) return <span className="muted">{t('people.noDuty')}</span>
  return <>{roles.map((role) => <Chip key={role} square>{t(ROLE_WORD[role])}</Chip>)}</>
}

export function UserState({ user }: { readonly user: User }) {
  const { t } = useWords()
  if (user.state === 'left') return <StateMark small state="no">{t('people.left')}</StateMark>
  if (user.lockedUntil !== null && user.lockedUntil > Date.now()) return <StateMark small state="alarm">{t('people.locked')}</StateMark>
  return <StateMark small state="yes">{t('people.active')}</StateMark>
}

function Grants({ user }: { readonly user: User }) {
  const { t, day } = useWords()
  const go = useGo()
  return (
    <>
      <ul>{user.grants.map((grant) => <li key={grant.id} className="sm">{t(ROLE_WORD[grant.role])} · {placeSaid(grant.place)} · {grant.validTo === null ? t('people.since', { day: day(grant.validFrom) }) : t('people.between', { from: day(grant.validFrom), to: day(grant.validTo) })}</li>)}</ul>
      <button type="button" className="b s" style={{ marginTop: 6 }} onClick={() => go(`/users/person/${user.id}`)}>{t('people.openPage')}</button>
    </>
  )
}
