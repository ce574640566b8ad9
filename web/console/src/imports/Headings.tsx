import type { SheetView } from '@songbai/capabilities/know/imports/contract'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatPercent } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import type { ReactNode } from 'react'
import { SKIP, openColumns } from './model.ts'
import type { Batch, Choice } from './model.ts'

type Column = SheetView['columns'][number]
const WHY = { heading_equal: 'imp.why.equal', synonym: 'imp.why.synonym', heading_part: 'imp.why.part', content: 'imp.why.content', template: 'imp.why.template', row_number: 'imp.why.number', empty: 'imp.why.empty', undecided: 'imp.why.undecided', nothing: 'imp.why.nothing' } as const

/** 列 · 表里写的 · 当作 · 凭什么; what is undecided stands out in amber and in words. */
export function Headings({ sheet, fields, choices, onChoose, children }: { readonly sheet: SheetView; readonly fields: Batch['fields']; readonly choices: readonly Choice[]; readonly onChoose: ((column: number, choice: Choice) => void) | null; readonly children?: ReactNode }) {
  const { t } = useWords()
  const open = openColumns(sheet, choices)
  const note = sheet.table ? `${sheet.table.title ? `${t('imp.hd.titleRow', { title: sheet.table.title })} · ` : ''}${t('imp.hd.at', { rows: sheet.table.headingRows.join('、'), first: sheet.table.firstDataRow })}` : undefined
  return (
    <Card title={t('imp.hd.title')} note={note} className="headings">
      <div className="hm-scroll">
        <table className="tb hm">
          <thead><tr><th>{t('imp.hd.col')}</th><th>{t('imp.hd.written')}</th><th>{t('imp.hd.as')}</th><th>{t('imp.hd.why')}</th></tr></thead>
          <tbody>{sheet.columns.map((one) => <Line key={one.column} column={one} fields={fields} choice={choices[one.column] === undefined ? SKIP : choices[one.column]!} onChoose={onChoose} />)}</tbody>
        </table>
      </div>
      {open.length > 0 && <p className="pad sm amber-words">{t('imp.hd.open', { n: open.length, names: open.join('、') })}</p>}
      {children}
    </Card>
  )
}

function Line({ column, fields, choice, onChoose }: { readonly column: Column; readonly fields: Batch['fields']; readonly choice: Choice; readonly onChoose: ((column: number, choice: Choice) => void) | null }) {
  const { t, both } = useWords()
  const field = fields.find((one) => one.id === choice)
  const label = t('imp.hd.asLabel', { column: column.letter })
  const name = (one: Batch['fields'][number]) => both(one.label) + (one.required ? t('imp.hd.required') : '')
  const likely = column.others.filter((id) => fields.some((one) => one.id === id))
  const ordered = [...fields].sort((a, b) => Number(likely.includes(b.id)) - Number(likely.includes(a.id)))
  return (
    <tr>
      <td className="muted ltr">{column.letter}</td>
      <td><b>{column.heading || t('imp.hd.noHeading')}</b><br /><span className="smp">{column.samples.slice(0, 2).join('、')}</span></td>
      <td>
        {onChoose === null ? (field ? both(field.label) : t('imp.hd.skip')) : (
          <select aria-label={label} className={choice === null ? 'dd ask' : 'dd'} value={choice ?? ''} onChange={(event) => onChoose(column.column, event.target.value === '' ? null : event.target.value)}>
            <option value="">{t('imp.hd.choose')}</option><option value={SKIP}>{t('imp.hd.skip')}</option>
            {ordered.map((one) => <option key={one.id} value={one.id}>{name(one)}</option>)}
          </select>
        )}
      </td>
      <td className="smp"><Why column={column} choice={choice} /></td>
    </tr>
  )
}

function Why({ column, choice }: { readonly column: Column; readonly choice: Choice }) {
  const { t } = useWords()
  if (choice === null) return <span className="amber-words">{t('imp.why.undecided')}</span>
  if (choice !== (column.field ?? SKIP) || column.why === 'undecided') return t('imp.why.yours')
  const why = t(WHY[column.why])
  return column.fit === null || column.field === null ? why : t('imp.hd.fit', { why, share: formatPercent(column.fit) })
}
