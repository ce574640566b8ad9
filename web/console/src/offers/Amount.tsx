import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'

interface Of {
  readonly amountFen: number
  readonly unit: string
  readonly sample: boolean
}

/** Money with its rhythm and, where no document gives it, the mark; nothing for a service. */
export function Amount({ of }: { readonly of: Of }) {
  const said = useAmount()
  const text = said(of)
  return text === '' ? <>—</> : <>{of.sample && <><Sample /> </>}{text}</>
}

export function useAmount(): (of: Of) => string {
  const { money } = useWords()
  return (of) => (of.amountFen <= 0 ? '' : of.unit === '分/月' ? money(of.amountFen, 'month') : money(of.amountFen))
}
