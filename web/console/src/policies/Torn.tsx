import { useMemo, useState } from 'react'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { chinaDay, chinaTime } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { diffLines, shortened } from './lineDiff.ts'
import type { Draft } from './useDraft.ts'
import { Who } from './parts.tsx'

const MARK = { same: ' ', theirs: '−', mine: '+' } as const

/** The draft was saved by another, or in another window: the writer sees both and chooses. */
export function TornDraft({ draft, text }: { readonly draft: Draft; readonly text: string }) {
  const { t, day } = useWords()
  const [open, setOpen] = useState(false)
  const { torn } = draft
  if (!torn) return null
  const buttons = (
    <>
      <button type="button" className="b s" onClick={() => draft.choose('mine')}>{t('pol.torn.mine')}</button>
      <button type="button" className="b s" onClick={() => draft.choose('theirs')}>{t('pol.torn.theirs')}</button>
    </>
  )
  return (
    <div className="bn warn wrap" role="alert">
      <span className="grow"><Who name={torn.who} />{t('pol.torn', { day: day(chinaDay(torn.seen)), time: chinaTime(torn.seen) })}</span>
      <span className="row wrap"><button type="button" className="b s p" onClick={() => setOpen(true)}>{t('pol.torn.compare')}</button>{buttons}</span>
      {open && <Dialog title={t('pol.torn.compare')} onClose={() => setOpen(false)}><Both theirs={torn.text} mine={text} /><div className="row wrap">{buttons}<button type="button" className="b" onClick={() => setOpen(false)}>{t('common.close')}</button></div></Dialog>}
    </div>
  )
}

function Both({ theirs, mine }: { readonly theirs: string; readonly mine: string }) {
  const { t } = useWords()
  const lines = useMemo(() => shortened(diffLines(theirs, mine)), [theirs, mine])
  return (
    <>
      <p className="sm muted">{t('pol.torn.how')}</p>
      <pre className="pol-diff">{lines.map((one, n) => (one === null ? <div key={n} className="muted">…</div> : <div key={n} className={one.kind}><span aria-label={one.kind === 'same' ? undefined : t(one.kind === 'mine' ? 'pol.torn.inMine' : 'pol.torn.inTheirs')}>{MARK[one.kind]}</span> {one.text}</div>))}</pre>
    </>
  )
}
