import { useState } from 'react'
import type { FormEvent } from 'react'
import { DUTIES, saveContact } from '@songbai/capabilities/know/elders/contract'
import { readPhone } from '@songbai/capabilities/know/elders/rules'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { DUTY_WORD } from './Contacts.tsx'
import type { Contact } from './Contacts.tsx'
import { FormEnd, Pick, Text, refusedAt, useSaid } from './fields.tsx'

/** One contact: added, changed (the old one is kept in history), or ended. An empty phone leaves the number as it is. */
export function ContactForm({ elderId, before, rank, onClose }: { readonly elderId: string; readonly before: Contact | null; readonly rank: number; readonly onClose: () => void }) {
  const { t } = useWords()
  const said = useSaid()
  const { run, busy, no } = useDo(saveContact)
  const [name, setName] = useState(before?.name ?? '')
  const [relation, setRelation] = useState(before?.relation ?? '')
  const [duty, setDuty] = useState<Contact['duty']>(before?.duty ?? 'supporter')
  const [phone, setPhone] = useState('')
  const [note, setNote] = useState(before?.note ?? '')
  const [order, setOrder] = useState(before?.rank ?? Math.min(9, rank))
  const [empty, setEmpty] = useState(false)
  const badPhone = phone.trim() !== '' && 'refused' in readPhone(phone) && phone.replace(/\D/g, '').length >= 7
  const refused = refusedAt(no, ['elders.phone-malformed'])
  const save = async (end: boolean) => {
    if (!name.trim() || !relation.trim()) return setEmpty(true)
    const answer = await run({ elderId, name, relation, duty, rank: order, end, ...(before ? { contactId: before.id } : {}), ...(phone.trim() ? { phone } : {}), ...(note.trim() ? { note } : {}) })
    if (answer.ok) onClose()
  }
  const relations = [t('elder.relation.daughter'), t('elder.relation.son'), t('elder.relation.spouse'), t('elder.relation.sibling'), t('elder.relation.relative'), t('elder.relation.neighbour'), t('elder.relation.village')]
  return (
    <Dialog title={before ? t('elder.contact.edit', { name: before.name }) : t('elder.contact.new')} onClose={onClose}>
      <form className="fm" onSubmit={(event: FormEvent) => { event.preventDefault(); void save(false) }}>
        <div className="two">
          <Text label={t('elder.contact.name')} value={name} onText={setName} max={40} focus error={empty && !name.trim() ? t('elder.needed') : null} />
          <Text label={t('elder.contact.relation')} value={relation} onText={setRelation} max={20} list={relations} error={empty && !relation.trim() ? t('elder.needed') : null} />
        </div>
        <Text label={t('elder.phone')} value={phone} onText={setPhone} max={30} numeric hint={before?.phoneMasked ? t('elder.contact.phoneKeep', { phone: before.phoneMasked }) : t('elder.phone.hint')} error={refused ? said(refused.code, refused.args) : badPhone ? said('elders.phone-malformed') : null} />
        <div className="two">
          <Pick label={t('elder.contact.duty')} value={duty} of={DUTIES.map((id) => ({ id, name: t(DUTY_WORD[id]) }))} onPick={setDuty} />
          <Pick label={t('elder.contact.rank')} value={String(order)} of={Array.from({ length: 9 }, (_, i) => ({ id: String(i + 1), name: t('elder.contact.rankN', { n: i + 1 }) }))} onPick={(n) => setOrder(Number(n))} />
        </div>
        <Text label={t('elder.contact.note')} value={note} onText={setNote} hint={t('elder.contact.noteHint')} />
        {!refused && <SayNo no={no} />}
        <FormEnd label={t('elder.save')} busy={busy} onClose={onClose}>{before && <button type="button" className="b d" onClick={() => void save(true)}>{t('elder.contact.end')}</button>}</FormEnd>
      </form>
    </Dialog>
  )
}
