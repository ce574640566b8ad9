import { Fragment, createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { CATALOGUE } from './catalogue.ts'
import type { ArgsOf, Lang, MaybeArgs, WordKey } from './catalogue.ts'
import { formatDay, formatDayLong, formatFen, formatMonth, formatSpan, formatWeekday, relativeDay, relativeTime } from './format.ts'
import type { MoneyPer } from './format.ts'
import { chosen, partsOf, translator } from './translate.ts'
import type { Translate } from './translate.ts'

export interface Words {
  readonly lang: Lang
  readonly setLang: (lang: Lang) => void
  /** Today as the server says it, Asia/Shanghai. */
  readonly today: string
  readonly t: Translate
  /** The same sentence with elements in its slots: numbers that open, bold names. */
  readonly rich: <K extends WordKey>(key: K, args: ArgsOf<K, ReactNode>) => ReactNode
  /** Data that comes in both languages: titles from contracts and packs. */
  readonly both: (words: { readonly zh: string; readonly en: string }) => string
  readonly day: (day: string) => string
  readonly dayLong: (day: string) => string
  readonly month: (month: string) => string
  readonly weekday: (day: string) => string
  readonly relative: (day: string) => string
  readonly ago: (ms: number, nowMs: number) => string
  readonly span: (ms: number) => string
  readonly money: (amountFen: number, per?: MoneyPer) => string
}

const WordsContext = createContext<Words | null>(null)
const STORE = 'songbai.lang'

function remembered(): Lang {
  return localStorage.getItem(STORE) === 'en' ? 'en' : 'zh-CN'
}

function wordsFor(lang: Lang, today: string, setLang: (lang: Lang) => void): Words {
  return {
    lang, today, setLang, t: translator(lang), rich: richIn(lang),
    both: (words) => (lang === 'en' ? words.en : words.zh),
    day: (day) => formatDay(day, today, lang),
    dayLong: (day) => formatDayLong(day, lang),
    month: (month) => formatMonth(month, lang),
    weekday: (day) => formatWeekday(day, lang),
    relative: (day) => relativeDay(day, today, lang),
    ago: (ms, nowMs) => relativeTime(ms, nowMs, lang),
    span: (ms) => formatSpan(ms, lang),
    money: (amountFen, per) => formatFen(amountFen, lang, per),
  }
}

function richIn(lang: Lang): Words['rich'] {
  return (key, args) => {
    const given = args as Readonly<Record<string, ReactNode>>
    return partsOf(CATALOGUE[lang][key]).map((part, at) => (
      <Fragment key={at}>{typeof part === 'string' ? part : (chosen(part, given[part.name]) ?? given[part.name])}</Fragment>
    ))
  }
}

/** Puts the catalogue in reach; the choice of language is kept on this computer. */
export function WordsProvider({ today, children, initial }: { readonly today: string; readonly children: ReactNode; readonly initial?: Lang }) {
  const [lang, choose] = useState<Lang>(() => initial ?? remembered())
  const setLang = useCallback((next: Lang) => {
    localStorage.setItem(STORE, next)
    choose(next)
  }, [])
  useEffect(() => {
    document.documentElement.lang = lang
  }, [lang])
  const words = useMemo(() => wordsFor(lang, today, setLang), [lang, today, setLang])
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
}

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useWords outside WordsProvider')
  return words
}

/** `<Say k="today.date" day=… />` for a whole sentence that is only text. */
export function Say<K extends WordKey>({ k, args }: { readonly k: K; readonly args?: ArgsOf<K, string | number> }) {
  const { t } = useWords()
  return <>{t(k, ...((args ? [args] : []) as unknown as MaybeArgs<K, string | number>))}</>
}
