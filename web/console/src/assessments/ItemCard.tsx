import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { isRefusal, type Answers, type Item, type Option } from '@songbai/scale'
import { Chip } from '@songbai/web-shared/widgets/Marks.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, type No } from '../query.tsx'
import { said } from './scale.ts'

type Answer = Answers[string]

interface ItemProps {
  readonly item: Item
  readonly options: readonly Option[]
  readonly required: boolean
  readonly index: number
  readonly answer: Answer | undefined
  readonly no: No | null
  readonly onAnswer: (answer: Answer | null) => void
}

/** Focus on the item before or after the one that holds it. */
export function moveItem(box: HTMLElement | null, by: 1 | -1): boolean {
  const items = [...(box?.querySelectorAll<HTMLElement>('.asm-item') ?? [])]
  const at = items.findIndex((one) => one.contains(document.activeElement))
  const next = items[at + by]
  if (!next) return false
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
  return true
}

/** One item: big targets; with the focus on it the digits answer and go on. */
export function ItemCard(props: ItemProps) {
  const { item, options, required, index, answer, onAnswer } = props
  const { t, lang } = useWords()
  const [refusing, setRefusing] = useState(false)
  const refusal = isRefusal(answer) ? answer : null
  const digit = (event: KeyboardEvent<HTMLElement>) => {
    if ((event.target as HTMLElement).closest('input:not([type=radio]):not([type=checkbox]),textarea') || !/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    const option = byDigit(item, options, event.key)
    if (!option || item.kind === 'multi') return
    event.preventDefault()
    onAnswer(option.id)
    moveItem(event.currentTarget.parentElement, 1)
  }
  return (
    <article className={answer === undefined ? 'asm-item open' : 'asm-item'} tabIndex={0} onKeyDown={digit} aria-labelledby={`q-${item.code}`}>
      <header><span className="asm-no" aria-hidden>{index + 1}</span><h2 id={`q-${item.code}`}>{said(item.label, lang)}</h2>{!required && <Chip square>{t('assess.optional')}</Chip>}
        {refusal ? <button type="button" className="b s" onClick={() => onAnswer(null)}>{t('assess.refuse.undo')}</button> : <button type="button" className="b s t" aria-expanded={refusing} onClick={() => setRefusing(!refusing)}>{t('assess.refuse')}</button>}
      </header>
      {(item.definition || item.note) && <p className="asm-def">{item.definition && said(item.definition, lang)}{item.definition && item.note && ' · '}{item.note && <span className="muted">{said(item.note, lang)}</span>}</p>}
      {refusing && !refusal && <Refuse onRefuse={(reason) => { setRefusing(false); onAnswer({ refused: true, reason }) }} />}
      {refusal ? <p className="bn warn">{t('assess.refused', { reason: refusal.reason })}{required && <> {t('assess.refused.blocks')}</>}</p> : <Field {...props} />}
      <SayNo no={props.no} />
    </article>
  )
}

/** A digit means the points where options carry points, else the place in the list, counted from 1. */
export function byDigit(item: Pick<Item, 'kind'>, options: readonly Option[], key: string): Option | undefined {
  if (item.kind === 'score') return options.find((option) => option.score === Number(key))
  return options[Number(key) - 1]
}

const REASONS = ['assess.refuse.unwilling', 'assess.refuse.unwell', 'assess.refuse.cannotSay'] as const

function Refuse({ onRefuse }: { readonly onRefuse: (reason: string) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  return (
    <div className="asm-refuse">
      <p>{t('assess.refuse.why')}</p>
      <div className="row wrap">{REASONS.map((word) => <button key={word} type="button" className="b" onClick={() => onRefuse(t(word))}>{t(word)}</button>)}</div>
      <div className="row"><input className="in grow" aria-label={t('assess.refuse.own')} placeholder={t('assess.refuse.own')} value={text} maxLength={200} onChange={(event) => setText(event.target.value)} /><button type="button" className="b" disabled={text.trim() === ''} title={text.trim() === '' ? t('assess.refuse.why') : undefined} onClick={() => onRefuse(text.trim())}>{t('assess.refuse.note')}</button></div>
    </div>
  )
}

function Field({ item, options, answer, onAnswer }: ItemProps) {
  switch (item.kind) {
    case 'score':
    case 'choice': return <Choices item={item} options={options} answer={answer} onAnswer={onAnswer} />
    case 'multi': return <Several item={item} options={options} answer={answer} onAnswer={onAnswer} />
    default: return <Written item={item} answer={answer} onAnswer={onAnswer} />
  }
}

function Choices({ item, options, answer, onAnswer }: Pick<ItemProps, 'item' | 'options' | 'answer' | 'onAnswer'>) {
  const { lang } = useWords()
  const compact = item.kind === 'choice' || options.every((option) => said(option.label, lang).length < 8)
  return (
    <div className={compact ? 'asm-opts short' : 'asm-opts'} role="radiogroup" aria-labelledby={`q-${item.code}`}>
      {options.map((option) => (
        // The label is the target, so gloves and trembling hands hit it.
        <label key={option.id} className={answer === option.id ? 'on' : ''}>
          <input type="radio" name={item.code} checked={answer === option.id} onChange={() => onAnswer(option.id)} onClick={() => answer === option.id && item.required === false && onAnswer(null)} />
          {option.score !== undefined && item.kind === 'score' && <b>{option.score}</b>}<span>{said(option.label, lang)}</span>
        </label>
      ))}
    </div>
  )
}

function Several({ item, options, answer, onAnswer }: Pick<ItemProps, 'item' | 'options' | 'answer' | 'onAnswer'>) {
  const { lang } = useWords()
  const chosen = Array.isArray(answer) ? answer : []
  const toggle = (option: Option) => {
    const others = chosen.filter((id) => id !== option.id && (option.exclusive || !options.find((one) => one.id === id)?.exclusive))
    const next = chosen.includes(option.id) ? chosen.filter((id) => id !== option.id) : option.exclusive ? [option.id] : [...others, option.id]
    onAnswer(next.length === 0 ? null : next)
  }
  return (
    <div className="asm-opts short" role="group" aria-labelledby={`q-${item.code}`}>
      {options.map((option) => <label key={option.id} className={chosen.includes(option.id) ? 'on' : ''}><input type="checkbox" checked={chosen.includes(option.id)} onChange={() => toggle(option)} /><span>{said(option.label, lang)}</span></label>)}
    </div>
  )
}

function Written({ item, answer, onAnswer }: Pick<ItemProps, 'item' | 'answer' | 'onAnswer'>) {
  const { t } = useWords()
  const [text, setText] = useState(answer === undefined || typeof answer === 'object' ? '' : String(answer))
  const [wrong, setWrong] = useState(false)
  const leave = () => {
    const value = readWritten(item, text)
    setWrong(value === undefined)
    if (value !== undefined) onAnswer(value)
  }
  return <><input className="in big" inputMode={item.kind === 'number' ? 'numeric' : 'text'} aria-labelledby={`q-${item.code}`} aria-invalid={wrong} value={text} onChange={(event) => setText(event.target.value)} onBlur={leave} />{wrong && <span className="err" role="alert">{t(item.kind === 'day' ? 'assess.badDay' : 'assess.badNumber')}</span>}</>
}

/** Null for blank, undefined for what cannot be read: nothing plausible is put in its place. */
export function readWritten(item: Pick<Item, 'kind'>, text: string): string | number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  if (item.kind === 'number') return /^-?\d+$/.test(typed) ? Number(typed) : undefined
  if (item.kind === 'day') return parseDay(typed) ?? undefined
  return typed
}
