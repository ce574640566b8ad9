import type { ReactNode } from 'react'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import type { Step } from './model.ts'

const NAMES = ['imp.step.file', 'imp.step.headings', 'imp.step.check', 'imp.step.commit', 'imp.step.receipt'] as const

/** Five steps named by verbs; done ones carry a tick, so colour is not alone. */
export function Steps({ at, notes = {}, finished = false }: { readonly at: Step; readonly notes?: Partial<Record<Step, ReactNode>>; readonly finished?: boolean }) {
  const { t } = useWords()
  return (
    <ol className="wz">
      {NAMES.map((name, i) => {
        const step = (i + 1) as Step
        const done = step < at || (finished && step === at)
        return (
          <li key={name} className={`${done ? 'ok' : ''}${step === at ? ' on' : ''}`} aria-current={step === at ? 'step' : undefined}>
            <b aria-hidden>{done ? <Icon name="check" /> : step}</b><span className="el">{t(name)}</span>{notes[step] && <small className="el">{notes[step]}</small>}
          </li>
        )
      })}
    </ol>
  )
}
