import { useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Popover } from '@songbai/web-shared/widgets/Pickers.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import type { Category } from './CategoryStrip.tsx'
import { AGES, EVERYBODY, MISSING, SORTS, STATUS, narrowing } from './filter.ts'
import type { Filter, Missing, SortBy, Status, Word } from './filter.ts'
import { useCategoryTitle, useStatusWord } from './person.tsx'

const MISSING_WORD = { idNumber: 'elder.missing.idNumber', birthDay: 'elder.missing.birthDay', phone: 'elder.missing.phone', assessment: 'elder.missing.assessment', contact: 'elder.missing.contact', village: 'elder.missing.village' } as const
const SORT_WORD = { name: 'elder.sort.name', age: 'elder.sort.age', place: 'elder.sort.place', changed: 'elder.sort.changed' } as const

/** More names than a sentence can hold: said as their number. */
const MANY = 6

function useAgeWord(): (from: number | null, to: number | null) => string {
  const { t } = useWords()
  return (from, to) => {
    if (from === null && to === null) return t('elder.age.any')
    if (from === null) return t('elder.age.to', { n: to! })
    return to === null ? t('elder.age.from', { n: from }) : t('elder.age.between', { from, to })
  }
}

/** What one word of the sentence says now; also names the condition when nothing is left. */
export function useFilterWords(): (filter: Filter, word: Word) => string {
  const { t } = useWords()
  const title = useCategoryTitle()
  const age = useAgeWord()
  const status = useStatusWord()
  return (filter, word) => {
    switch (word) {
      case 'status': return status(filter.status)
      case 'sex': return filter.sex === null ? t('elder.sex.any') : t(filter.sex === 'male' ? 'person.male' : 'person.female')
      case 'age': return age(filter.ageFrom, filter.ageTo)
      case 'categories': return filter.categories.length === 0 ? t('elder.categories.any') : filter.categories.length >= MANY ? t(filter.match === 'all' ? 'elder.categories.manyAll' : 'elder.categories.many', { n: filter.categories.length }) : filter.categories.map(title).join(t(filter.match === 'all' ? 'elder.join.all' : 'elder.join.any'))
      case 'missing': return filter.missing === null ? t('elder.missing.any') : t(MISSING_WORD[filter.missing])
      case 'batch': return t('elder.batch')
    }
  }
}

interface SentenceProps {
  readonly filter: Filter
  readonly onFilter: (next: Filter) => void
  readonly total: number | null
  readonly categories: readonly Category[]
}

/** 看咸宜镇在册的老人，80 岁以上，独居或失能，不缺资料：214 人。 */
export function FilterSentence({ filter, onFilter, total, categories }: SentenceProps) {
  const { t, rich } = useWords()
  const { path } = useSession()
  const words = useFilterWords()
  const age = useAgeWord()
  const statusWord = useStatusWord()
  const set = (part: Partial<Filter>) => onFilter({ ...filter, ...part })
  const word = (id: Word, label: string, list: (close: () => void) => ReactNode) => <WordMenu key={id} on={narrowing(filter).includes(id)} label={label} says={words(filter, id)}>{list}</WordMenu>
  return (
    <div className="says">
      {rich('elder.sentence', {
        place: <b>{path[path.length - 1]?.name ?? ''}</b>,
        status: word('status', t('elder.filter.status'), (close) => <Choices of={STATUS} now={filter.status} say={statusWord} onPick={(status: Status) => { set({ status }); close() }} />),
        sex: word('sex', t('elder.filter.sex'), (close) => <Choices of={[null, 'female', 'male'] as const} now={filter.sex} say={(sex) => words({ ...filter, sex }, 'sex')} onPick={(sex) => { set({ sex }); close() }} />),
        age: word('age', t('elder.filter.age'), (close) => <AgeChoices filter={filter} say={age} onPick={(ageFrom, ageTo) => { set({ ageFrom, ageTo }); close() }} />),
        categories: word('categories', t('elder.filter.categories'), () => <CategoryChoices filter={filter} categories={categories} onPick={set} />),
        missing: word('missing', t('elder.filter.missing'), (close) => <Choices of={[null, ...MISSING]} now={filter.missing} say={(missing) => words({ ...filter, missing }, 'missing')} onPick={(missing: Missing | null) => { set({ missing }); close() }} />),
        n: <b role="status">{total === null ? '…' : t('common.people', { n: formatNumber(total) })}</b>,
      })}
      {filter.batchId && <span className="ch b">{t('elder.batch')}</span>}
      {narrowing(filter).length > 0 && <button type="button" className="b s t" onClick={() => onFilter({ ...EVERYBODY, sort: filter.sort })}><Icon name="x" />{t('elder.filter.clear')}</button>}
      <span className="order"><WordMenu on={false} label={t('elder.filter.sort')} says={t(SORT_WORD[filter.sort])}>{(close) => <Choices of={SORTS} now={filter.sort} say={(sort: SortBy) => t(SORT_WORD[sort])} onPick={(sort) => { set({ sort }); close() }} />}</WordMenu></span>
    </div>
  )
}

