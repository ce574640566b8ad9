import { useEffect, useState } from 'react'
import type { FormEvent } from 'react'
import { registerElder, seeElder } from '@songbai/capabilities/know/elders/contract'
import type { ElderRow } from '@songbai/capabilities/know/elders/contract'
import { maskId, maskPhone, readPhone, readResidentId } from '@songbai/capabilities/know/elders/rules'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Reasons, SideBySide } from './Compare.tsx'
import { PlaceField } from './PlaceField.tsx'
import type { Chosen } from './PlaceField.tsx'
import { useGoHere } from './address.ts'
import { DayText, Radios, Text, refusedAt, useSaid } from './fields.tsx'
import './elders.css'

interface Draft {
  readonly name: string
  readonly idNumber: string
  readonly birth: string
  readonly sex: 'male' | 'female' | null
  readonly phone: string
  readonly ethnicity: string
  readonly place: Chosen | null
  readonly address: string
  readonly registered: Chosen | null
  readonly contactName: string
  readonly contactRelation: string
  readonly contactPhone: string
  readonly source: string
}

const BLANK: Draft = { name: '', idNumber: '', birth: '', sex: null, phone: '', ethnicity: '', place: null, address: '', registered: null, contactName: '', contactRelation: '', contactPhone: '', source: '' }
/** The draft outlives a slip of the finger; the ID number and phones are secrets and are not kept. */
const KEY = 'songbai.elders.draft'
const SAVE_MS = 1000

function useDraft() {
  const [draft, setDraft] = useState<Draft>(() => ({ ...BLANK, ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Draft>) }))
  useEffect(() => {
    const timer = setTimeout(() => sessionStorage.setItem(KEY, JSON.stringify({ ...draft, idNumber: '', phone: '', contactPhone: '' })), SAVE_MS)
    return () => clearTimeout(timer)
  }, [draft])
  return { draft, set: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })), clear: () => { sessionStorage.removeItem(KEY); setDraft(BLANK) } }
}

const AT = {
  idNumber: ['elders.id-malformed', 'elders.id-checksum', 'elders.id-birth-impossible', 'elders.id-taken'], birth: ['elders.id-birth-differs', 'elders.birth-in-future', 'elders.birth-impossible'],
  sex: ['elders.id-sex-differs'], phone: ['elders.phone-malformed'], place: ['elders.region-unknown', 'elders.region-outside'],
} as const

function useId(typed: string, today: string) {
  const text = typed.replace(/\s/g, '')
  return text.length >= 15 ? readResidentId(text, today) : null
}

