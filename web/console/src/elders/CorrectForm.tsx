import { useState } from 'react'
import type { FormEvent } from 'react'
import { correctIdentity, ID_REFUSALS } from '@songbai/capabilities/know/elders/contract'
import { readPhone, readResidentId } from '@songbai/capabilities/know/elders/rules'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { DayText, FormEnd, Radios, Text, refusedAt, useSaid } from './fields.tsx'
import type { ElderFile } from './story.ts'

const AT = { name: [], idNumber: ['elders.id-malformed', 'elders.id-checksum', 'elders.id-birth-impossible', 'elders.id-taken'], birth: ['elders.id-birth-differs', 'elders.birth-in-future', 'elders.birth-impossible'], sex: ['elders.id-sex-differs'], phone: ['elders.phone-malformed'] } as const

/** Name, papers, birthday or phone put right. Only what is written here changes; the old value stays in the history with the reason. */
export function CorrectForm({ file, onClose }: { readonly file: ElderFile; readonly onClose: () => void }) {
  const { t, today } = useWords()
  const said = useSaid()
  const { elder } = file
  const { run, busy, no } = useDo(correctIdentity)
  const [name, setName] = useState(elder.name)
  const [sex, setSex] = useState(elder.sex)
  const [birth, setBirth] = useState(elder.birthDay ?? '')
  const [idNumber, setId] = useState('')
  const [phone, setPhone] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const day = parseDay(birth)
  const id = idNumber.trim().length >= 15 ? readResidentId(idNumber, today) : null
  const phoneNo = phone.replace(/\D/g, '').length >= 7 ? readPhone(phone) : null
  const at = (field: keyof typeof AT) => { const found = refusedAt(no, AT[field]); return found ? said(found.code, found.args) : null }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!name.trim() || reason.trim().length < 2 || (birth.trim() !== '' && !day)) return
    const answer = await run({
      id: elder.id, reason, ...(name.trim() === elder.name ? {} : { name }), ...(sex && sex !== elder.sex ? { sex } : {}), ...(day && day !== elder.birthDay ? { birthDay: day } : {}),
      ...(idNumber.trim() ? { idNumber } : {}), ...(phone.trim() ? { phone } : {}),
    })
    if (answer.ok) onClose()
  }
  const known = no && 'refusal' in no && (ID_REFUSALS as readonly string[]).includes(no.refusal.code) && Object.values(AT).some((codes) => (codes as readonly string[]).includes(no.refusal.code))
  return (
    <Dialog title={t('elder.correct.title', { name: elder.name })} onClose={onClose}>
      <form className="fm" onSubmit={(event) => void save(event)}>
        <Text label={t('elder.name')} value={name} onText={setName} max={40} focus error={tried && !name.trim() ? t('elder.needed') : null} />
        <Text label={t('elder.idNumber')} value={idNumber} onText={setId} max={24} hint={elder.idMasked ? t('elder.correct.keep', { now: elder.idMasked }) : t('elder.id.hint')} error={at('idNumber') ?? (id && 'refused' in id ? said(id.refused, id.args) : null)} good={id && !('refused' in id) ? t('elder.id.says', { birth: id.birthDay, sex: t(id.sex === 'male' ? 'person.male' : 'person.female') }) : null} />
        <DayText label={t('elder.birth')} value={birth} onText={setBirth} last={today} error={at('birth')} />
        <Radios label={t('elder.sex')} value={sex} of={[{ id: 'female', name: t('person.female') }, { id: 'male', name: t('person.male') }]} onPick={setSex} />
        <Text label={t('elder.phone')} value={phone} onText={setPhone} max={30} numeric hint={elder.phoneMasked ? t('elder.correct.keep', { now: elder.phoneMasked }) : t('elder.phone.hint')} error={at('phone') ?? (phoneNo && 'refused' in phoneNo ? said(phoneNo.refused, phoneNo.args) : null)} />
        <Text label={t('elder.correct.reason')} value={reason} onText={setReason} hint={t('elder.correct.reasonHint')} error={tried && reason.trim().length < 2 ? t('elder.correct.reasonNeeded') : null} />
        {!known && <SayNo no={no} />}
        <FormEnd label={t('elder.correct.save')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}
