import { useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { seeTask } from '@songbai/platform/system'
import type { TaskView } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import type { No } from '../query.tsx'
import { rowsPerSecond } from './model.ts'
import type { Sample } from './model.ts'

const POLL_MS = 500
const ENDED = new Set(['done', 'failed', 'cancelled'])

export interface Watched {
  readonly task: TaskView | null
  readonly no: No | null
  readonly rate: number | null
}

/** Looks at one long task twice a second until it has ended. The rate is measured here, between looks, never from two clocks. */
export function useTask(id: string | null, onEnd?: (task: TaskView) => void): Watched {
  const client = useClient()
  const asked = useQuery({
    queryKey: ['system.task', 'imports', id], enabled: id !== null, queryFn: ({ signal }) => client.see(seeTask, { id: id! }, signal),
    refetchInterval: ({ state }) => (state.data?.ok && ENDED.has(state.data.value.state) ? false : POLL_MS),
  })
  const task = asked.data?.ok ? asked.data.value : null
  const first = useRef<Sample | null>(null)
  const [last, setLast] = useState<Sample | null>(null)
  useEffect(() => { first.current = null; setLast(null) }, [id])
  useEffect(() => {
    if (task?.state !== 'running') return
    const now = { atMs: asked.dataUpdatedAt, done: task.done }
    first.current ??= now
    setLast(now)
  }, [task, asked.dataUpdatedAt])
  useEndOnce(task, onEnd)
  return { task, no: asked.data && !asked.data.ok ? asked.data : null, rate: rowsPerSecond(first.current, last) }
}

function useEndOnce(task: TaskView | null, onEnd?: (task: TaskView) => void): void {
  const told = useRef<string | null>(null)
  const tell = useRef(onEnd)
  tell.current = onEnd
  const ended = task !== null && ENDED.has(task.state)
  useEffect(() => {
    if (!ended || task === null || told.current === task.id) return
    told.current = task.id
    tell.current?.(task)
  }, [ended, task])
}
