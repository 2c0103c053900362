import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** One blue accent; shade 6 is #0b5394, shade 3 the light blue of the dark theme. */
const accent: MantineColorsTuple = [
  '#eaf3fb',
  '#d3e4f4',
  '#a9cbea',
  '#7db8f5',
  '#4a90cf',
  '#2470b3',
  '#0b5394',
  '#094a85',
  '#073f71',
  '#05335c',
];
const ink: MantineColorsTuple = [
  '#eef1f6',
  '#d9dfe9',
  '#b8c2d4',
  '#94a2bb',
  '#6c7b98',
  '#53617d',
  '#3f4c67',
  '#2c3852',
  '#1e2941',
  '#14213d',
];
const dark: MantineColorsTuple = [
  '#e4e9f2',
  '#c3ccdb',
  '#a3aec2',
  '#77849b',
  '#3d495f',
  '#2c3648',
  '#1f2838',
  '#171e2b',
  '#10151f',
  '#0b0f17',
];

/** Filled buttons are dark on light pages and light on dark ones, and so is what stands on them. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return colors;
  const isRed = input.color === 'red';
  return {
    ...colors,
    ...(isRed && { background: 'var(--alarm-line)', hover: 'var(--alarm-ink)' }),
    color: 'var(--on-accent)',
  };
};

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  variantColorResolver: variantColors,
  colors: { accent, ink, dark },
  black: '#14213d',
  fontFamily: 'system-ui, "Noto Sans", Roboto, "Segoe UI", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Noto Sans Mono", Consolas, monospace',
  fontSizes: { xs: '0.875rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  defaultRadius: 'sm',
  lineHeights: { xs: '1.5', sm: '1.55', md: '1.6', lg: '1.6', xl: '1.65' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.35' },
      h2: { fontSize: '1.25rem', lineHeight: '1.4' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.45' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** What Mantine draws with the tokens that both pages share (client/theme/tokens.css). */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--sheet)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--soft-ink)',
    '--mantine-color-placeholder': 'var(--edge)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-error': 'var(--alarm-ink)',
    '--mantine-color-anchor': 'var(--accent)',
  };
  return { variables: {}, light: shared, dark: shared };
};
