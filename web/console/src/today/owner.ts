import type { CaseRow } from '@songbai/capabilities/know/work/contract'
import type { Words } from '@songbai/web-shared/words/WordsProvider.tsx'

export interface OwnerSaid {
  readonly who: string
  /** Who does it while nobody holds the post, or that nobody is there at all. */
  readonly note: string | null
}

export function ownerSaid({ owner, mine }: Pick<CaseRow, 'owner' | 'mine'>, { t, both }: Pick<Words, 't' | 'both'>): OwnerSaid {
  const note = !owner.vacant ? null : mine ? t('work.standIn.you') : owner.standIn ? t('work.standIn', { who: both(owner.standIn) }) : t('work.vacant')
  return { who: both(owner.name), note }
}

/** In one run of text: 龙田乡乡镇经办（暂无人，由城口县县级经办代办）. */
export function ownerInLine(row: Pick<CaseRow, 'owner' | 'mine'>, words: Pick<Words, 't' | 'both' | 'lang'>): string {
  const { who, note } = ownerSaid(row, words)
  if (note === null) return who
  return words.lang === 'en' ? `${who} (${note})` : `${who}（${note}）`
}
