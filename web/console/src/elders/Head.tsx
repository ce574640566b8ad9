import { revealFact, revealField } from '@songbai/capabilities/know/elders/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Chip } from '@songbai/web-shared/widgets/Marks.tsx'
import { Secret } from '@songbai/web-shared/widgets/Secret.tsx'
import type { SecretProps } from '@songbai/web-shared/widgets/Secret.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { seeElder } from '@songbai/capabilities/know/elders/contract'
import { useAddress } from './address.ts'
import { Synthetic, toneOf, useStatusWord } from './person.tsx'
import { homeSaid, idSaid, placeSaid } from './say.ts'
import type { ElderFile } from './story.ts'

const PURPOSE = { identity: 'secret.purpose.identity', contact: 'secret.purpose.contact', care: 'secret.purpose.care', pay: 'secret.purpose.pay', complaint: 'secret.purpose.complaint' } as const

/** Opens one secret for a purpose; the list of who looked asks again afterwards. */
export function useReveal(id: string, field: 'idNumber' | 'phone' | 'contactPhone', contactId?: string): SecretProps['reveal'] {
  const client = useClient()
  const queries = useQueryClient()
  const { t } = useWords()
  return useCallback(async (purpose) => {
    const answer = await client.do(revealField, { id, field, purpose: t(PURPOSE[purpose]), ...(contactId ? { contactId } : {}) })
    if (answer.ok) void queries.invalidateQueries({ queryKey: [seeElder.name] })
    return answer.ok ? { ok: true, value: answer.value.value ?? t('elder.notKnown') } : answer
  }, [client, queries, t, id, field, contactId])
}

/** The same for one sensitive fact of the timeline. */
export function useRevealFact(id: string, factId: string): SecretProps['reveal'] {
  const client = useClient()
  const queries = useQueryClient()
  const { t, both } = useWords()
  return useCallback(async (purpose) => {
    const answer = await client.do(revealFact, { id, factId, purpose: t(PURPOSE[purpose]) })
    if (answer.ok) void queries.invalidateQueries({ queryKey: [seeElder.name] })
    return answer.ok ? { ok: true, value: both(answer.value.shown) } : answer
  }, [both, client, queries, t, id, factId])
}

/** 身份证 9902 **** 显示 · 电话 · 住处 · 户籍. */
export function IdAndPhone({ elder, canReveal }: { readonly elder: ElderFile['elder']; readonly canReveal: boolean }) {
  const { t } = useWords()
  const secret = (masked: string | null, label: string, reveal: SecretProps['reveal']) => masked === null ? <span className="muted">{t('elder.notKnown')}</span> : canReveal ? <Secret masked={masked} label={label} reveal={reveal} /> : <span className="mask" title={t('elder.noReveal')}>{masked}</span>
  return (
    <div className="kv">
      <span><i>{t('elder.idNumber')}</i>{secret(elder.idMasked && idSaid(elder.idMasked), t('elder.idNumber'), useReveal(elder.id, 'idNumber'))}</span>
      <span><i>{t('elder.phone')}</i>{secret(elder.phoneMasked, t('elder.phone'), useReveal(elder.id, 'phone'))}</span>
      <span><i>{t('elder.place')}</i>{homeSaid(elder.place, elder.address)}</span>
      <span><i>{t('elder.registered')}</i>{elder.registeredPlace === null ? <span className="muted">{t('elder.notKnown')}</span> : elder.registeredPlace === elder.place ? t('elder.registered.same') : placeSaid(elder.registeredPlace)}</span>
    </div>
  )
}

function Silhouette() {
  return <div className="ph" aria-hidden><svg viewBox="0 0 64 76" width="64"><circle cx="32" cy="30" r="13" fill="#8FA99B" /><path d="M8 78c2-20 12-30 24-30s22 10 24 30" fill="#8FA99B" /></svg></div>
}

/** Who this is, in one card: name and age, masked papers, the groups with why. */
export function Head({ file, canReveal, actions }: { readonly file: ElderFile; readonly canReveal: boolean; readonly actions: ReactNode }) {
  const { t } = useWords()
  const { elder } = file
  const sex = elder.sex === null ? t('elder.sexUnknown') : t(elder.sex === 'male' ? 'person.male' : 'person.female')
  const age = elder.age === null ? t('elder.ageUnknown') : t('person.age', { n: elder.age })
  const says = [sex, age, elder.birthDay ?? elder.birthMonth ?? t('elder.birthUnknown'), elder.ethnicity].filter(Boolean).join(' · ')
  return (
    <section className="card who-card">
      <Silhouette />
      <div className="grow">
        <h1>{elder.name} <small>{says}</small>{elder.synthetic && <Synthetic />}</h1>
        <IdAndPhone elder={elder} canReveal={canReveal} />
        <CategoryChips file={file} />
      </div>
      <div className="who-acts no-print">{actions}</div>
    </section>
  )
}

function CategoryChips({ file }: { readonly file: ElderFile }) {
  const { t, both, month } = useWords()
  if (file.categories.length === 0) return <p className="sm muted" style={{ marginTop: 6 }}>{t('elder.categories.none')}</p>
  return (
    <div className="row wrap chips">
      {file.categories.map((one) => (
        <Chip key={one.id} tone={toneOf(one.id)} title={`${t('elder.why')}：${both(one.why)}`}>{both(one.title)}{one.since && <span className="since">{t('elder.since', { month: month(one.since.slice(0, 7)) })}</span>}</Chip>
      ))}
    </div>
  )
}

/** Dead, moved away or merged: said across the page, with the way on. */
export function StatusBand({ file }: { readonly file: ElderFile }) {
  const { t, dayLong } = useWords()
  const status = useStatusWord()
  const address = useAddress()
  const { elder } = file
  if (elder.status === 'active') return null
  const on = elder.statusOn ? dayLong(elder.statusOn) : ''
  const says = elder.status === 'dead' ? t('elder.band.dead', { day: on }) : elder.status === 'movedOut' ? t('elder.band.moved', { day: on }) : elder.status === 'merged' ? t('elder.band.merged') : status(elder.status)
  return (
    <div className={elder.status === 'dead' ? 'bn gone' : 'bn warn'} role="status">
      <Icon name={elder.status === 'merged' ? 'merge' : 'flag'} />
      <span>{says}</span>
      {elder.mergedInto && <To to={address(`/elders/${elder.mergedInto}`)} className="go">{t('elder.band.open')}</To>}
    </div>
  )
}
