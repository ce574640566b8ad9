import { useEffect, useState } from 'react'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'

/** How often a month is assumed for what is paid each time; nobody counts uses before they happen. */
export function Uses({ uses, onUses }: { readonly uses: number; readonly onUses: (n: number) => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState(String(uses))
  useEffect(() => setTyped((before) => (Number(before) === uses ? before : String(uses))), [uses])
  const n = Number(typed)
  const fits = Number.isInteger(n) && n >= 1 && n <= 93
  return (
    <label className="uses sm">{t('lab.uses')} <input className="in" type="number" min={1} max={93} aria-invalid={!fits} value={typed} onBlur={() => { if (!fits) setTyped(String(uses)) }}
      onChange={(event) => { setTyped(event.target.value); const next = Number(event.target.value); if (Number.isInteger(next) && next >= 1 && next <= 93) onUses(next) }} /> {t('lab.uses.unit')} <span className="muted">{t('lab.uses.assumed')}</span></label>
  )
}
