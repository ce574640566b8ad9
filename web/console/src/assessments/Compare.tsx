import type { Comparison, ScaleDefinition } from '@songbai/scale'
import { Chip } from '@songbai/web-shared/widgets/Marks.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { answerText, levelLabel } from './scale.ts'
import { said } from './scale.ts'

type Comparable = Extract<Comparison, { comparable: true }>

/** Item by item: what it was, what it is, and the points between. */
export function ComparisonTable({ comparison, scale }: { readonly comparison: Comparable; readonly scale: ScaleDefinition }) {
  const { t, lang } = useWords()
  const level = (n: number) => levelLabel(scale, scale.levels.find((one) => one.level === n)?.code ?? null, lang, true)
  const gained = comparison.reasonsGained.map((id) => reasonLabel(scale, id, lang))
  const lost = comparison.reasonsLost.map((id) => reasonLabel(scale, id, lang))
  return (
    <>
      <p className="pad">
        {comparison.direction === 'same' ? t('assess.compare.same', { level: level(comparison.levelTo) }) : t(comparison.direction === 'worse' ? 'assess.compare.worse' : 'assess.compare.better', { from: level(comparison.levelFrom), to: level(comparison.levelTo) })}
        {' '}{t('assess.compare.total', { n: signed(comparison.totalChange) })}
        {gained.length > 0 && <> {t('assess.compare.gained', { why: gained.join('；') })}</>}
        {lost.length > 0 && <> {t('assess.compare.lost', { why: lost.join('；') })}</>}
      </p>
      {comparison.items.length > 0 && (
        <table className="tb asm-compare">
          <thead><tr><th>{t('assess.item')}</th><th>{t('assess.compare.before')}</th><th>{t('assess.compare.now')}</th><th className="num">{t('assess.points')}</th></tr></thead>
          <tbody>{comparison.items.map((change) => {
            const item = scale.items.find((one) => one.code === change.item)
            const text = (value: string | undefined) => (value === undefined ? t('assess.noAnswer') : value === 'refused' ? t('assess.refusedShort') : item ? answerText(scale, item, item.kind === 'multi' ? value.split(',') : value, lang) : value)
            return <tr key={change.item}><td>{said(change.label, lang)}</td><td className="muted">{text(change.from)}</td><td>{text(change.to)}</td><td className="num">{change.points === undefined ? '' : <Chip square tone={change.points < 0 ? 'warm' : 'good'}>{signed(change.points)}</Chip>}</td></tr>
          })}</tbody>
        </table>
      )}
    </>
  )
}

function signed(n: number): string {
  return n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0'
}

function reasonLabel(scale: ScaleDefinition, id: string, lang: 'zh-CN' | 'en'): string {
  const rule = scale.adjustments?.rules.find((one) => one.id === id)
  return rule ? said(rule.why, lang) : id
}
