import { useState } from 'react'
import { exportRows, seeRows } from '@songbai/capabilities/answer/indicators/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import type { NumDetail } from '@songbai/web-shared/widgets/Num.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { orThrow } from '../backend.ts'
import { placeSaid } from '../elders/say.ts'
import { may, useSession, useView } from '../session.ts'
import { ExportDialog } from './ExportDialog.tsx'
import { headed } from './model.ts'
import type { Figure, Indicator, Part } from './model.ts'

const ROWS = 200

export interface Behind {
  readonly indicator: Indicator
  readonly figure: Figure
  readonly part: Part
  readonly place: { readonly code: string; readonly name: string }
  readonly unplaced?: boolean
}

const PART_WORD = { numerator: 'ind.part.numerator', denominator: 'ind.part.denominator', rest: 'ind.part.rest', unknown: 'ind.part.unknown' } as const

/** What stands behind a number: words, parts, people. Whoever may not see people sees the places instead. */
export function useDetail(): { readonly detailOf: (behind: Behind) => NumDetail; readonly dialog: React.ReactNode } {
  const { t, both } = useWords()
  const client = useClient()
  const { me } = useSession()
  const { at, knownOn, readOnly } = useView()
  const [exporting, setExporting] = useState<Behind | null>(null)
  const asOf = readOnly ? { at, knownOn } : {}
  const detailOf = (behind: Behind): NumDetail => {
    const { indicator, figure, part, place, unplaced } = behind
    const people = async () => {
      const got = await orThrow(client.see(seeRows, { indicator: indicator.id, part, place: place.code, limit: ROWS, ...(unplaced ? { unplaced } : {}), ...asOf }))
      return {
        head: [t('ind.col.name'), t('ind.col.age'), t('ind.col.place'), t('ind.col.detail')], total: got.total,
        rows: got.rows.map((row) => ({ key: row.elderId, to: `/elders/${row.elderId}`, cells: [row.name, row.age === null ? '' : formatNumber(row.age), placeSaid(row.place), row.detail ? both(row.detail) : ''] })),
      }
    }
    const places = () => Promise.resolve({
      head: [t('ind.col.where'), t('ind.part.numerator'), t('ind.part.denominator')], total: indicator.children.length,
      rows: indicator.children.map((child) => ({ key: `${child.code}${child.name}`, cells: [child.name || t('ind.unplaced'), formatNumber(child.numerator), child.denominator === null ? '' : formatNumber(child.denominator)] })),
    })
    return {
      title: `${headed(both(indicator.title))} · ${place.name || t('ind.unplaced')} · ${t(PART_WORD[part])}`,
      definition: `${both(indicator.numeratorWords)}${t('list.stop')}${both(indicator.base)}${indicator.note ? both(indicator.note) : ''}`,
      ...(indicator.denominatorWords ? { denominator: <>{both(indicator.denominatorWords)}{t('ind.count', { n: formatNumber(figure.denominator ?? 0) })}</> } : {}),
      exclusions: figure.unknown > 0 ? [{ label: t('ind.part.unknown'), value: t('common.people', { n: formatNumber(figure.unknown) }) }] : [],
      at, ...(readOnly && knownOn !== at ? { knownOn } : {}), load: may(me, seeRows) ? people : places,
      ...(may(me, exportRows) && !unplaced ? { onExport: () => setExporting(behind) } : {}),
    }
  }
  const dialog = exporting && <ExportDialog asked={{ indicator: exporting.indicator.id, part: exporting.part, place: exporting.place.code, ...asOf }} title={both(exporting.indicator.title)} onClose={() => setExporting(null)} />
  return { detailOf, dialog }
}
