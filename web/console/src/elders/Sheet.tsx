import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import { DUTY_WORD } from './Contacts.tsx'
import { KIND_WORD } from './Residences.tsx'
import { homeSaid, idSaid } from './say.ts'
import { groupOf } from './story.ts'
import type { ElderFile } from './story.ts'

const ON_PAPER = 14

/** One page for the file or the visit: masked papers, what is known and from where. Only the printer sees it. */
export function Sheet({ file }: { readonly file: ElderFile }) {
  const { t, both, dayLong, today } = useWords()
  const { me, view } = useSession()
  const { elder } = file
  const facts = file.facts.filter((fact) => fact.supersededAt === null && !fact.sensitive && fact.shown !== null && !['name', 'sex', 'birth', 'birthMonth', 'idNumber', 'phone', 'address', 'usualResidence'].includes(fact.key)).sort((a, b) => groupOf(a.key).localeCompare(groupOf(b.key))).slice(0, ON_PAPER)
  const sex = elder.sex === null ? t('elder.notKnown') : t(elder.sex === 'male' ? 'person.male' : 'person.female')
  return (
    <section className="sheet elder-sheet" aria-hidden>
      <h1>{t('elder.sheet.title', { name: elder.name })}</h1>
      {elder.synthetic && <p className="center"><span className="sample">{t('elder.synthetic')}</span></p>}
      <table><tbody>
        <tr><th>{t('elder.name')}</th><td>{elder.name}</td><th>{t('elder.sexAge')}</th><td>{sex}{elder.age === null ? '' : ` ${t('person.age', { n: elder.age })}`}</td></tr>
        <tr><th>{t('elder.birth')}</th><td>{elder.birthDay ?? elder.birthMonth ?? t('elder.notKnown')}</td><th>{t('elder.idNumber')}</th><td>{elder.idMasked ? idSaid(elder.idMasked) : t('elder.notKnown')}</td></tr>
        <tr><th>{t('elder.place')}</th><td colSpan={3}>{homeSaid(elder.place, elder.address)}</td></tr>
        <tr><th>{t('elder.categories')}</th><td colSpan={3}>{file.categories.map((one) => both(one.title)).join(t('elder.and')) || t('elder.categories.none')}</td></tr>
        {file.residences.filter((one) => one.accessNote || one.seasonFrom).map((one) => <tr key={one.id}><th>{t(KIND_WORD[one.kind])}</th><td colSpan={3}>{homeSaid(one.placeName, one.address)} {one.accessNote}</td></tr>)}
        {file.contacts.map((one) => <tr key={one.id}><th>{one.relation}</th><td>{one.name}</td><th>{t(DUTY_WORD[one.duty])}</th><td>{one.phoneMasked ?? t('elder.phone.none')}</td></tr>)}
      </tbody></table>
      <h2>{t('elder.facts')}</h2>
      <table><tbody>{facts.map((fact) => <tr key={fact.id}><th>{both(fact.label)}</th><td>{fact.shown && both(fact.shown)}</td><td>{fact.validFrom ?? ''}</td><td>{fact.source}</td></tr>)}</tbody></table>
      <p className="sheet-foot">{t('elder.sheet.foot', { day: dayLong(view.at), name: me.name, printed: dayLong(today) })}</p>
    </section>
  )
}
