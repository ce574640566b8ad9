import { useState } from 'react'
import { revealField, saveContact } from '@songbai/capabilities/know/elders/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Secret } from '@songbai/web-shared/widgets/Secret.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { may, useSession } from '../session.ts'
import { ContactForm } from './ContactForm.tsx'
import { useReveal } from './Head.tsx'
import type { ElderFile } from './story.ts'

export type Contact = ElderFile['contacts'][number]

export const DUTY_WORD = { supporter: 'elder.duty.supporter', guardian: 'elder.duty.guardian', emergency: 'elder.duty.emergency', carer: 'elder.duty.carer', neighbour: 'elder.duty.neighbour' } as const

export function ContactLine({ elderId, one, at, onEdit }: { readonly elderId: string; readonly one: Contact; readonly at?: number; readonly onEdit?: () => void }) {
  const { t } = useWords()
  const { me } = useSession()
  const reveal = useReveal(elderId, 'contactPhone', one.id)
  const says = [t(DUTY_WORD[one.duty]), one.note].filter(Boolean).join(' · ')
  return (
    <div>
      <b>{at !== undefined && <span className="rank">{at}</span>}{one.relation} {one.name}</b>
      <span>{one.phoneMasked === null ? <span className="muted">{t('elder.phone.none')}</span> : may(me, revealField) ? <Secret masked={one.phoneMasked} label={`${one.name} ${t('elder.phone')}`} reveal={reveal} /> : one.phoneMasked}</span>
      <small>{says}{onEdit && <button type="button" className="lk end" aria-label={`${t('elder.edit')} ${one.name}`} onClick={onEdit}>{t('elder.edit')}</button>}</small>
    </div>
  )
}

/** Family and contacts in the order they are called. */
export function Contacts({ file }: { readonly file: ElderFile }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const [form, setForm] = useState<Contact | 'new' | null>(null)
  const mayWrite = may(me, saveContact) && !view.readOnly && file.elder.status === 'active'
  const sorted = [...file.contacts].sort((a, b) => a.rank - b.rank)
  return (
    <Card title={t('elder.contacts')} right={mayWrite && <button type="button" className="lk" onClick={() => setForm('new')}><Icon name="plus" />{t('elder.add')}</button>}>
      {sorted.length === 0 ? <p className="pad muted sm">{t('elder.contacts.none')}</p> : <div className="lst">{sorted.map((one, i) => <ContactLine key={one.id} elderId={file.elder.id} one={one} at={i + 1} {...(mayWrite ? { onEdit: () => setForm(one) } : {})} />)}</div>}
      {form && <ContactForm elderId={file.elder.id} before={form === 'new' ? null : form} rank={sorted.length + 1} onClose={() => setForm(null)} />}
    </Card>
  )
}
