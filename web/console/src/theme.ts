import type { ThemeConfig } from 'antd'

/** antd in paper, ink and pine. Values are the tokens of web/shared/src/tokens.css. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1B6B54', colorSuccess: '#1B6B54', colorWarning: '#8A5600', colorError: '#B3341F', colorInfo: '#2A5A8C',
    colorLink: '#14523F', colorLinkHover: '#1B6B54', colorTextBase: '#1A2320', colorText: '#1A2320', colorTextSecondary: '#47534F',
    colorTextTertiary: '#5C6863', colorTextQuaternary: '#5C6863', colorTextPlaceholder: '#5C6863', colorTextDisabled: '#5C6863',
    colorBgLayout: '#F6F5F0', colorBgContainer: '#FFFFFF', colorBgContainerDisabled: '#EFEEE7', colorFillAlter: '#FBFAF7',
    colorBorder: '#CDCFC7', colorBorderSecondary: '#E2E1D9', colorPrimaryBg: '#E6F1EC', colorErrorBg: '#FBECE7', colorWarningBg: '#FCF2DC', colorInfoBg: '#E8F0F7',
    controlItemBgActive: '#E6F1EC', lineWidthFocus: 3, borderRadius: 4, borderRadiusLG: 6, fontSize: 14, controlHeight: 32, controlHeightSM: 26, fontWeightStrong: 600,
    fontFamily: '"PingFang SC","Microsoft YaHei","HarmonyOS Sans SC","Noto Sans CJK SC",system-ui,sans-serif',
    motionDurationFast: '0.12s', motionDurationMid: '0.2s', motionDurationSlow: '0.2s',
    boxShadow: '0 6px 20px rgba(26,35,32,.14)', boxShadowSecondary: '0 6px 20px rgba(26,35,32,.14)',
  },
  components: {
    Layout: { siderBg: '#FFF', headerBg: '#FFF', bodyBg: '#F6F5F0', headerHeight: 52, headerPadding: '0 20px' },
    Menu: { itemHeight: 31, itemSelectedBg: '#E6F1EC', itemSelectedColor: '#14523F', itemBorderRadius: 4, groupTitleColor: '#5C6863' },
    Table: { headerBg: '#FBFAF7', headerColor: '#5C6863', headerSplitColor: 'transparent', rowHoverBg: '#FBFAF7', rowSelectedBg: '#E6F1EC', rowSelectedHoverBg: '#E6F1EC', cellFontSize: 13, cellPaddingBlock: 8, cellPaddingInline: 10 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Card: { headerHeight: 40, headerFontSize: 14, bodyPadding: 14 },
    Form: { itemMarginBottom: 16 },
    // Inputs carry the stronger border: it is the only sign that one can write there.
    Input: { colorBorder: '#858F8A', activeBorderColor: '#1B6B54', hoverBorderColor: '#47534F' },
    InputNumber: { colorBorder: '#858F8A' },
    Select: { colorBorder: '#858F8A' },
    DatePicker: { colorBorder: '#858F8A' },
  },
}
