import { Kbd } from '@songbai/web-shared/Keys.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import { menuFor } from './menu.ts'

type KeyWord = WordKey & `keys.${string}`
const EVERYWHERE: readonly (readonly [readonly string[], KeyWord])[] = [[['/'], 'keys.find'], [['?'], 'keys.help'], [['Esc'], 'keys.back'], [['Z'], 'keys.undo']]
const LIST: readonly (readonly [readonly string[], KeyWord])[] = [[['J', '↓'], 'keys.down'], [['K', '↑'], 'keys.up'], [['Enter'], 'keys.open'], [['X'], 'keys.select'], [['A'], 'keys.act'], [['E'], 'keys.export']]

export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const { me, pageExists } = useSession()
  const goes = menuFor(me.roles, pageExists).flatMap((group) => group.entries).flatMap((entry) => (entry.key && entry.keyWord ? [[['g', entry.key], entry.keyWord] as const] : []))
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <div className="keys-sheet">
        <div><h4>{t('keys.everywhere')}</h4>{[...EVERYWHERE, ...goes].map(([keys, word]) => <Line key={word} keys={keys} word={t(word)} />)}</div>
        <div><h4>{t('keys.list')}</h4>{LIST.map(([keys, word]) => <Line key={word} keys={keys} word={t(word)} />)}</div>
      </div>
      <p className="sm" style={{ marginTop: 8 }}>{t('keys.asleep')}</p>
      <button type="button" className="b p" style={{ marginTop: 12 }} onClick={onClose}>{t('common.close')}</button>
    </Dialog>
  )
}

function Line({ keys, word }: { readonly keys: readonly string[]; readonly word: string }) {
  return <div className="k"><span>{word}</span><span>{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</span></div>
}
