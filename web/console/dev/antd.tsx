import { Button, ConfigProvider, DatePicker, Form, Input, Modal, Select, Table, Upload } from 'antd'
import { theme } from '../src/theme.ts'

/** antd as the pages use it, to see theme and style policy together. */
export function AntdPage() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
  return (
    <ConfigProvider theme={theme} csp={{ nonce }}>
      <div className="page">
        <Form layout="vertical" style={{ maxWidth: 420 }}>
          <Form.Item label="姓名" required><Input /></Form.Item>
          <Form.Item label="出生日期"><DatePicker open={false} /></Form.Item>
          <Form.Item label="类别"><Select options={[{ value: 'a', label: '独居' }]} defaultValue="a" /></Form.Item>
          <Upload><Button>选文件</Button></Upload> <Button type="primary">保存</Button>
        </Form>
        <Table rowKey="k" size="small" columns={[{ title: '姓名', dataIndex: 'n' }, { title: '住处', dataIndex: 'p' }]} dataSource={[{ k: 1, n: '冉启秀', p: '咸宜镇' }]} />
        <Modal open title="看一看" mask={false} width={300} getContainer={false}>正文</Modal>
      </div>
    </ConfigProvider>
  )
}
