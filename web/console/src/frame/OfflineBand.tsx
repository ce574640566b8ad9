import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { chinaTime } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const read = () => setOnline(navigator.onLine)
    window.addEventListener('online', read)
    window.addEventListener('offline', read)
    return () => {
      window.removeEventListener('online', read)
      window.removeEventListener('offline', read)
    }
  }, [])
  return online
}

/** Black while the network is down, with the time of the data on screen. */
export function OfflineBand() {
  const { t } = useWords()
  const client = useQueryClient()
  if (useOnline()) return null
  const newest = Math.max(0, ...client.getQueryCache().getAll().map((query) => query.state.dataUpdatedAt))
  return (
    <div className="bn off" role="status">
      <Icon name="wifi0" />
      <span>{t('state.offline', { time: chinaTime(newest || performance.timeOrigin) })}</span>
      <button type="button" className="go" onClick={() => void client.refetchQueries()}>{t('state.offline.retry')}</button>
    </div>
  )
}
