import { useState } from 'react'
import type { FormEvent } from 'react'
import { createOrganisation, listOrganisations } from '@songbai/capabilities/know/users/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { PlaceField, SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { KIND_WORD } from './roles.ts'
import './users.css'

type Organisation = OutputOf<typeof listOrganisations>['organisations'][number]

export default function Organisations() {
  const { t } = useWords()
  const { me } = useSession()
  const go = useGo()
  const seen = useSee(listOrganisations, {})
  const [adding, setAdding] = useState(false)
  const rows = seen.value?.organisations ?? null
  const add = may(me, createOrganisation) && !adding && <button type="button" className="b p" onClick={() => setAdding(true)}>{t('org.new')}</button>
  return (
    <div className="page">
      <Briefing title={t('org.title')} actions={<><button type="button" className="b" onClick={() => go('/users')}>{t('org.people')}</button>{add}</>}>{rows && t('org.brief', { n: formatNumber(rows.length) })}</Briefing>
      {adding && <NewOrganisation onDone={() => setAdding(false)} />}
      <SayNo no={seen.no} onRetry={seen.again} />
      <DenseList
        id="organisations" label={t('org.title')} rows={rows} rowKey={(one: Organisation) => one.id}
        columns={[
          { id: 'name', title: t('org.name'), cell: (one) => <b>{one.name}</b> }, { id: 'kind', title: t('org.kind'), width: '140px', cell: (one) => t(KIND_WORD[one.kind]) },
          { id: 'place', title: t('people.place'), cell: (one) => placeSaid(one.place) }, { id: 'people', title: t('org.peopleHere'), width: '110px', numeric: true, cell: (one) => <PeopleOf organisation={one} /> },
        ]}
        card={(one) => <><b>{one.name}</b><div className="sm muted">{t(KIND_WORD[one.kind])} · {placeSaid(one.place)} · <PeopleOf organisation={one} /></div></>}
        empty={<EmptyState icon="home" title={t('org.none')} actions={add} />}
      />
    </div>
  )
}

// The list of people with this organisation shows exactly those counted.
function PeopleOf({ organisation }: { readonly organisation: Organisation }) {
  const { t } = useWords()
  return <Num to={`/users?organisation=${organisation.id}`}>{t('common.people', { n: formatNumber(organisation.people) })}</Num>
}

function NewOrganisation({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords()
  const { path } = useSession()
  const { run, busy, no } = useDo(createOrganisation)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<keyof typeof KIND_WORD>('township')
  const [place, setPlace] = useState(path)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || name.trim().length < 2) return
    const answer = await run({ name: name.trim(), kind, region: place.at(-1)!.region })
    if (answer.ok) onDone()
  }
  return (
    <Card title={t('org.new')} className="form">
      <form className="pad" onSubmit={(event) => void submit(event)}>
        <TextField label={t('org.name')} value={name} maxLength={60} onText={setName} hint={t('org.name.hint')} />
        <SelectField label={t('org.kind')} value={kind} options={Object.entries(KIND_WORD).map(([id, word]) => ({ id, name: t(word) }))} onPick={(id) => setKind(id as keyof typeof KIND_WORD)} />
        <PlaceField label={t('people.place')} path={place} onPick={setPlace} />
        <SayNo no={no} />
        <div className="row"><button type="submit" className="b p" aria-disabled={busy || name.trim().length < 2}>{t('org.new.go')}</button><button type="button" className="b" onClick={onDone}>{t('common.cancel')}</button></div>
      </form>
    </Card>
  )
}
