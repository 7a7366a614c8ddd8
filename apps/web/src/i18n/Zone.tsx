import { useMemo, type ReactNode } from 'react';
import { createIntl, RawIntlProvider, useIntl } from 'react-intl';

interface Props {
  /** IANA name: "Europe/Madrid". */
  timeZone: string;
  children: ReactNode;
}

/** Moments inside read by the clock of the place we work for, wherever this browser is. */
export const Zone = ({ timeZone, children }: Props) => {
  const { locale, messages, formats, onError } = useIntl();
  const intl = useMemo(
    () => createIntl({ locale, messages, formats, onError, timeZone }),
    [locale, messages, formats, onError, timeZone],
  );
  return <RawIntlProvider value={intl}>{children}</RawIntlProvider>;
};
