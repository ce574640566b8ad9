import type { countElders } from '@songbai/capabilities/know/elders/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { EVERYBODY } from './filter.ts'
import type { Filter } from './filter.ts'

export type Category = OutputOf<typeof countElders>['categories'][number]

/** How many in each group; a press shows exactly these. Groups overlap, and the page says so. */
export function CategoryStrip({ categories, filter, onFilter }: { readonly categories: readonly Category[]; readonly filter: Filter; readonly onFilter: (next: Filter) => void }) {
  const { t, both } = useWords()
  const only = filter.categories.length === 1 ? filter.categories[0] : null
  const press = (id: string) => onFilter(only === id ? { ...filter, categories: [] } : { ...EVERYBODY, sort: filter.sort, categories: [id] })
  return (
    <div className="strip" role="group" aria-label={t('elder.categories.of')}>
      {categories.map((one) => (
        <button key={one.id} type="button" aria-pressed={filter.categories.includes(one.id)} className={one.count === 0 ? 'zero' : undefined} onClick={() => press(one.id)}>
          <span>{both(one.title)}</span><b>{formatNumber(one.count)}</b>
        </button>
      ))}
      <span className="sm muted">{t('elder.categories.overlap')}</span>
    </div>
  )
}
