import { useMediaQuery } from '@mantine/hooks';

/** Whether there is room for one thing at a time. The same width as in the style sheets. */
export const useIsPhone = (): boolean => useMediaQuery('(max-width: 639px)', false, { getInitialValueInEffect: false });
