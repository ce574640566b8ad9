import { useState } from 'react'
import { saveDraft } from '@songbai/capabilities/decide/policies/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { NotAllowedPage } from '../states/pages.tsx'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Editor } from './Editor.tsx'
import { firstText } from './draftText.ts'
import './policies.css'

/** A new item from a first text that can already be read and has two cases. */
export default function NewDraftPage() {
  const { t } = useWords()
  const { me, path, view } = useSession()
  const go = useGo()
  const { run, busy, no } = useDo(saveDraft)
  const here = path[path.length - 1]
  const [text, setText] = useState(() => firstText(view.region, here?.name ?? '', me.today, { title: t('pol.first.title'), rule: t('pol.first.rule') }))
  if (!may(me, saveDraft)) return <NotAllowedPage />
  const save = async () => {
    const answer = await run({ yaml: text })
    if (answer.ok) go(`/policies/versions/${answer.value.id}`)
  }
  return (
    <div className="page">
      <Briefing title={t('pol.new')}>{t('pol.new.lead')}</Briefing>
      <Card title={t('pol.text')}>
        <Editor id="pol-new" text={text} onText={setText} marks={[]} />
        <div className="pad"><SayNo no={no} /><div className="row wrap"><button type="button" className="b p" disabled={busy} onClick={() => void save()}>{t('pol.save')}</button><button type="button" className="b" onClick={() => go('/policies')}>{t('common.cancel')}</button></div></div>
      </Card>
    </div>
  )
}
