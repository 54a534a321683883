import { createTheme } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = ['#eef8f7', '#d8eeec', '#aedcd8', '#82c8c3', '#5cb6af', '#3fa39b', '#25897f', '#15756d', '#0b6963', '#07524e'];
/** Near-black with a breath of teal; index 2 is secondary text, 4 borders, 6 surfaces, 7 the page. */
const dark: MantineColorsTuple = ['#dbe4e2', '#bccac7', '#97a8a5', '#667673', '#34423f', '#283431', '#1a2422', '#121a18', '#0d1413', '#090f0e'];

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 8, dark: 7 },
  colors: { teal, dark },
  black: '#15201f',
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, Consolas, 'Cascadia Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '28px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.35' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.45' },
    },
  },
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md', transitionProps: { duration: 100 } } } },
    Autocomplete: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md', transitionProps: { duration: 100 } } } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 100 }, fz: 12 } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.35 } } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Table: { defaultProps: { fz: 'sm', verticalSpacing: 6, horizontalSpacing: 10 } },
  },
});
