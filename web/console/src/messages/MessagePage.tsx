import { useParams } from 'react-router'
import { seeMessage } from '@songbai/capabilities/know/messages/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSee } from '../query.tsx'
import { MessageDetail } from './MessageDetail.tsx'

export default function MessagePage() {
  const { id = '' } = useParams()
  const { t } = useWords()
  const go = useGo()
  const seen = useSee(seeMessage, { id }).value
  return (
    <div className="page">
      <Briefing title={seen ? `${seen.message.toName} · ${seen.message.title}` : t('msg.title')} actions={<button type="button" className="b" onClick={() => go('/messages')}><Icon name="left" />{t('msg.title')}</button>} />
      <div className="card pad"><MessageDetail id={id} /></div>
    </div>
  )
}
