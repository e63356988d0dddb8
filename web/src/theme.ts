import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** One accent, for action: #0B6E6E and its shades. */
const accent: MantineColorsTuple = [
  '#e6f5f4',
  '#d0e8e7',
  '#a1d1cf',
  '#6fb9b6',
  '#46a4a1',
  '#2b9894',
  '#17837f',
  '#0b6e6e',
  '#085c5c',
  '#034a4a',
];

/** Attention: #B45309; the lighter shades are for the dark theme. */
const attention: MantineColorsTuple = [
  '#fff6eb',
  '#ffead1',
  '#fcd3a4',
  '#f9ba73',
  '#f6a549',
  '#f2962e',
  '#d97a12',
  '#b45309',
  '#8f4207',
  '#6e3305',
];

/** Danger that is happening, and nothing else: #B42318. */
const danger: MantineColorsTuple = [
  '#fff1f0',
  '#ffdfdc',
  '#fdbdb7',
  '#fa978e',
  '#f97066',
  '#f97066',
  '#d63a2d',
  '#b42318',
  '#911c13',
  '#70160f',
];

/** Quiet text keeps 4.5:1 on paper and on ink. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4a5468',
    '--mantine-color-placeholder': '#5b6478',
    '--mantine-color-error': '#b42318',
    '--mantine-color-body': '#fbfaf7',
  },
  dark: {
    '--mantine-color-dimmed': '#aeb6c8',
    '--mantine-color-placeholder': '#9aa3b8',
    '--mantine-color-error': '#f97066',
    '--mantine-color-body': '#101726',
    // Fields and quiet buttons are of the same ink as the sheets, a shade lighter or darker.
    '--mantine-color-dark-6': '#131b2c',
    '--mantine-color-dark-4': '#56627e',
    '--mantine-color-default': '#222d47',
    '--mantine-color-default-hover': '#2c3958',
    '--mantine-color-default-border': '#56627e',
  },
});

export const theme = createTheme({
  colors: { accent, attention, danger },
  primaryColor: 'accent',
  primaryShade: 7,
  black: '#14213D',
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", monospace',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  luminanceThreshold: 0.35,
  respectReducedMotion: true,
});
