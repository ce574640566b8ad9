/** Small parts that say something about a person the same way everywhere. */
import type { ElderRow } from '@songbai/capabilities/know/elders/contract'
import { countElders } from '@songbai/capabilities/know/elders/contract'
import { Chip } from '@songbai/web-shared/widgets/Marks.tsx'
import type { ChipTone } from '@songbai/web-shared/widgets/Marks.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSee } from '../query.tsx'
import { useView } from '../session.ts'

const LEVELS = { intact: 'elder.level.intact', mild: 'elder.level.mild', moderate: 'elder.level.moderate', severe: 'elder.level.severe', total: 'elder.level.total' } as const
const STATUS = { active: 'elder.status.active', dead: 'elder.status.dead', movedOut: 'elder.status.movedOut', merged: 'elder.status.merged', undone: 'elder.status.undone' } as const

export function useStatusWord(): (status: ElderRow['status']) => string {
  const { t } = useWords()
  return (status) => t(STATUS[status])
}

export function Level({ id }: { readonly id: string | null }) {
  const { t } = useWords()
  if (id === null) return <span className="muted">{t('elder.level.none')}</span>
  return <>{Object.hasOwn(LEVELS, id) ? t(LEVELS[id as keyof typeof LEVELS]) : id}</>
}

/** Made-up people are shown as such wherever they are named. */
export function Synthetic() {
  const { t } = useWords()
  return <span className="sample" title={t('elder.synthetic.why')}>{t('elder.synthetic')}</span>
}

export function Person({ row }: { readonly row: Pick<ElderRow, 'name' | 'status' | 'synthetic'> }) {
  const status = useStatusWord()
  return <span className="who"><b>{row.name}</b>{row.synthetic && <Synthetic />}{row.status !== 'active' && <Chip square tone={row.status === 'dead' ? 'plain' : 'info'}>{status(row.status)}</Chip>}</span>
}

/** Words of the categories, which come with their counts; one answer serves the whole console. */
export function useCategoryTitle(): (id: string) => string {
  const { both } = useWords()
  const { region } = useView()
  const counts = useSee(countElders, { place: region })
  return (id) => { const one = counts.value?.categories.find((category) => category.id === id); return one ? both(one.title) : '' }
}

const WARM: ReadonlySet<string> = new Set(['alone', 'emptyNest', 'leftBehind', 'lossOfAbility', 'dementia', 'severeDisability', 'withoutKin'])

export function toneOf(id: string): ChipTone {
  return WARM.has(id) ? 'warm' : id === 'specialDifficulty' ? 'good' : 'plain'
}

export function Tags({ ids, most }: { readonly ids: readonly string[]; readonly most: number }) {
  const { t } = useWords()
  const title = useCategoryTitle()
  const rest = ids.slice(most)
  return <span className="tags">{ids.slice(0, most).filter((id) => title(id) !== '').map((id) => <Chip key={id} tone={toneOf(id)}>{title(id)}</Chip>)}{rest.length > 0 && <Chip title={rest.map(title).join(t('elder.and'))}>{t('elder.tags.more', { n: rest.length })}</Chip>}</span>
}