/** One person, one column. The ID number gives birthday and sex at once; a likely double is shown before anything is saved. */
export default function RegisterPage() {
  const { t, today } = useWords()
  const { me, view } = useSession()
  const said = useSaid()
  const go = useGoHere()
  const { draft, set, clear } = useDraft()
  const { run, busy, no, forget } = useDo(registerElder)
  const [tried, setTried] = useState(false)
  const id = useId(draft.idNumber, today)
  const read = id && !('refused' in id) ? id : null
  const birth = read?.birthDay ?? parseDay(draft.birth)
  const sex = read?.sex ?? draft.sex
  const phone = draft.phone.replace(/\D/g, '').length >= 7 ? readPhone(draft.phone) : null
  const at = (field: keyof typeof AT) => { const found = refusedAt(no, AT[field]); return found ? said(found.code, found.args) : null }
  const known = no !== null && Object.values(AT).some((codes) => refusedAt(no, codes) !== null)
  const twin = refusedAt(no, ['elders.likely-duplicate'])
  const save = async (acceptDuplicate: boolean) => {
    setTried(true)
    if (!draft.name.trim() || !draft.place || !draft.source.trim() || (draft.birth.trim() !== '' && !birth)) return
    const contact = draft.contactName.trim() && draft.contactRelation.trim() ? [{ name: draft.contactName, relation: draft.contactRelation, duty: 'emergency' as const, ...(draft.contactPhone.trim() ? { phone: draft.contactPhone } : {}) }] : []
    const answer = await run({
      name: draft.name, region: draft.place.code, source: draft.source, acceptDuplicate, contacts: contact, ...(sex ? { sex } : {}), ...(birth ? { birthDay: birth } : {}), ...(draft.idNumber.trim() ? { idNumber: draft.idNumber } : {}),
      ...(draft.phone.trim() ? { phone: draft.phone } : {}), ...(draft.ethnicity.trim() ? { ethnicity: draft.ethnicity } : {}), ...(draft.address.trim() ? { address: draft.address } : {}), ...(draft.registered ? { registeredRegion: draft.registered.code } : {}),
    })
    if (!answer.ok) return
    clear()
    go(`/elders/${answer.value.id}`)
  }
  if (!may(me, registerElder)) return <div className="page"><EmptyState page icon="lock" title={t('elder.register.notYours')} actions={<button type="button" className="b" onClick={() => history.back()}>{t('common.back')}</button>} /></div>
  const needed = (text: string) => (tried && !text.trim() ? t('elder.needed') : null)
  return (
    <div className="page elders">
      <Briefing title={t('elder.register')}>{t('elder.register.brief')}</Briefing>
      <div className="reg">
        <Card>
          <form className="fm pad" onSubmit={(event: FormEvent) => { event.preventDefault(); void save(false) }}>
            <Text label={t('elder.name')} value={draft.name} onText={(name) => set({ name })} max={40} focus error={needed(draft.name)} />
            <Text label={t('elder.idNumber')} value={draft.idNumber} onText={(idNumber) => { forget(); set({ idNumber }) }} max={24} hint={t('elder.id.hint')} error={at('idNumber') ?? (id && 'refused' in id ? said(id.refused, id.args) : null)}
              good={read ? t('elder.id.says', { birth: read.birthDay, sex: t(read.sex === 'male' ? 'person.male' : 'person.female') }) : null} />
            {read?.synthetic && <p className="synth-note"><span className="sample">{t('elder.synthetic')}</span> {t('elder.synthetic.why')}</p>}
            <DayText label={t('elder.birth')} value={read ? read.birthDay : draft.birth} onText={(text) => { if (!read) set({ birth: text }) }} last={today} error={at('birth')} hint={t('elder.birth.hint')} />
            <Radios label={t('elder.sex')} value={sex} of={[{ id: 'female', name: t('person.female') }, { id: 'male', name: t('person.male') }]} onPick={(one) => { if (!read) set({ sex: one }) }} />
            {at('sex') && <p className="err-line" role="alert">{at('sex')}</p>}
            <PlaceField label={t('elder.place')} value={draft.place} near={view.region} onPick={(place) => set({ place })} error={at('place') ?? (tried && !draft.place ? t('elder.place.needed') : null)} />
            <Text label={t('elder.address')} value={draft.address} onText={(address) => set({ address })} hint={t('elder.address.hint')} />
            <PlaceField label={t('elder.registered.optional')} value={draft.registered} near={view.region} onPick={(registered) => set({ registered })} hint={t('elder.registered.hint')} />
            <Text label={t('elder.phone')} value={draft.phone} onText={(text) => set({ phone: text })} max={30} numeric hint={t('elder.phone.hint')} error={at('phone') ?? (phone && 'refused' in phone ? said(phone.refused, phone.args) : null)} />
            <Text label={t('elder.ethnicity')} value={draft.ethnicity} onText={(ethnicity) => set({ ethnicity })} max={20} />
            <fieldset className="group"><legend>{t('elder.register.contact')}</legend>
              <div className="two"><Text label={t('elder.contact.name')} value={draft.contactName} onText={(contactName) => set({ contactName })} max={40} /><Text label={t('elder.contact.relation')} value={draft.contactRelation} onText={(contactRelation) => set({ contactRelation })} max={20} error={draft.contactName.trim() && !draft.contactRelation.trim() && tried ? t('elder.needed') : null} /></div>
              <Text label={t('elder.contact.phone')} value={draft.contactPhone} onText={(contactPhone) => set({ contactPhone })} max={30} numeric />
            </fieldset>
            <Text label={t('elder.fact.source')} value={draft.source} onText={(source) => set({ source })} max={60} list={[t('elder.source.papers'), t('elder.source.visit'), t('elder.source.village'), t('elder.source.family')]} error={tried && !draft.source.trim() ? t('elder.source.needed') : null} hint={t('elder.source.hint')} />
            {!known && !twin && <SayNo no={no} />}
            {twin && <Twin args={twin.args} draft={draft} birth={birth} sex={sex} onSave={() => void save(true)} onForget={forget} />}
            {!twin && <div className="row wrap form-end"><button type="submit" className="b p" aria-disabled={busy} disabled={view.readOnly} title={view.readOnly ? t('elder.past.rests') : undefined}><Icon name="check" />{t('elder.register.save')}</button><button type="button" className="b" onClick={() => { clear(); go('/elders') }}>{t('common.cancel')}</button></div>}
          </form>
        </Card>
        <p className="sm muted">{t('elder.register.draft')}</p>
      </div>
    </div>
  )
}

/** Before anything is saved: the one who is there, beside the one being written. */
function Twin({ args, draft, birth, sex, onSave, onForget }: { readonly args: Readonly<Record<string, unknown>>; readonly draft: Draft; readonly birth: string | null; readonly sex: 'male' | 'female' | null; readonly onSave: () => void; readonly onForget: () => void }) {
  const { t, today } = useWords()
  const go = useGoHere()
  const seen = useSee(seeElder, typeof args['elderId'] === 'string' ? { id: args['elderId'] } : null)
  const there = seen.value?.elder
  const id = readResidentId(draft.idNumber, today)
  const phone = readPhone(draft.phone)
  const mine: ElderRow = {
    id: '', name: draft.name, sex, birthDay: birth, birthMonth: null, age: null, region: draft.place?.code ?? '', place: draft.place?.name ?? '', categories: [], abilityLevel: null, synthetic: false, status: 'active',
    idMasked: 'refused' in id ? null : maskId(id.number), phoneMasked: 'refused' in phone ? null : maskPhone(phone.number),
  }
  return (
    <section className="twin-box" role="alert">
      <h3><Icon name="merge" /> {t('elder.twin.title')}</h3>
      <Reasons codes={String(args['reasons'] ?? '').split(',').filter(Boolean)} />
      {there && <SideBySide a={there} b={mine} heads={[t('elder.twin.there'), t('elder.twin.mine')]} />}
      <div className="row wrap">
        {there && <button type="button" className="b p" onClick={() => go(`/elders/${there.id}`)}>{t('elder.twin.same')}</button>}
        <button type="button" className="b" onClick={onSave}>{t('elder.twin.other')}</button>
        <button type="button" className="b" onClick={onForget}>{t('elder.twin.look')}</button>
      </div>
    </section>
  )
}
