import { useState } from 'react'
import { mergeElders, notDuplicate, splitElders } from '@songbai/capabilities/know/elders/contract'
import type { ElderRow } from '@songbai/capabilities/know/elders/contract'
import type { seeDuplicates } from '@songbai/capabilities/know/elders/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useClient } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Chip } from '@songbai/web-shared/widgets/Marks.tsx'
import { useUndo } from '@songbai/web-shared/widgets/Undo.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useDo } from '../query.tsx'
import { ReasonDialog } from './MergeForms.tsx'
import { Level, Person, Tags } from './person.tsx'
import { idSaid, placeSaid } from './say.ts'

export type Pair = OutputOf<typeof seeDuplicates>['pairs'][number]

const REASON_WORD = { sameId: 'elder.dup.sameId', idOneDigit: 'elder.dup.idOneDigit', sameBirth: 'elder.dup.sameBirth', sameBirthMonth: 'elder.dup.sameBirthMonth', birthOneDigit: 'elder.dup.birthOneDigit', birthDiffers: 'elder.dup.birthDiffers', dayMonthSwapped: 'elder.dup.dayMonthSwapped', sameName: 'elder.dup.sameName', soundsAlike: 'elder.dup.soundsAlike', nameOneCharacter: 'elder.dup.nameOneCharacter', sameVillage: 'elder.dup.sameVillage', sameTownship: 'elder.dup.sameTownship', samePhone: 'elder.dup.samePhone', sexDiffers: 'elder.dup.sexDiffers', idsDiffer: 'elder.dup.idsDiffer' } as const
const AGAINST: ReadonlySet<string> = new Set(['birthDiffers', 'sexDiffers', 'idsDiffer'])

export function Reasons({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useWords()
  return <span className="tags">{codes.map((code) => <Chip key={code} tone={AGAINST.has(code) ? 'hot' : 'warm'}>{Object.hasOwn(REASON_WORD, code) ? t(REASON_WORD[code as keyof typeof REASON_WORD]) : code}</Chip>)}</span>
}

/** Two records line by line; what differs is marked. */
export function SideBySide({ a, b, heads }: { readonly a: ElderRow; readonly b: ElderRow; readonly heads?: readonly [string, string] }) {
  const { t } = useWords()
  const none = t('elder.notKnown')
  const sex = (row: ElderRow) => (row.sex === null ? none : t(row.sex === 'male' ? 'person.male' : 'person.female'))
  const lines: readonly (readonly [string, string, string])[] = [
    [t('elder.sex'), sex(a), sex(b)], [t('elder.birth'), a.birthDay ?? a.birthMonth ?? none, b.birthDay ?? b.birthMonth ?? none], [t('elder.idNumber'), a.idMasked ? idSaid(a.idMasked) : none, b.idMasked ? idSaid(b.idMasked) : none],
    [t('elder.phone'), a.phoneMasked ?? none, b.phoneMasked ?? none], [t('elder.place'), placeSaid(a.place), placeSaid(b.place)],
  ]
  return (
    <div className="pair-scroll"><table className="tb pair">
      <thead><tr><td /><th>{heads?.[0] ?? t('elder.dup.first')}</th><th>{heads?.[1] ?? t('elder.dup.second')}</th></tr></thead>
      <tbody>
        <tr><th scope="row">{t('elder.name')}</th><td className={a.name === b.name ? '' : 'differs'}><Name row={a} /></td><td className={a.name === b.name ? '' : 'differs'}><Name row={b} /></td></tr>
        {lines.map(([name, x, y]) => <tr key={name}><th scope="row">{name}</th><td className={x === y ? '' : 'differs'}>{x}</td><td className={x === y ? '' : 'differs'}>{y}</td></tr>)}
        <tr><th scope="row">{t('elder.categories')}</th><td><Tags ids={a.categories} most={4} /></td><td><Tags ids={b.categories} most={4} /></td></tr>
        <tr><th scope="row">{t('elder.ability')}</th><td><Level id={a.abilityLevel} /></td><td><Level id={b.abilityLevel} /></td></tr>
      </tbody>
    </table></div>
  )
}

/** A record not yet saved has no page to open. */
function Name({ row }: { readonly row: ElderRow }) {
  return row.id === '' ? <b>{row.name}</b> : <To to={`/elders/${row.id}`}><Person row={row} /></To>
}

/** The two answers to a pair. A merge can be taken back for ten seconds here, and later from the person's page. */
export function PairDeeds({ pair, deed, onDeed, onDone }: { readonly pair: Pair; readonly deed: 'keepA' | 'keepB' | 'not' | null; readonly onDeed: (deed: 'keepA' | 'keepB' | 'not' | null) => void; readonly onDone: (keepId: string | null) => void }) {
  const { t } = useWords()
  const merge = useDo(mergeElders)
  const not = useDo(notDuplicate)
  const client = useClient()
  const queries = useQueryClient()
  const undo = useUndo()
  const [keep, drop] = deed === 'keepB' ? [pair.b, pair.a] : [pair.a, pair.b]
  const doMerge = async (reason: string) => {
    const answer = await merge.run({ keepId: keep.id, dropId: drop.id, reason })
    if (!answer.ok) return
    onDeed(null)
    onDone(keep.id)
    undo({ what: t('elder.merge.done', { name: drop.name }), onUndo: () => void client.do(splitElders, { mergeId: answer.value.mergeId, reason: t('elder.merge.taken') }).then(() => queries.invalidateQueries()) })
  }
  const doNot = async (reason: string) => {
    const answer = await not.run({ aId: pair.a.id, bId: pair.b.id, reason })
    if (answer.ok) { onDeed(null); onDone(null) }
  }
  return (
    <>
      <div className="row wrap pair-acts">
        <button type="button" className="b p" onClick={() => onDeed('keepA')}>{t('elder.merge.keepFirst')}</button>
        <button type="button" className="b" onClick={() => onDeed('keepB')}>{t('elder.merge.keepSecond')}</button>
        <button type="button" className="b" onClick={() => onDeed('not')}>{t('elder.dup.not')}</button>
      </div>
      {(deed === 'keepA' || deed === 'keepB') && <ReasonDialog title={t('elder.merge.title')} text={t('elder.merge.text', { keep: keep.name, drop: drop.name })} verb={t('elder.merge.do')} busy={merge.busy} no={merge.no} suggestions={[t('elder.merge.papers'), t('elder.merge.village')]} onDo={(reason) => void doMerge(reason)} onClose={() => onDeed(null)} />}
      {deed === 'not' && <ReasonDialog title={t('elder.dup.not')} text={t('elder.dup.notText')} verb={t('elder.dup.notDo')} busy={not.busy} no={not.no} suggestions={[t('elder.dup.notPapers'), t('elder.dup.notVillage')]} onDo={(reason) => void doNot(reason)} onClose={() => onDeed(null)} />}
    </>
  )
}

export function useDeed() {
  return useState<'keepA' | 'keepB' | 'not' | null>(null)
}
