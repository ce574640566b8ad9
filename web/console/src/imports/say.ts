import { sayFinding } from '@songbai/capabilities/know/imports/rules'
import type { ProblemRow } from '@songbai/capabilities/know/imports/contract'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { KIND_TITLES, SKIP_TITLES } from './kinds.ts'

type Finding = Pick<ProblemRow['findings'][number], 'code' | 'args'>

const SKIP = 'skip.'

/** The short name of a kind; a kind without one gets its sentence, so that nothing hides. */
export function useKindTitle(): (code: string) => string {
  const { t, lang } = useWords()
  return (code) => {
    if (KIND_TITLES[code]) return t(KIND_TITLES[code])
    const skip = code.startsWith(SKIP) ? SKIP_TITLES[code.slice(SKIP.length)] : undefined
    return skip ? t(skip) : sayFinding(code, {}, lang)
  }
}

/** A finding as a sentence; a row that is no person says what it looked like. */
export function useFinding(): (finding: Finding) => string {
  const { t, lang } = useWords()
  const title = useKindTitle()
  return ({ code, args }) => (code.startsWith(SKIP) ? t('imp.skipped', { why: title(code), shown: String(args['shown'] ?? '') }) : sayFinding(code, args, lang))
}
