import { Refused, EmptyState, Skeleton, Trouble } from '@songbai/web-shared/widgets/States.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'
import { Secret } from '@songbai/web-shared/widgets/Secret.tsx'
import { Timeline } from '@songbai/web-shared/widgets/Reason.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'

const STATES: readonly State[] = ['yes', 'no', 'notYet', 'unknown', 'alarm']

export function Gallery() {
  const { money, t } = useWords()
  return (
    <div className="page">
      <Briefing title="冉启秀">女 · 81 岁 · 1945-03-02</Briefing>
      <Card title="标记"><div className="pad row wrap">{STATES.map((state) => <StateMark key={state} state={state} />)}<b>{money(13_000, 'month')}</b><Sample of="amount" /><span>身份证 <Secret label="身份证" masked="9902 **** **** **4X" reveal={() => Promise.resolve({ ok: true, value: '99020019450302004X' })} /></span></div></Card>
      <Card title="事实与来源">
        <Timeline items={[
          { key: '1', day: '2026-07-14', mark: 'seen', fact: '灶台排烟整改完成，照片 2 张', source: '探访 · 龚小琴' },
          { key: '2', day: '2026-07-01', mark: 'register', fact: '户籍在册，未见死亡登记', source: '县公安局月比对' },
          { key: '3', day: '2026-05-20', mark: 'correction', old: '女儿电话 139 **** 7720', fact: '139 **** 7702', source: '更正 · 周岚 · 原值录入错位' },
          { key: '4', day: '2026-02-11', mark: 'missing', fact: '缺：是否参加长期护理保险', source: '规则提出，待补' },
        ]} />
      </Card>
      <Card><EmptyState icon="people" title="还没有老人" actions={<><button type="button" className="b p">导入表格</button><button type="button" className="b">先用演示数据看看</button></>}>把您手上的表格拿来就行，标题行、日期写法不用改。先试跑，不入库。</EmptyState></Card>
      <Refused code="policies.second-person" basis="发放办法 双人复核" actions={<button type="button" className="b p">转给何勇</button>} />
      <Trouble code="bug" id="7F3A21C9" onRetry={() => undefined} />
      <Card title={t('state.loading')}><Skeleton /></Card>
    </div>
  )
}
