import {
  Button,
  createTheme,
  Drawer,
  Menu,
  Modal,
  ModalHeader,
  Popover,
  rem,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const hilo: MantineColorsTuple = [
  '#eef0fc',
  '#dfe4fa',
  '#cdd4f6',
  '#a9b4ee',
  '#8592e2',
  '#5566dd',
  '#3d50c6',
  '#3243ad',
  '#2a3890',
  '#222d74',
];
const gray: MantineColorsTuple = [
  '#fbfaf8',
  '#f4f3ef',
  '#f2f1ec',
  '#e9e7e1',
  '#d6d3cb',
  '#8c887f',
  '#69665f',
  '#514e48',
  '#33312d',
  '#1c1b19',
];
const dark: MantineColorsTuple = [
  '#edece8',
  '#bebbb3',
  '#9d9a92',
  '#77746c',
  '#3d3d38',
  '#2a2a27',
  '#232321',
  '#191918',
  '#151514',
  '#0f0f0e',
];

/** How Mantine's parts look here: sizes, radii and colours of tokens.css in Mantine's own vocabulary. */
export const theme = createTheme({
  primaryColor: 'hilo',
  primaryShade: { light: 6, dark: 5 },
  colors: { hilo, gray, dark },
  white: '#ffffff',
  black: '#1c1b19',
  fontFamily: 'var(--hilo-font)',
  fontFamilyMonospace: 'var(--hilo-mono)',
  fontSizes: { xs: rem(11), sm: rem(12), md: rem(13), lg: rem(14), xl: rem(16) },
  lineHeights: { xs: '1.4545', sm: '1.3333', md: '1.3846', lg: '1.4286', xl: '1.375' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: rem(20), lineHeight: rem(26) },
      h2: { fontSize: rem(16), lineHeight: rem(22) },
      h3: { fontSize: rem(13), lineHeight: rem(18) },
    },
  },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(4), sm: rem(6), md: rem(8), lg: rem(12), xl: rem(16) },
  defaultRadius: 'sm',
  shadows: { xs: 'var(--hilo-shadow-1)', md: 'var(--hilo-shadow-2)', xl: 'var(--hilo-shadow-3)' },
  breakpoints: { xs: '40em', sm: '60em', md: '80em', lg: '90em', xl: '120em' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      // 28 px beside text, 36 on its own, 44 to log in; always the size of the interface's words.
      vars: (_theme, { size }) => ({
        root: {
          '--button-height': rem({ xs: 28, sm: 36, md: 44 }[String(size)] ?? 36),
          '--button-fz': rem(size === 'md' ? 15 : 13),
          '--button-padding-x': rem(size === 'xs' ? 10 : 14),
        },
      }),
      styles: { root: { fontWeight: 550 } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false } }),
    // The head of a dialog is not the banner of the page below it.
    ModalHeader: ModalHeader.extend({ defaultProps: { role: 'presentation' } }),
    Modal: Modal.extend({
      defaultProps: { overlayProps: { backgroundOpacity: 0.32 } },
      styles: { title: { font: '600 16px/22px var(--hilo-font)' } },
    }),
    Drawer: Drawer.extend({ defaultProps: { overlayProps: { backgroundOpacity: 0.32 } } }),
    // The focus opens on the first item: an empty placeholder in its place is nothing a menu may hold.
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'xl',
        radius: 'lg',
        transitionProps: { duration: 120 },
        withInitialFocusPlaceholder: false,
      },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'xl', radius: 'lg', transitionProps: { duration: 120 } } }),
  },
});

const both = {
  '--mantine-color-body': 'var(--hilo-surface)',
  '--mantine-color-text': 'var(--hilo-text)',
  '--mantine-color-default': 'var(--hilo-surface)',
  '--mantine-color-default-hover': 'var(--hilo-hover)',
  '--mantine-color-default-border': 'var(--hilo-line-2)',
  '--mantine-color-dimmed': 'var(--hilo-text-3)',
  '--mantine-color-placeholder': 'var(--hilo-text-3)',
  '--mantine-color-anchor': 'var(--hilo-accent-text)',
  '--mantine-color-error': 'var(--hilo-breached)',
  '--mantine-color-success': 'var(--hilo-met)',
  '--mantine-primary-color-filled-hover': 'var(--hilo-accent-hover)',
};

/** Mantine's own variables follow the tokens in both schemes. */
export const resolver: CSSVariablesResolver = () => ({ variables: {}, light: both, dark: both });
