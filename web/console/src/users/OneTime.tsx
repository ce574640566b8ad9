import { useState } from 'react'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'

/** Shown once; nobody can read it again. Printed on a slip or copied, then gone with the page. */
export function OneTime({ login, name, password, onDone }: { readonly login: string; readonly name: string; readonly password: string; readonly onDone: () => void }) {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  return (
    <Card title={t('people.once.title', { name })} className="form">
      <div className="pad">
        <p>{t('people.once.why')}</p>
        <div className="sheet"><p>{t('people.login')}：<b>{login}</b></p><p className="once" role="status">{password}</p><p className="sm">{t('people.once.now')}</p></div>
        <div className="row wrap no-print">
          <button type="button" className="b" onClick={() => void navigator.clipboard.writeText(password).then(() => setCopied(true))}>{t(copied ? 'people.once.copied' : 'people.once.copy')}</button>
          <button type="button" className="b" onClick={() => window.print()}><Icon name="print" />{t('people.once.print')}</button>
          <button type="button" className="b p" onClick={onDone}>{t('people.once.done')}</button>
        </div>
      </div>
    </Card>
  )
}
