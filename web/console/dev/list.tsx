import { useMemo, useState } from 'react'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import type { Sort } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Chip, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { ReasonSentence } from '@songbai/web-shared/widgets/Reason.tsx'
import { DETAIL } from './samples.ts'

interface Elder { readonly id: string; readonly name: string; readonly place: string; readonly age: number; readonly kind: string; readonly seen: string; readonly due: boolean }
const FAMILY = '冉谭向龚罗周何李王陈', GIVEN = ['启秀', '朝贵', '德碧', '显明', '光普', '隆芝', '世全', '兴久']

export function ListPage() {
  const [sort, setSort] = useState<Sort>({ column: 'age', down: true })
  const rows = useMemo<readonly Elder[]>(() => Array.from({ length: 12_000 }, (_, i) => ({ id: `e${i}`, name: `${FAMILY[i % 10]}${GIVEN[(i * 7) % 8]}`, place: `咸宜镇青龙村 ${1 + (i % 6)} 组`, age: 60 + ((i * 13) % 40), kind: i % 3 ? '独居' : '中度失能', seen: `7月${1 + (i % 15)}日`, due: i % 4 === 0 })).sort((a, b) => (sort.column === 'age' ? (sort.down ? b.age - a.age : a.age - b.age) : 0)), [sort])
  return (
    <div className="page">
      <Briefing title="老人">城口县 <Num detail={DETAIL}>12,000 人</Num>，其中独居 <Num detail={DETAIL}>8,000 人</Num>，评估过期 <Num detail={DETAIL} tone="hot">46 人</Num>。</Briefing>
      <DenseList
        id="elders" label="老人" rows={rows} rowKey={(row) => row.id} sort={sort} onSort={setSort} onExport={() => undefined} onPage={() => undefined}
        toolbar={<>看 <Chip tone="good">咸宜镇</Chip> 的 <Chip>全部类别</Chip> 老人</>}
        columns={[
          { id: 'name', title: '姓名', width: '120px', cell: (row) => <b>{row.name}</b> },
          { id: 'age', title: '年龄', width: '70px', numeric: true, sortable: true, cell: (row) => `${row.age} 岁` },
          { id: 'place', title: '住处', cell: (row) => row.place },
          { id: 'kind', title: '类别', width: '140px', cell: (row) => <Chip tone="warm">{row.kind}</Chip> },
          { id: 'state', title: '评估', width: '150px', cell: (row) => <StateMark state={row.due ? 'notYet' : 'yes'}>{row.due ? '30 天内到期' : '有效'}</StateMark> },
          { id: 'seen', title: '上次探访', width: '90px', numeric: true, cell: (row) => row.seen },
        ]}
        card={(row) => <><div className="row"><b>{row.name}</b><span className="muted">{row.age} 岁</span><span className="end"><StateMark small state={row.due ? 'notYet' : 'yes'}>{row.due ? '30 天内到期' : '有效'}</StateMark></span></div><div className="sm muted">{row.place} · {row.kind} · 上次 {row.seen}</div></>}
        opened={(row) => <ReasonSentence sentences={[`${row.name}可以领护理补贴，每月 130 元，从 2026 年 8 月起。`, '因为她是低保边缘户、能力评估为中度失能。']} basis="示例县民发〔2026〕3号 第三条" conditions={[{ key: 'a', need: '本县户籍', theirs: '咸宜镇', source: '公安比对 2026-07-01', state: 'yes' }, { key: 'b', need: '评估未满 24 个月', theirs: '22 个月', source: '评估日 2024-09-10', state: 'notYet', says: '9月10日止' }]} actions={<button type="button" className="b s p">告知并请她同意</button>} />}
        empty={<p className="pad">没有</p>} more={{ left: 800, load: () => undefined }} foot="共 12,800 人"
      />
    </div>
  )
}