function WordMenu({ on, label, says, children }: { readonly on: boolean; readonly label: string; readonly says: string; readonly children: (close: () => void) => ReactNode }) {
  return <span className={on ? 'word on' : 'word'}><Popover label={`${label} ${says}`} button={<span>{says}</span>}>{children}</Popover></span>
}

function Choices<T extends string | null>({ of, now, say, onPick }: { readonly of: readonly T[]; readonly now: T; readonly say: (one: T) => string; readonly onPick: (one: T) => void }) {
  return <ul className="opts">{of.map((one) => <li key={one ?? ''}><button type="button" className={one === now ? 'on' : ''} aria-pressed={one === now} onClick={() => onPick(one)}>{say(one)}{one === now && <Icon name="check" className="end" />}</button></li>)}</ul>
}

function AgeChoices({ filter, say, onPick }: { readonly filter: Filter; readonly say: (from: number | null, to: number | null) => string; readonly onPick: (from: number | null, to: number | null) => void }) {
  const { t } = useWords()
  const [from, setFrom] = useState(filter.ageFrom?.toString() ?? '')
  const [to, setTo] = useState(filter.ageTo?.toString() ?? '')
  const read = (text: string) => (/^\d{1,3}$/.test(text.trim()) && Number(text) <= 130 ? Number(text) : null)
  return (
    <>
      <ul className="opts">{AGES.map(([a, b]) => <li key={`${a}-${b}`}><button type="button" className={a === filter.ageFrom && b === filter.ageTo ? 'on' : ''} onClick={() => onPick(a, b)}>{say(a, b)}</button></li>)}</ul>
      <form className="pad row" onSubmit={(event) => { event.preventDefault(); onPick(read(from), read(to)) }}>
        <input className="in" inputMode="numeric" aria-label={t('elder.age.fromLabel')} value={from} onChange={(event) => setFrom(event.target.value)} />–
        <input className="in" inputMode="numeric" aria-label={t('elder.age.toLabel')} value={to} onChange={(event) => setTo(event.target.value)} />
        <span className="nowrap">{t('elder.age.unit')}</span><button type="submit" className="b s">{t('elder.age.go')}</button>
      </form>
    </>
  )
}

function CategoryChoices({ filter, categories, onPick }: { readonly filter: Filter; readonly categories: readonly Category[]; readonly onPick: (part: Partial<Filter>) => void }) {
  const { t, both } = useWords()
  const toggle = (id: string) => onPick({ categories: filter.categories.includes(id) ? filter.categories.filter((one) => one !== id) : [...filter.categories, id] })
  return (
    <>
      <div className="pad row" role="group">
        <label className="row"><input type="radio" name="match" checked={filter.match === 'any'} onChange={() => onPick({ match: 'any' })} />{t('elder.match.any')}</label>
        <label className="row"><input type="radio" name="match" checked={filter.match === 'all'} onChange={() => onPick({ match: 'all' })} />{t('elder.match.all')}</label>
      </div>
      <ul className="opts">
        {categories.map((one) => <li key={one.id}><label className="opt"><input type="checkbox" checked={filter.categories.includes(one.id)} onChange={() => toggle(one.id)} />{both(one.title)}<small>{formatNumber(one.count)}</small></label></li>)}
      </ul>
    </>
  )
}
